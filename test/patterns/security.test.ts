import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Database, EnvironmentProfile, Media, Sessions } from '../../src';
import { filled } from '../support/filled';
import { addPlatform, eastStack, once, platformTemplate } from '../support/platform';
import { securityGroupRules } from '../support/security-groups';
import { propertiesOf, resources, text } from '../support/template';

const production = once(() => platformTemplate());
const nodes = once(() => platformTemplate({
  database: Database.rdsMysql({ port: 3306 }),
  sessions: Sessions.valkeyNodes(),
  media: Media.bucket({ writable: true }),
  profile: EnvironmentProfile.development(),
}));
const VARIANTS: [string, () => Template][] = [['serverless production', production], ['nodes in development', nodes]];

describe('security groups', () => {
  test('let traffic through from tier to tier and nowhere else', () => {
    expect(securityGroupRules(production())).toEqual([
      'Application in from Load balancer, tcp 8080',
      'Application out to 0.0.0.0/0, tcp 443',
      'Application out to Aurora MySQL, tcp 13306',
      'Application out to Sessions, tcp 6379-6380',
      'Aurora MySQL in from Application, tcp 13306',
      'Load balancer in from pl-3b927c52, tcp 80-443',
      'Load balancer out to Application, tcp 8080',
      'Sessions in from Application, tcp 6379-6380',
    ]);
  });

  test('follow the ports of other choices', () => {
    expect(securityGroupRules(nodes())).toEqual([
      'Application in from Load balancer, tcp 8080',
      'Application out to 0.0.0.0/0, tcp 443',
      'Application out to RDS MySQL, tcp 3306',
      'Application out to Sessions, tcp 6379',
      'Load balancer in from pl-3b927c52, tcp 80-443',
      'Load balancer out to Application, tcp 8080',
      'RDS MySQL in from Application, tcp 3306',
      'Sessions in from Application, tcp 6379',
    ]);
  });
});

describe.each(VARIANTS)('%s', (_, template) => {
  test('encrypts every store, log and topic with the platform\'s key', () => {
    const [key] = resources(template(), 'AWS::KMS::Key');
    const properties: { [type: string]: string } = {
      'AWS::Logs::LogGroup': 'KmsKeyId',
      'AWS::SNS::Topic': 'KmsMasterKeyId',
      'AWS::SecretsManager::Secret': 'KmsKeyId',
      'AWS::RDS::DBCluster': 'KmsKeyId',
      'AWS::ElastiCache::ServerlessCache': 'KmsKeyId',
      'AWS::ElastiCache::ReplicationGroup': 'KmsKeyId',
      'AWS::Backup::BackupVault': 'EncryptionKeyArn',
    };
    const found = resources(template()).filter(({ Type }) => Type in properties);
    expect(found.length).toBeGreaterThan(6);
    filled(found).forEach(({ Type, Properties }) => expect([`\${${key.id}.Arn}`, `\${${key.id}}`]).toContain(text(Properties[properties[Type]])));
    expect(propertiesOf(template(), 'AWS::KMS::Key').EnableKeyRotation).toBe(true);
  });

  test('holds no secret but by reference', () => {
    const secrets = resources(template(), 'AWS::SecretsManager::Secret').map(({ id }) => id);
    const [container] = propertiesOf(template(), 'AWS::ECS::TaskDefinition').ContainerDefinitions as { Environment: { Name: string }[]; Secrets: { Name: string }[] }[];
    expect(container.Secrets.map(({ Name }) => Name)).toEqual(['DB_USER', 'DB_PASSWORD', 'SESSION_PASSWORD']);
    expect(container.Environment.map(({ Name }) => Name).filter(name => /PASSWORD|TOKEN|SECRET/.test(name))).toEqual([]);
    ['MasterUserPassword', 'AuthToken', 'Passwords'].forEach(property => {
      resources(template()).filter(({ Properties }) => property in Properties).forEach(({ Properties }) => {
        const value = [Properties[property]].flat().map(text).join();
        expect(secrets.some(id => value.startsWith(`{{resolve:secretsmanager:\${${id}}:SecretString:`))).toBe(true);
      });
    });
  });

  test('has no inline policy, no user, and no role that everything is allowed to', () => {
    ['AWS::IAM::Policy', 'AWS::IAM::User', 'AWS::IAM::AccessKey'].forEach(type => template().resourceCountIs(type, 0));
    filled(resources(template(), 'AWS::IAM::Role')).forEach(({ Properties }) => expect(Properties).not.toHaveProperty('Policies'));
    filled(resources(template(), 'AWS::IAM::ManagedPolicy')).forEach(({ Properties }) => expect(JSON.stringify(Properties.PolicyDocument)).not.toMatch(/"Action":\s*"\*"|"\w+:\*"/));
  });

  test('gives nothing a public address or a public ACL', () => {
    resources(template()).forEach(({ Properties }) => {
      expect(Properties.PubliclyAccessible ?? false).toBe(false);
      expect(Properties.MapPublicIpOnLaunch ?? false).toBe(false);
      expect(Properties).not.toHaveProperty('AccessControl');
    });
    expect(resources(template(), 'AWS::S3::Bucket').every(({ Properties }) => Properties.PublicAccessBlockConfiguration !== undefined)).toBe(true);
  });

  test('has Lambda functions written in the template alone', () => {
    filled(resources(template(), 'AWS::Lambda::Function')).forEach(({ Properties }) => expect(Object.keys(Properties.Code as object)).toEqual(['ZipFile']));
  });
});

test('production has three Lambda functions, for what AWS has no resource for', () => {
  expect(resources(production(), 'AWS::Lambda::Function').map(({ Properties }) => Properties.Description).sort()).toEqual([
    'Closes the default security group of a VPC', 'Encrypts the logs that RDS exports, and sets how long they are kept',
    'Says on the operations board how applications are',
  ]);
});

test('nothing has to be bootstrapped: the stack has no assets besides its template', () => {
  const stack = eastStack();
  addPlatform(stack);
  const { directory } = (stack.node.root as App).synth();
  const assets = readFileSync(join(directory, 'Stack.assets.json'), 'utf8');
  const { files, dockerImages } = JSON.parse(assets) as { files: { [hash: string]: { source: { path: string } } }; dockerImages: object };
  expect(Object.values(files).map(({ source }) => source.path)).toEqual(['Stack.template.json']);
  expect(dockerImages).toEqual({});
});

describe('what is kept', () => {
  const keeping = ['AWS::RDS::DBCluster', 'AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::Backup::BackupVault'];

  test.each(keeping)('in production %s outlives its stack, yet not a failed creation', type => {
    production().allResources(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('in development nothing outlives its stack', () => {
    expect(resources(nodes()).filter(({ DeletionPolicy, UpdateReplacePolicy }) => [DeletionPolicy, UpdateReplacePolicy].some(policy => policy?.startsWith('Retain')))).toEqual([]);
    ['AWS::RDS::DBInstance', 'AWS::S3::Bucket', 'AWS::KMS::Key'].forEach(type => nodes().allResources(type, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }));
  });
});
