import { messages, ref, Resources } from './tiny';

/** The same in both orders of the branches: none is the first. */
export const either = (one: unknown, other: unknown) => [{ 'Fn::If': ['Open', one, other] }, { 'Fn::If': ['Open', other, one] }];
export const NO_VALUE = { Ref: 'AWS::NoValue' };
export const ON = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
/** The rest of a template whose conditions and maps may choose either. */
export const REST = {
  Conditions: {
    Open: { 'Fn::Equals': [ref('Stage'), 'development'] },
    Closed: { 'Fn::Not': [{ Condition: 'Open' }] },
    Other: { 'Fn::Equals': [ref('AWS::Region'), 'us-east-1'] },
  },
  Parameters: { Stage: { Type: 'String', Default: 'production' } },
  Mappings: {
    Flags: { production: { on: 'false', wide: '10.0.7.0/24' }, development: { on: 'true', wide: '0.0.0.0/0' } },
    Swapped: { development: { on: 'true', wide: '0.0.0.0/0' }, production: { on: 'false', wide: '10.0.7.0/24' } },
  },
};
export const inMaps = (name: string) => ['Flags', 'Swapped'].flatMap(map =>
  [ref('Stage'), ref('AWS::Region')].map(key => ({ 'Fn::FindInMap': [map, key, name] })));
/** Names of the rules that find something. */
export const found = (resources: Resources) => messages(resources, undefined, REST).map(each => each.split(':')[0]);
