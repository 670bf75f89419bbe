import { Lazy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { MYSQL_CHOICES } from './choices';
import { boundDatabase, warnings } from './support';
import { PasswordRotation } from '../../src';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only, resources } from '../support/template';

const SNAPSHOT = { snapshotIdentifier: 'before-the-move', username: 'shop_admin' };

describe.each(MYSQL_CHOICES)('$name from a snapshot', ({ make, name, store }) => {
  const restored = once(() => boundDatabase(make({ snapshot: SNAPSHOT, databaseName: 'shop' })));
  const isCluster = store === 'AWS::RDS::DBCluster';

  test('begins with it, and leaves out what CloudFormation refuses next to it', () => {
    restored().template.hasResourceProperties(store, {
      [isCluster ? 'SnapshotIdentifier' : 'DBSnapshotIdentifier']: 'before-the-move',
      [isCluster ? 'DatabaseName' : 'DBName']: Match.absent(),
      MasterUsername: Match.absent(),
      ...isCluster ? { StorageEncrypted: true } : { StorageEncrypted: Match.absent(), KmsKeyId: Match.absent() },
    });
  });

  test('gives its master user a new password, and tells the application both', () => {
    const { template, block } = restored();
    const secret = only(template, 'AWS::SecretsManager::Secret');
    expect(secret.Properties.GenerateSecretString).toMatchObject({ SecretStringTemplate: '{"username":"shop_admin"}' });
    template.hasResourceProperties(store, {
      MasterUserPassword: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: secret.id }, ':SecretString:password::}}']] },
    });
    expect(block.environment).toMatchObject({ DB_NAME: 'shop' });
  });

  test('may have a password that RDS manages', () => {
    boundDatabase(make({ snapshot: SNAPSHOT, rotation: PasswordRotation.managed() })).template.hasResourceProperties(store, {
      ManageMasterUserPassword: true, MasterUserPassword: Match.absent(), MasterUsername: Match.absent(),
    });
  });

  test('says aloud what happens when the snapshot is taken out again', () => {
    const path = `Stack/Slot/${isCluster ? 'AuroraMysql/Cluster' : 'RdsMysql/Instance'}`;
    expect(warnings(restored().stack)).toEqual([
      `[${path}] the database begins as a copy of the snapshot before-the-move: when 'snapshot' changes or is removed, CloudFormation makes a new database without what was written since, so leave it in place [ack: cdk-platform-patterns:database-from-snapshot]`,
    ]);
  });

  testRefusals([
    ['no name', () => make({ snapshot: { ...SNAPSHOT, snapshotIdentifier: '' } }),
      `[Database.${name}] 'snapshot.snapshotIdentifier' must not be empty, got "": give the name or the ARN of a snapshot`],
    ['no user', () => make({ snapshot: { ...SNAPSHOT, username: '' } }),
      `[Database.${name}] 'snapshot.username' must begin with a letter and hold up to 32 letters, digits and underscores, got "": give the master user of the database that the snapshot was taken of`],
  ]);

  test('takes tokens', () => {
    const token = Lazy.string({ produce: () => '' });
    expect(() => make({ snapshot: { snapshotIdentifier: token, username: token } })).not.toThrow();
  });
});

describe.each(MYSQL_CHOICES)('$name', ({ make, store }) => {
  const groups = store === 'AWS::RDS::DBCluster' ? 'AWS::RDS::DBClusterParameterGroup' : 'AWS::RDS::DBParameterGroup';

  test('takes connections without TLS, unless it is told to refuse them, and then tells the application', () => {
    const open = boundDatabase(make());
    open.template.hasResourceProperties(groups, { Parameters: { require_secure_transport: Match.absent() } });
    expect(open.block.environment).not.toHaveProperty('DB_TLS');
    const strict = boundDatabase(make({ requireTls: true }));
    strict.template.hasResourceProperties(groups, { Parameters: { require_secure_transport: 'ON' } });
    expect(strict.block.environment).toMatchObject({ DB_TLS: 'true' });
  });

  test('has a name in a private zone of its own when the platform has one, and the application keeps that of the certificate', () => {
    const { template, block, stack } = boundDatabase(make(), { domainName: 'shop.example.com' });
    const zone = only(template, 'AWS::Route53::HostedZone');
    expect(zone.Properties).toEqual({
      Name: 'internal.shop.example.com.', VPCs: [{ VPCId: { Ref: only(template, 'AWS::EC2::VPC').id }, VPCRegion: 'us-east-1' }],
    });
    const host = { 'Fn::GetAtt': [only(template, store).id, 'Endpoint.Address'] };
    expect(only(template, 'AWS::Route53::RecordSet').Properties).toEqual({
      HostedZoneId: { Ref: zone.id }, Name: 'db.internal.shop.example.com.', Type: 'CNAME', TTL: '30', ResourceRecords: [host],
    });
    expect(stack.resolve(block.environment.DB_HOST)).toEqual(host);
    expect(block.describe().facts).toMatchObject({ name: 'db.internal.shop.example.com' });
  });

  test('has that name for its proxy, and none without a platform\'s name', () => {
    const { template } = boundDatabase(make({ proxy: true }), { domainName: 'shop.example.com' });
    expect(only(template, 'AWS::Route53::RecordSet').Properties).toMatchObject({
      ResourceRecords: [{ 'Fn::GetAtt': [only(template, 'AWS::RDS::DBProxy').id, 'Endpoint'] }],
    });
    expect(resources(boundDatabase(make()).template, 'AWS::Route53::HostedZone')).toEqual([]);
  });

  const path = store === 'AWS::RDS::DBCluster' ? 'Stack/Slot/AuroraMysql' : 'Stack/Slot/RdsMysql';
  testRefusals([
    ['public subnets', () => boundDatabase(make(), { subnets: { subnetType: SubnetType.PUBLIC } }),
      `[${path}] 'subnets' must not be public for a database, got Stack/Vpc/PublicSubnet1, Stack/Vpc/PublicSubnet2, Stack/Vpc/PublicSubnet3, Stack/Vpc/PublicSubnet4: give subnets without a route to an internet gateway`],
  ]);
});
