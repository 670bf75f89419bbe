export * from './capacity-plan';
export * from './decision';
