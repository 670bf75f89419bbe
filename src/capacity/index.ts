export * from './capacity-plan';
export * from './decision';
export * from './simulation';
