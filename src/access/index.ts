export * from './contract';
export type { GitHubActionsProps } from './github-actions-props';
export * from './pipeline';
