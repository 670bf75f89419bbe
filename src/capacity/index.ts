export * from './capacity-plan';
