export * from './contract';
export type { GitHubActionsProps } from './git-hub-actions-props';
export * from './pipeline';
