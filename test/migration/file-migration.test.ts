import { Duration, Size } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AGENT, migrated, watchedSteps } from './support';
import { IMedia, Media, Tier } from '../../src';
import { FileMigration, FileVerification, NfsMigrationProps, S3MigrationProps } from '../../src/migration';
import { once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { securityGroupRules } from '../support/security-groups';
import { only, propertiesOf, resources, text } from '../support/template';
import { titlesOf } from '../support/watched';

const NFS = { serverHostname: 'files.example.com', subdirectory: '/srv/images', agentArns: [AGENT] };
const nfs = (props: Partial<NfsMigrationProps> = {}, media?: IMedia) =>
  migrated(() => ({ files: FileMigration.fromNfs({ ...NFS, ...props }) }), () => ({ media }));
const byDefault = once(() => nfs());
const options = (template: Template) => propertiesOf(template, 'AWS::DataSync::Task').Options as { [name: string]: unknown };

/** What the role at that place may do, one line for each statement. */
function rights(template: Template, id: string): string[] {
  const policy = resources(template, 'AWS::IAM::ManagedPolicy').find(each => each.id.includes(`${id}Policy`))!;
  const { Statement } = policy.Properties.PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] };
  return Statement.map(({ Action, Resource }) => `${[Action].flat().join(' ')} on ${text(Resource)}`);
}

describe('the task', () => {
  test('copies what is new or changed, deletes nothing, and verifies what it has copied', () => {
    expect(options(byDefault().template)).toMatchObject({
      TransferMode: 'CHANGED', PreserveDeletedFiles: 'PRESERVE', VerifyMode: 'ONLY_FILES_TRANSFERRED', BytesPerSecond: -1, Uid: 'NONE', Gid: 'NONE',
    });
  });

  test('does as one says', () => {
    const { template } = nfs({
      schedule: Schedule.rate(Duration.hours(6)),
      bandwidthPerSecond: Size.mebibytes(10),
      verification: FileVerification.POINT_IN_TIME_CONSISTENT,
      deleteRemoved: true,
      excludes: ['/cache', '*.tmp'],
    });
    expect(options(template)).toMatchObject({ PreserveDeletedFiles: 'REMOVE', VerifyMode: 'POINT_IN_TIME_CONSISTENT', BytesPerSecond: 10 * 1024 ** 2 });
    expect(propertiesOf(template, 'AWS::DataSync::Task')).toMatchObject({
      Schedule: { ScheduleExpression: 'rate(6 hours)' }, Excludes: [{ FilterType: 'SIMPLE_PATTERN', Value: '/cache|*.tmp' }],
    });
  });

  test('runs by command alone unless it has a schedule', () => {
    const { template } = byDefault();
    expect(propertiesOf(template, 'AWS::DataSync::Task')).not.toHaveProperty('Schedule');
    const start = Object.entries(template.findOutputs('*')).filter(([name]) => name.startsWith('ShopMigration')).map(([, { Value }]) => text(Value));
    expect(start).toEqual([`aws datasync start-task-execution --task-arn \${${only(template, 'AWS::DataSync::Task').id}}`]);
  });

  test('logs to an encrypted group that DataSync may write to', () => {
    const { template } = byDefault();
    const log = resources(template, 'AWS::Logs::LogGroup').find(({ id }) => /DataSyncLog/.test(id))!;
    expect(log.Properties).toMatchObject({ RetentionInDays: 7, KmsKeyId: expect.anything() });
    expect(text(propertiesOf(template, 'AWS::DataSync::Task').CloudWatchLogGroupArn)).toBe(`arn:aws:logs:us-east-1:111111111111:log-group:\${${log.id}}`);
    const policies = resources(template, 'AWS::Logs::ResourcePolicy').map(({ Properties }) => text(Properties.PolicyDocument));
    expect(policies.find(policy => policy.includes('datasync.amazonaws.com'))).toContain(`\${${log.id}.Arn}`);
  });

  test('that fails alarms at the first event', () => {
    const { template } = byDefault();
    expect(propertiesOf(template, 'AWS::Events::Rule').EventPattern).toMatchObject({
      'source': ['aws.datasync'],
      'detail-type': ['DataSync Task Execution State Change'],
      'detail': { State: ['ERROR'] },
      'resources': [{ prefix: { 'Fn::Join': ['', [{ Ref: only(template, 'AWS::DataSync::Task').id }, '/execution/']] } }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'Stack-Shop-Migration-File-Migration-Failed-Warning', EvaluationPeriods: 1, Threshold: 0, TreatMissingData: 'notBreaching',
    });
  });

  test('is on the board of engineers alone, and wakes nobody: users are still served elsewhere', () => {
    const watched = watchedSteps(() => ({ files: FileMigration.fromNfs(NFS) }));
    expect(watched.withAdvice).toEqual({ 'File-Migration-Failed-Warning': 'migration-stalls' });
    expect(titlesOf(watched.detail)).toEqual(['Files', 'Bytes', 'Failures and stops']);
    expect(titlesOf(watched.summary)).toEqual([]);
  });
});

describe('into a bucket', () => {
  test('copies below the folder that the edge serves', () => {
    expect(propertiesOf(byDefault().template, 'AWS::DataSync::LocationS3').Subdirectory).toBe('/media');
    expect(propertiesOf(nfs({}, Media.bucket({ prefix: 'static/images' })).template, 'AWS::DataSync::LocationS3').Subdirectory).toBe('/static/images');
  });

  test('may use that folder alone, with its key, for tasks of this account', () => {
    const { template } = byDefault();
    expect(rights(template, 'DestinationRole')).toEqual([
      expect.stringMatching(/^s3:GetBucketLocation s3:ListBucket s3:ListBucketMultipartUploads on \$\{ShopMediaBucket\w+\.Arn\}$/),
      expect.stringMatching(/^s3:GetObject .*s3:PutObject .*s3:DeleteObject on \$\{ShopMediaBucket\w+\.Arn\}\/media\/\*$/),
      expect.stringMatching(/^kms:Decrypt kms:GenerateDataKey on \$\{ShopEncryptionKey\w*\.Arn\}$/),
    ]);
    const role = resources(template, 'AWS::IAM::Role').find(({ id }) => id.includes('DestinationRole'))!;
    expect(role.Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [{
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111111111111' }, ArnLike: { 'aws:SourceArn': expect.anything() },
        },
      }],
    });
  });
});

test('into a file system goes as the access point\'s user, over TLS, by the one door', () => {
  const { template } = nfs({}, Media.fileSystem());
  expect(propertiesOf(template, 'AWS::DataSync::LocationEFS')).toMatchObject({
    InTransitEncryption: 'TLS1_2',
    AccessPointArn: expect.anything(),
    FileSystemAccessRoleArn: expect.anything(),
    Ec2Config: { SecurityGroupArns: [expect.anything()], SubnetArn: expect.anything() },
  });
  expect(securityGroupRules(template).filter(line => line.includes('File migration'))).toEqual([
    'File migration out to Media, tcp 2049', 'Media in from File migration, tcp 2049',
  ]);
  expect(rights(template, 'DestinationRole').join()).toContain('elasticfilesystem:ClientWrite');
});

describe('from', () => {
  test('NFS goes by the agent', () => {
    expect(propertiesOf(byDefault().template, 'AWS::DataSync::LocationNFS')).toEqual({
      ServerHostname: 'files.example.com', Subdirectory: '/srv/images', OnPremConfig: { AgentArns: [AGENT] },
    });
  });

  test('SMB has its password in Secrets Manager, which DataSync reads', () => {
    const { template } = migrated(stack => ({
      files: FileMigration.fromSmb({
        ...NFS,
        user: 'reader',
        domain: 'CORP',
        passwordSecret: Secret.fromSecretAttributes(stack, 'Password', {
          secretCompleteArn: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:files-AbCdEf',
          encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111111111111:key/1'),
        }),
      }),
    }));
    const location = propertiesOf(template, 'AWS::DataSync::LocationSMB');
    expect(location).toMatchObject({ User: 'reader', Domain: 'CORP', CustomSecretConfig: { SecretArn: expect.stringContaining('files-AbCdEf') } });
    expect(location).not.toHaveProperty('Password');
    expect(rights(template, 'PasswordRole')).toEqual([
      'secretsmanager:GetSecretValue secretsmanager:DescribeSecret on arn:aws:secretsmanager:us-east-1:111111111111:secret:files-AbCdEf',
      'kms:Decrypt on arn:aws:kms:us-east-1:111111111111:key/1',
    ]);
  });

  test('S3 only reads there', () => {
    const { template } = migrated(stack => ({ files: FileMigration.fromS3({ bucket: Bucket.fromBucketName(stack, 'Old', 'old'), subdirectory: '/images' }) }));
    expect(rights(template, 'SourceRole')).toEqual([
      's3:GetBucketLocation s3:ListBucket s3:ListBucketMultipartUploads on arn:aws:s3:::old',
      's3:GetObject s3:GetObjectTagging s3:ListMultipartUploadParts on arn:aws:s3:::old/images/*',
    ]);
    template.hasResourceProperties('AWS::DataSync::LocationS3', { S3BucketArn: Match.anyValue(), Subdirectory: '/images' });
  });
});

test('says what it is', () => {
  expect(byDefault().steps.map(step => step.describe().facts)).toEqual([{ from: 'NFS, files.example.com:/srv/images', runs: 'by command', deletes: 'nothing' }]);
});

const neither: IMedia = {
  bind: scope => ({
    environment: {},
    secrets: {},
    pathPattern: '/media/*',
    attachTo: () => {},
    monitorWith: () => {},
    describe: () => ({ id: 'Own', construct: scope, title: 'Own', purpose: 'test', tier: Tier.DATA }),
  }),
};
const fromS3 = (props: Partial<S3MigrationProps>) => () => FileMigration.fromS3({ bucket: undefined!, ...props });

testRefusals([
  ['a library with nowhere to copy to', () => nfs({}, neither),
    '[Stack/Shop/Migration/Files/DataSync] \'migration.files\' needs a media library with a \'bucket\' or a \'mount\', got neither: give one in the library, or copy the files by other means'],
  ['a folder without its slash', () => FileMigration.fromNfs({ ...NFS, subdirectory: 'images' }),
    '[FileMigration.fromNfs] \'subdirectory\' must begin with a slash, got "images": give the exported folder, such as \'/srv/images\''],
  ['a server without an agent', () => FileMigration.fromSmb({ ...NFS, agentArns: [], user: 'reader', passwordSecret: undefined! }),
    '[FileMigration.fromSmb] \'agentArns\' must name 1 to 4 agents, got 0: activate an agent beside the server and give its ARN'],
  ['a folder of a bucket without its slash', fromS3({ subdirectory: 'images' }),
    '[FileMigration.fromS3] \'subdirectory\' must begin with a slash, got "images": give the folder from the root of the bucket, such as \'/images\''],
  ['runs every minutes', fromS3({ schedule: Schedule.rate(Duration.minutes(30)) }),
    '[FileMigration.fromS3] \'schedule\' must not be below an hour, got rate(30 minutes): DataSync runs once an hour at the most'],
  ['no bandwidth', fromS3({ bandwidthPerSecond: Size.bytes(0) }),
    '[FileMigration.fromS3] \'bandwidthPerSecond\' must be 1 byte at least, got 0: leave it out for no limit'],
  ['patterns joined by hand', fromS3({ excludes: ['/a|/b'] }),
    '[FileMigration.fromS3] \'excludes\' must be patterns without \'|\', got ["/a|/b"]: give one for each, such as \'/cache\' or \'*.tmp\''],
]);
