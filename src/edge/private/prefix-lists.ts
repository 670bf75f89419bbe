import { CfnMapping, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * Ids of AWS's managed prefix list `com.amazonaws.global.cloudfront.origin-facing`, by Region. They do not change;
 * `aws ec2 describe-managed-prefix-lists` prints them. A look-up would need credentials when the app is synthesized.
 */
const ORIGIN_FACING: { [region: string]: string } = {
  'ap-northeast-1': 'pl-58a04531',
  'ap-northeast-2': 'pl-22a6434b',
  'ap-south-1': 'pl-9aa247f3',
  'ap-southeast-1': 'pl-31a34658',
  'ap-southeast-2': 'pl-b8a742d1',
  'ca-central-1': 'pl-38a64351',
  'eu-central-1': 'pl-a3a144ca',
  'eu-north-1': 'pl-fab65393',
  'eu-west-1': 'pl-4fa04526',
  'eu-west-2': 'pl-93a247fa',
  'eu-west-3': 'pl-75b1541c',
  'sa-east-1': 'pl-5da64334',
  'us-east-1': 'pl-3b927c52',
  'us-east-2': 'pl-b6a144df',
  'us-west-1': 'pl-4ea04527',
  'us-west-2': 'pl-82a045eb',
};

/** The prefix list of CloudFront's addresses towards origins, in the Region of the scope. */
export function originFacingPrefixList(scope: Construct): string {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region)) {
    const mapping = Object.entries(ORIGIN_FACING).map(([name, id]) => [name, { OriginFacing: id }]);
    return new CfnMapping(scope, 'CloudFront', { mapping: Object.fromEntries(mapping) }).findInMap(region, 'OriginFacing');
  }
  const id = ORIGIN_FACING[region];
  if (id === undefined) {
    throw new Error(`[${scope.node.path}] 'region' must be one whose CloudFront prefix list is known, got ${region}: deploy to one of ${Object.keys(ORIGIN_FACING).join(', ')}`);
  }
  return id;
}
