import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { fromMysql, legacySecret, migrated, PEM } from './support';
import {
  Database, EnvironmentProfile, IAttachable, IDatabase, PasswordRotation, Tier,
} from '../../src';
import { DatabaseMigration, MysqlMigrationProps, MysqlSslMode } from '../../src/migration';
import { ACCOUNT, addPlatform, once, PlatformProps, QUICK } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { securityGroupRules } from '../support/security-groups';
import { only, propertiesOf, resources, text } from '../support/template';

const byDefault = once(() => migrated(stack => ({ database: fromMysql(stack) })));
const templateOf = (props: Partial<MysqlMigrationProps> = {}, platform: () => PlatformProps = () => ({})) =>
  migrated(stack => ({ database: fromMysql(stack, props) }), platform).template;

function endpoint(template: ReturnType<typeof templateOf>, type: 'source' | 'target') {
  return resources(template, 'AWS::DMS::Endpoint').find(({ Properties }) => Properties.EndpointType === type)!;
}

describe('the replication instance', () => {
  test('stands in private subnets, encrypted with the platform\'s key, without a public address', () => {
    const { template } = byDefault();
    const subnets = propertiesOf(template, 'AWS::DMS::ReplicationSubnetGroup').SubnetIds as unknown[];
    expect(subnets.map(text)).toEqual([1, 2].map(n => expect.stringMatching(`ShopNetworkVpcApplicationSubnet${n}`)));
    expect(propertiesOf(template, 'AWS::DMS::ReplicationInstance')).toMatchObject({
      PubliclyAccessible: false,
      MultiAZ: false,
      AllocatedStorage: 100,
      ReplicationInstanceClass: 'dms.t3.medium',
      KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching('^ShopEncryptionKey'), 'Arn'] },
    });
  });

  test('is larger in a profile with standbys, and as large as one says', () => {
    const inProduction = templateOf({}, () => ({ profile: EnvironmentProfile.production() }));
    expect(propertiesOf(inProduction, 'AWS::DMS::ReplicationInstance').ReplicationInstanceClass).toBe('dms.r6i.large');
    const given = templateOf({ replicationInstanceClass: 'dms.c6i.xlarge', allocatedStorageGib: 500 });
    expect(propertiesOf(given, 'AWS::DMS::ReplicationInstance')).toMatchObject({ ReplicationInstanceClass: 'dms.c6i.xlarge', AllocatedStorage: 500 });
  });

  test('reaches the source, AWS and the database alone; nothing reaches it', () => {
    expect(securityGroupRules(byDefault().template).filter(line => line.includes('Database migration'))).toEqual([
      'Aurora MySQL in from Database migration, tcp 13306',
      'Database migration out to 0.0.0.0/0, tcp 3306',
      'Database migration out to 0.0.0.0/0, tcp 443',
      'Database migration out to Aurora MySQL, tcp 13306',
    ]);
  });

  test('reaches the source at its addresses and its port alone, when they are given', () => {
    const rules = securityGroupRules(templateOf({ sourceCidr: '203.0.113.7/32', sourcePort: 3307 }));
    expect(rules).toContain('Database migration out to 203.0.113.7/32, tcp 3307');
    expect(rules).not.toContain('Database migration out to 0.0.0.0/0, tcp 3306');
  });

  test('logs to an encrypted group of the name that DMS gives it, which is there first', () => {
    const { template } = byDefault();
    const instance = only(template, 'AWS::DMS::ReplicationInstance');
    const identifier = instance.Properties.ReplicationInstanceIdentifier;
    expect(identifier).toMatch(/^[a-z](?!.*--)[a-z0-9-]{0,61}[a-z0-9]$/);
    const log = resources(template, 'AWS::Logs::LogGroup').find(({ Properties }) => Properties.LogGroupName === `dms-tasks-${identifier}`)!;
    expect(log.Properties).toMatchObject({ RetentionInDays: 7, KmsKeyId: { 'Fn::GetAtt': [expect.stringMatching('^ShopEncryptionKey'), 'Arn'] } });
    expect(instance.DependsOn).toContain(log.id);
  });
});

describe('the roles that DMS looks for by name', () => {
  const roleNames = (template: ReturnType<typeof templateOf>) => resources(template, 'AWS::IAM::Role').flatMap(({ Properties }) => Properties.RoleName ?? []);

  test('are made before the subnet group, which needs one', () => {
    const { template } = byDefault();
    expect(roleNames(template)).toEqual(['dms-vpc-role', 'dms-cloudwatch-logs-role']);
    const [vpcRole] = resources(template, 'AWS::IAM::Role').filter(({ Properties }) => Properties.RoleName === 'dms-vpc-role');
    expect(only(template, 'AWS::DMS::ReplicationSubnetGroup').DependsOn).toContain(vpcRole.id);
  });

  test('are left alone where they are', () => {
    expect(roleNames(templateOf({ createServiceRoles: false }))).toEqual([]);
  });

  describe('of two migrations in one app', () => {
    function appWith(second: Partial<MysqlMigrationProps>, account = ACCOUNT): App {
      const app = new App(QUICK);
      [{ id: 'One', account: ACCOUNT, props: {} }, { id: 'Two', account, props: second }].forEach(({ id, account: own, props }) => {
        const stack = new Stack(app, id, { env: { region: 'us-east-1', account: own } });
        addPlatform(stack, { migration: { database: fromMysql(stack, props) } });
      });
      return app;
    }

    test('are refused for one account, with the way out', () => {
      const twin = (stack: string) => ['dms-vpc-role', 'dms-cloudwatch-logs-role']
        .map((name, index) => `${name} in ${stack}/Shop/Migration/Database/Mysql/${['VpcRole', 'LogsRole'][index]}/Resource`).join(', ');
      expect(() => appWith({}).synth()).toThrow(
        `[One/Shop/Migration/Database/Mysql] 'createServiceRoles' makes roles of which an account has one each, got ${twin('Two')} too: give 'createServiceRoles: false' to all migrations but one, which is deployed first and deleted last`);
    });

    test('are made by one of them, or for two accounts', () => {
      expect(() => appWith({ createServiceRoles: false }).synth()).not.toThrow();
      expect(() => appWith({}, '222222222222').synth()).not.toThrow();
    });
  });
});

describe('the endpoints', () => {
  test('take address, user and password from Secrets Manager alone', () => {
    const { template } = byDefault();
    const source = endpoint(template, 'source').Properties;
    const target = endpoint(template, 'target').Properties;
    expect(source.MySqlSettings).toMatchObject({ SecretsManagerSecretId: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:legacy-AbCdEf' });
    expect(target.MySqlSettings).toMatchObject({ SecretsManagerSecretId: { Ref: expect.stringMatching('^ShopDatabaseAuroraMysqlCredentials') } });
    ['Username', 'Password', 'ServerName', 'Port'].forEach(name => [source, target].forEach(each => expect(each).not.toHaveProperty(name)));
  });

  test('are read by a role that may read these two secrets, by Secrets Manager alone', () => {
    const { template } = byDefault();
    const role = resources(template, 'AWS::IAM::Role').find(({ id }) => id.includes('SecretsRole'))!;
    expect(JSON.stringify(role.Properties.AssumeRolePolicyDocument)).toContain('dms.us-east-1.amazonaws.com');
    const policy = resources(template, 'AWS::IAM::ManagedPolicy').find(({ Properties }) => text((Properties.Roles as unknown[])[0]) === `\${${role.id}}`)!;
    expect(policy.Properties.PolicyDocument).toMatchObject({
      Statement: [
        {
          Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
          Resource: ['arn:aws:secretsmanager:us-east-1:111111111111:secret:legacy-AbCdEf', { Ref: expect.stringMatching('^ShopDatabaseAuroraMysqlCredentials') }],
        },
        { Action: ['kms:Decrypt', 'kms:DescribeKey'], Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } } },
      ],
    });
    ['source', 'target'].forEach(type => expect(endpoint(template, type as 'source').DependsOn).toContain(policy.id));
  });

  test('of a secret with a key of its own, and one known by its name alone, can be read too', () => {
    const { template } = migrated(stack => ({
      database: fromMysql(stack, {
        sourceSecret: Secret.fromSecretAttributes(stack, 'Keyed', {
          secretPartialArn: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:keyed',
          encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111111111111:key/1'),
        }),
      }),
    }));
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Resource: Match.arrayWith(['arn:aws:secretsmanager:us-east-1:111111111111:secret:keyed-??????']) }),
          Match.objectLike({ Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: Match.arrayWith(['arn:aws:kms:us-east-1:111111111111:key/1']) }),
        ]),
      },
    });
  });

  test('verify certificates by the authorities that are given', () => {
    const { template } = byDefault();
    expect(resources(template, 'AWS::DMS::Certificate').map(({ Properties }) => Properties.CertificatePem)).toEqual([PEM, PEM]);
    expect(endpoint(template, 'source').Properties).toMatchObject({ SslMode: 'verify-full', CertificateArn: { Ref: expect.stringContaining('SourceCertificate') } });
    expect(endpoint(template, 'target').Properties).toMatchObject({ SslMode: 'verify-full', CertificateArn: { Ref: expect.stringContaining('TargetCertificate') } });
    expect(endpoint(templateOf({ sourceSslMode: MysqlSslMode.VERIFY_CA }), 'source').Properties.SslMode).toBe('verify-ca');
  });

  test('load tables in any order, into a database whose address is in its secret', () => {
    const target = endpoint(byDefault().template, 'target');
    expect(target.Properties.ExtraConnectionAttributes).toBe('initstmt=SET FOREIGN_KEY_CHECKS=0');
    expect(target.DependsOn).toContainEqual(expect.stringMatching('CredentialsAttachment'));
  });

  test('without certificates are not encrypted, and a warning says which', () => {
    const { stack, template } = migrated(each => ({ database: DatabaseMigration.fromMysql({ sourceSecret: legacySecret(each), sourceDatabase: 'shop' }) }));
    expect(['source', 'target'].map(type => endpoint(template, type as 'source').Properties.SslMode)).toEqual(['none', 'none']);
    Annotations.fromStack(stack).hasWarning('/Stack/Shop/Migration/Database/Mysql', Match.stringLikeRegexp(
      'data is replicated over connections that are not encrypted: give \'sourceCertificate\' and \'targetCertificate\''));
    Annotations.fromStack(byDefault().stack).hasNoWarning('*', Match.stringLikeRegexp('not encrypted'));
  });
});

describe('a database of one\'s own', () => {
  function given(own: Partial<IAttachable>, attached: string[] = []): IDatabase {
    return {
      bind: scope => ({
        environment: { DB_NAME: 'own' },
        secrets: {},
        attachTo: workload => { attached.push(workload.node.path); },
        monitorWith: () => {},
        describe: () => ({ id: 'Own', construct: scope, title: 'Own', purpose: 'test', tier: Tier.DATA }),
        ...own,
      }),
    };
  }

  test('is reached past its pool', () => {
    const [pooled, direct]: string[][] = [[], []];
    migrated(stack => ({ database: fromMysql(stack) }), stack => {
      const secret = Secret.fromSecretNameV2(stack, 'Own', 'own');
      const own = { secrets: { DB_USER: { secret, field: 'username' }, DB_PASSWORD: { secret, field: 'password' } } };
      const behind = given(own, direct).bind(stack, undefined!);
      return { database: given({ ...own, direct: behind }, pooled) };
    });
    expect(pooled).toEqual(['Stack/Shop/Compute/Fargate']);
    expect(direct).toEqual(['Stack/Shop/Migration/Database/Mysql']);
  });

  const onto = (database: () => IDatabase) => () => migrated(stack => ({ database: fromMysql(stack) }), () => ({ database: database() }));

  testRefusals([
    ['a database without a secret for DMS to read', onto(() => given({})),
      '[Stack/Shop/Migration/Database/Mysql] \'migration.database\' needs a database whose \'secrets\' have DB_USER and DB_PASSWORD in one secret and whose \'environment\' has DB_NAME: give them in the database\'s attachable'],
    ['a secret of RDS\'s own, without the address', onto(() => Database.auroraMysql({ rotation: PasswordRotation.managed() })),
      '[Stack/Shop/Migration/Database/Mysql] \'migration.database\' needs a secret with the database\'s address, got the one that RDS manages, which has none: let RDS manage the password after the cut-over'],
    ['a database of another engine', onto(() => Database.auroraPostgresql()),
      '[Stack/Shop/Migration/Database/Mysql] \'migration.database\' from MySQL needs a database of MySQL, got postgresql: its tables would have to be translated; choose a MySQL database, or leave \'migration.database\' out'],
  ]);
});

describe('a database behind a proxy', () => {
  const pooled = once(() => migrated(
    stack => ({ database: fromMysql(stack) }), () => ({ database: Database.auroraMysql({ proxy: true, iamAuthentication: true }) })));

  test('is reached past it, by the secret of the master user', () => {
    const { template } = pooled();
    expect(securityGroupRules(template).filter(line => line.startsWith('Database migration out to A'))).toEqual(['Database migration out to Aurora MySQL, tcp 13306']);
    expect(text((endpoint(template, 'target').Properties.MySqlSettings as { SecretsManagerSecretId: unknown }).SecretsManagerSecretId)).toMatch(/Credentials/);
  });
});
