import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CHOICES } from './choices';
import { boundDatabase } from './support';
import { RelationalDatabaseProps, PasswordRotation } from '../../src';
import { REACHABLE_BY } from '../../src/core/private/reachable-by';
import { eastStack, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { securityGroupRules } from '../support/security-groups';
import { only, resources } from '../support/template';

const ARN = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:web-abcdef';
const READ = ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'];
const webUser = (scope: Construct): ISecret => Secret.fromSecretCompleteArn(scope, 'Web', ARN);
const alternating = (automaticallyAfter?: Duration) => PasswordRotation.alternatingUsers({ secret: webUser(eastStack()), automaticallyAfter });

describe.each(CHOICES)('a password of $name that RDS manages', ({ make, store, title, port }) => {
  const managed = once(() => boundDatabase(make({ rotation: PasswordRotation.managed() })));

  test('is made and kept by RDS, with the platform\'s key, and stands in no template', () => {
    const { template } = managed();
    template.hasResourceProperties(store, {
      ManageMasterUserPassword: true,
      MasterUserSecret: { KmsKeyId: { 'Fn::GetAtt': [only(template, 'AWS::KMS::Key').id, 'Arn'] } },
      MasterUserPassword: Match.absent(),
    });
  });

  test('reaches the application from the secret of RDS, which it may read again when it is refused', () => {
    const { block, stack, template } = managed();
    const secret = { 'Fn::GetAtt': [only(template, store).id, 'MasterUserSecret.SecretArn'] };
    expect(stack.resolve(block.environment)).toMatchObject({ DB_SECRET_ARN: secret });
    expect(Object.entries(block.secrets).map(([name, { secret: { secretArn }, field }]) => [name, stack.resolve(secretArn), field]))
      .toEqual([['DB_USER', secret, 'username'], ['DB_PASSWORD', secret, 'password']]);
    expect(resources(template, 'AWS::IAM::Policy')[0].Properties.PolicyDocument).toMatchObject({
      Statement: [{ Action: READ, Resource: secret }, { Action: 'kms:Decrypt', Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } } }],
    });
  });

  test('needs nothing that reaches the database', () => {
    expect(securityGroupRules(managed().template)).toEqual([
      `Application out to ${title}, tcp ${port}`, `${title} in from Application, tcp ${port}`,
    ]);
    expect(resources(managed().template, 'AWS::Lambda::Function').filter(({ Properties }) => Properties.VpcConfig !== undefined)).toEqual([]);
  });

  test('is the proxy\'s too, and nothing to an application that shows tokens', () => {
    const { template, block } = boundDatabase(make({ rotation: PasswordRotation.managed(), iamAuthentication: true }));
    expect(only(template, 'AWS::RDS::DBProxy').Properties).toMatchObject({
      Auth: [{ SecretArn: { 'Fn::GetAtt': [only(template, store).id, 'MasterUserSecret.SecretArn'] } }],
    });
    expect(block.secrets).toEqual({});
    expect(block.environment).not.toHaveProperty('DB_SECRET_ARN');
    expect(JSON.stringify(resources(template, 'AWS::IAM::Policy'))).not.toContain('GetSecretValue');
  });

  test('keeps the database, whose user has the name that it had', () => {
    const named = (props?: RelationalDatabaseProps) => only(boundDatabase(make(props)).template, store).Properties.MasterUsername;
    expect(named({ rotation: PasswordRotation.managed() })).toEqual(named());
    expect(named()).toBeDefined();
  });
});

describe.each(CHOICES)('a password of $name that alternates between two users', ({ make, name, store, title, port, rotationType }) => {
  const rotated = once(() => boundDatabase(scope => make({ rotation: PasswordRotation.alternatingUsers({ secret: webUser(scope) }) })));

  test('is changed by AWS\'s function, which has the master user, in the application\'s subnets', () => {
    const { template } = rotated();
    const master = only(template, 'AWS::SecretsManager::Secret').id;
    const group = resources(template, 'AWS::EC2::SecurityGroup').find(({ Properties }) => Properties.GroupDescription === 'Password rotation')!;
    expect(only(template, 'AWS::SecretsManager::RotationSchedule').Properties).toMatchObject({
      SecretId: ARN,
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
      HostedRotationLambda: {
        RotationType: rotationType,
        MasterSecretArn: { Ref: master },
        VpcSecurityGroupIds: { 'Fn::GetAtt': [group.id, 'GroupId'] },
      },
    });
    expect(template.toJSON().Transform).toBe('AWS::SecretsManager-2024-09-16');
  });

  test('waits for the database, since the first rotation is at once', () => {
    const { template } = rotated();
    expect(only(template, 'AWS::SecretsManager::RotationSchedule').DependsOn)
      .toEqual(expect.arrayContaining(resources(template, 'AWS::RDS::DBInstance').map(({ id }) => id)));
  });

  test('lets the function reach the database and Secrets Manager, and says so', () => {
    const { template } = rotated();
    expect(securityGroupRules(template)).toEqual([
      `Application out to ${title}, tcp ${port}`,
      'Password rotation out to 0.0.0.0/0, tcp 443',
      `Password rotation out to ${title}, tcp ${port}`,
      `${title} in from Application, tcp ${port}`,
      `${title} in from Password rotation, tcp ${port}`,
    ].sort());
    const declared = (template.toJSON().Resources[only(template, store).id].Metadata[REACHABLE_BY] as { securityGroups: string[] }[])
      .map(({ securityGroups }) => securityGroups[0]);
    expect(declared).toEqual([expect.stringMatching(/RotationSecurityGroup/), expect.stringMatching(/^Application/)]);
  });

  test('reaches the application from the user\'s secret, which it may read again', () => {
    const { block, template } = rotated();
    expect(block.environment).toMatchObject({ DB_SECRET_ARN: ARN });
    expect(Object.values(block.secrets).map(({ secret }) => secret.secretArn)).toEqual([ARN, ARN]);
    expect(resources(template, 'AWS::IAM::Policy')[0].Properties.PolicyDocument).toMatchObject({ Statement: [{ Action: READ, Resource: ARN }] });
  });

  test('has no proxy, not even when the traffic needs one', () => {
    const busy = { capacity: { minAcu: 4, maxAcu: 40, connections: 3000, proxy: true } };
    boundDatabase(scope => make({ rotation: PasswordRotation.alternatingUsers({ secret: webUser(scope) }) }), busy).template.resourceCountIs('AWS::RDS::DBProxy', 0);
  });

  testRefusals([
    ['a proxy', () => make({ rotation: alternating(), proxy: true }),
      `[Database.${name}] 'rotation' by alternating users cannot go through a proxy, got proxy true: a proxy knows a user by the name in the secret, which each rotation changes, so it refuses units that still have the other; leave 'proxy' out, or choose PasswordRotation.managed()`],
    ['tokens', () => make({ rotation: alternating(), iamAuthentication: true }),
      `[Database.${name}] 'rotation' by alternating users is of no use with 'iamAuthentication', got both: an application that shows tokens has no password; choose PasswordRotation.managed()`],
  ]);
});

describe('a rotation by alternating users', () => {
  test('takes another period', () => {
    expect(alternating(Duration.days(7)).automaticallyAfter!.toDays()).toBe(7);
  });

  const period = (days: number) => `[PasswordRotation.alternatingUsers] 'automaticallyAfter' must be between 1 and 1000 days, got ${days} days: Secrets Manager waits 1,000 days at the most, and within a day not every unit is replaced`;
  testRefusals([
    ['every 12 hours', () => alternating(Duration.hours(12)), period(0.5)],
    ['every 1,001 days', () => alternating(Duration.days(1001)), period(1001)],
  ]);
});
