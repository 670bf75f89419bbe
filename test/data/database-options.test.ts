import { Lazy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { CHOICES } from './choices';
import { boundDatabase, warnings } from './support';
import { IPrivateNames, PasswordRotation } from '../../src';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { only } from '../support/template';

/** Names without a zone: what was asked for. */
class GivenNames implements IPrivateNames {
  public readonly hosts: { [label: string]: string } = {};

  public give(_scope: Construct, label: string, host: string): string {
    this.hosts[label] = host;
    return `${label}.internal`;
  }
}

const SNAPSHOT = { snapshotIdentifier: 'before-the-move', username: 'shop_admin' };

describe.each(CHOICES)('$name from a snapshot', ({ make, name, store, path, longest }) => {
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
    expect(warnings(restored().stack)).toEqual([
      `[Stack/Slot/${path}] the database begins as a copy of the snapshot before-the-move: when 'snapshot' changes or is removed, CloudFormation makes a new database without what was written since, so leave it in place [ack: cdk-platform-patterns:database-from-snapshot]`,
    ]);
  });

  testRefusals([
    ['no name', () => make({ snapshot: { ...SNAPSHOT, snapshotIdentifier: '' } }),
      `[Database.${name}] 'snapshot.snapshotIdentifier' must not be empty, got "": give the name or the ARN of a snapshot`],
    ['no user', () => make({ snapshot: { ...SNAPSHOT, username: '' } }),
      `[Database.${name}] 'snapshot.username' must begin with a letter and hold up to ${longest.username} letters, digits and underscores, got "": give the master user of the database that the snapshot was taken of`],
  ]);

  test('takes tokens', () => {
    const token = Lazy.string({ produce: () => '' });
    expect(() => make({ snapshot: { snapshotIdentifier: token, username: token } })).not.toThrow();
  });
});

describe.each(CHOICES)('$name', ({ make, name, store, path, scheme, port, tls, tlsParameter, longest }) => {
  const groups = store === 'AWS::RDS::DBCluster' ? 'AWS::RDS::DBClusterParameterGroup' : 'AWS::RDS::DBParameterGroup';

  test('takes connections without TLS when it is told to, and else tells the application that it does not', () => {
    const open = boundDatabase(make({ requireTls: false }));
    open.template.hasResourceProperties(groups, { Parameters: { [tlsParameter.name]: tlsParameter.off ?? Match.absent() } });
    expect(open.block.environment).not.toHaveProperty('DB_TLS');
    const strict = boundDatabase(make({ requireTls: true }));
    strict.template.hasResourceProperties(groups, { Parameters: { [tlsParameter.name]: tlsParameter.on } });
    expect(strict.block.environment).toMatchObject({ DB_TLS: 'true' });
    expect(boundDatabase(make()).block.environment.DB_TLS).toBe(tls ? 'true' : undefined);
  });

  test('tells the application what it is and on which port', () => {
    expect(boundDatabase(make()).block.environment).toMatchObject({ DB_ENGINE: scheme, DB_PORT: String(port), DB_NAME: 'app' });
    expect(boundDatabase(make({ proxy: true })).block.environment).toMatchObject({ DB_ENGINE: scheme });
  });

  test('has a name in the platform\'s private zone, and the application keeps that of the certificate', () => {
    const given = new GivenNames();
    const { block, stack, template } = boundDatabase(make(), { names: given });
    const host = { 'Fn::GetAtt': [only(template, store).id, 'Endpoint.Address'] };
    expect(stack.resolve(given.hosts)).toEqual({ db: host });
    expect(stack.resolve(block.environment.DB_HOST)).toEqual(host);
    expect(block.describe().facts).toMatchObject({ name: 'db.internal' });
  });

  test('has that name for its proxy, under the label that the platform gives, and none without names', () => {
    const given = new GivenNames();
    const { stack, template } = boundDatabase(make({ proxy: true }), { names: given, label: 'orders' });
    expect(stack.resolve(given.hosts)).toEqual({ orders: { 'Fn::GetAtt': [only(template, 'AWS::RDS::DBProxy').id, 'Endpoint'] } });
    expect(boundDatabase(make()).block.describe().facts).not.toHaveProperty('name');
  });

  test('knows how many connections it takes', () => {
    const at16 = make().connectionLimit!.maxConnections(16);
    expect(at16).toBeGreaterThan(900);
    expect(at16).toBeLessThan(2000);
  });

  const tooLong = 'a'.repeat(longest.databaseName + 1);
  const expected = `'databaseName' must begin with a letter and hold up to ${longest.databaseName} letters, digits and underscores`;
  testRefusals([
    ['public subnets', () => boundDatabase(make(), { subnets: { subnetType: SubnetType.PUBLIC } }),
      `[Stack/Slot/${path.split('/')[0]}] 'subnets' must not be public for a database, got Stack/Vpc/PublicSubnet1, Stack/Vpc/PublicSubnet2, Stack/Vpc/PublicSubnet3, Stack/Vpc/PublicSubnet4: give subnets without a route to an internet gateway`],
    ['a name with a dash', () => make({ databaseName: 'my-shop' }), `[Database.${name}] ${expected}, got "my-shop": choose another name, such as 'shop'`],
    ['a name that is too long', () => make({ databaseName: tooLong }), `[Database.${name}] ${expected}, got "${tooLong}": choose another name, such as 'shop'`],
    ['a port that RDS does not take', () => make({ port: 80 }),
      `[Database.${name}] 'port' must be a whole number between 1150 and 65535, got 80: RDS takes ports between 1150 and 65535`],
  ]);
});
