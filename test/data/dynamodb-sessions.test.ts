import { Lazy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { policyOf, statementsOf, warnings } from './support';
import { DynamoDbSessionsProps, EnvironmentProfile, Reachability, Sessions, Tier } from '../../src';
import { bound } from '../support/blocks';
import { once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { securityGroupRules } from '../support/security-groups';
import { only, resources } from '../support/template';

const TABLE = 'AWS::DynamoDB::Table';

function store(props?: DynamoDbSessionsProps, profile?: EnvironmentProfile, maxEcpuPerSecond = 6000) {
  const capacity = { maxEcpuPerSecond, maxDataGb: 5 };
  return bound((scope, context) => Sessions.dynamoDb(props).bind(scope, { ...context, subnets: {}, capacity })!, profile);
}

const production = once(() => store());
const development = once(() => store({}, EnvironmentProfile.development()));
const platform = once(() => platformTemplate({ sessions: Sessions.dynamoDb() }));
const table = (of = production) => only(of().template, TABLE);

describe('sessions in DynamoDB', () => {
  test('have the key and the time to live of the session handler for PHP', () => {
    expect(table().Properties).toMatchObject({
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  test('are paid by the request, within the limits of the traffic', () => {
    expect(table().Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST', OnDemandThroughput: { MaxReadRequestUnits: 6000, MaxWriteRequestUnits: 6000 },
    });
    expect(table().Properties).not.toHaveProperty('WarmThroughput');
  });

  test('have the limits that are given', () => {
    const warmThroughput = { readUnitsPerSecond: 13_000, writeUnitsPerSecond: 5000 };
    const { template } = store({ maxReadRequestUnits: 100, maxWriteRequestUnits: 50, warmThroughput });
    expect(only(template, TABLE).Properties).toMatchObject({
      OnDemandThroughput: { MaxReadRequestUnits: 100, MaxWriteRequestUnits: 50 },
      WarmThroughput: { ReadUnitsPerSecond: 13_000, WriteUnitsPerSecond: 5000 },
    });
  });

  test('are encrypted with the platform\'s key', () => {
    const key = only(production().template, 'AWS::KMS::Key').id;
    expect(table().Properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
  });

  test('are kept and can be restored as the profile says', () => {
    const restorable = (days: number) => ({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: days });
    expect(table()).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: restorable(35) },
    });
    expect(table(development)).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtectionEnabled: false, PointInTimeRecoverySpecification: restorable(1) },
    });
  });

  test('tell the application where they are, and give it no password', () => {
    const { block, stack } = production();
    expect(stack.resolve(block.environment)).toEqual({ SESSION_HANDLER: 'dynamodb', SESSION_TABLE: { Ref: table().id }, SESSION_REGION: 'us-east-1' });
    expect(block.secrets).toEqual({});
  });

  test('let the application handle its sessions one by one, and never list or scan them', () => {
    const policy = only(production().template, 'AWS::IAM::Policy');
    const key = only(production().template, 'AWS::KMS::Key').id;
    expect(statementsOf(policy)).toEqual([
      { Action: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], Effect: 'Allow', Resource: { 'Fn::GetAtt': [table().id, 'Arn'] } },
      {
        Action: [
          'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
        ],
        Effect: 'Allow',
        Resource: { 'Fn::GetAtt': [key, 'Arn'] },
        Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } },
      },
    ]);
  });

  test('need no security group', () => {
    expect(securityGroupRules(production().template)).toEqual([]);
  });

  test('are granted to the workload of a platform alone, which finds them in its environment', () => {
    const [{ id }] = resources(platform(), TABLE);
    const policies = resources(platform(), 'AWS::IAM::ManagedPolicy').filter(policy => JSON.stringify(policy.Properties).includes(`"${id}"`));
    expect(policies.map(policy => policy.id)).toEqual([policyOf(platform(), /TaskRolePolicy/).id]);
    expect(JSON.stringify(only(platform(), 'AWS::ECS::TaskDefinition').Properties)).toContain(`{"Name":"SESSION_TABLE","Value":{"Ref":"${id}"}}`);
  });

  test('leave nothing that somebody else may reach', () => {
    expect(Reachability.analyzeTemplate(JSON.stringify(platform().toJSON()))).toEqual([]);
    platform().hasResource(TABLE, { Metadata: { 'cdk-platform-patterns:reachable-by': [Match.objectLike({ workload: 'Stack/Shop/Compute/Fargate' })] } });
  });

  test('say what they are', () => {
    expect(saidBy(production().block)).toEqual({
      id: 'Slot/DynamoDb',
      port: 443,
      title: 'DynamoDB table',
      purpose: 'Keeps the sessions, so that any unit can serve any user',
      tier: Tier.DATA,
      facts: { limit: '6000 read and 6000 write request units per second', encryption: 'at rest and in transit' },
    });
  });

  test('warn when the peak writes more than a new table answers, and no throughput stands ready', () => {
    expect(warnings(store({}, undefined, 8000).stack)).toEqual([]);
    expect(warnings(store({}, undefined, 8002).stack)).toEqual([
      '[Stack/Slot/DynamoDb] the traffic\'s peak writes 4001 units per second, and the table answers 4000 at once: give \'warmThroughput\', or choose Sessions.valkeyServerless() [ack: cdk-platform-patterns:capacity-short]',
    ]);
    expect(warnings(store({ warmThroughput: { writeUnitsPerSecond: 5000 } }, undefined, 8002).stack)).toEqual([]);
  });

  test('take tokens', () => {
    const number = Lazy.number({ produce: () => 5 });
    expect(() => Sessions.dynamoDb({ maxReadRequestUnits: number, maxWriteRequestUnits: number })).not.toThrow();
  });

  const mend = 'give the most that a second may cost, or leave it out to follow the traffic';
  testRefusals([
    ['no reads', () => Sessions.dynamoDb({ maxReadRequestUnits: 0 }),
      `[Sessions.dynamoDb] 'maxReadRequestUnits' must be a whole number between 1 and 2147483647, got 0: ${mend}`],
    ['a part of a write', () => Sessions.dynamoDb({ maxWriteRequestUnits: 1.5 }),
      `[Sessions.dynamoDb] 'maxWriteRequestUnits' must be a whole number between 1 and 2147483647, got 1.5: ${mend}`],
  ]);
});
