import { App, CfnParameter, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Compute, EnvironmentProfile, FargateDeployment, FargateProps, Reachability, ScheduledTask } from '../../src';
import { addPlatform, eastStack, IMAGE, once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { only, Resource, resources, text } from '../support/template';
import { fargate } from '../support/workloads';

const SCHEDULE = 'AWS::Scheduler::Schedule';
const ATHENS = TimeZone.EUROPE_ATHENS;

const TASKS: { [name: string]: ScheduledTask } = {
  'clean-carts': { schedule: ScheduleExpression.cron({ hour: '3', minute: '0', timeZone: ATHENS }), command: ['php', 'bin/clean.php', '--all'] },
  'mail': { schedule: ScheduleExpression.rate(Duration.minutes(5)), command: ['php', 'bin/mail.php'], maxEventAge: Duration.minutes(4) },
};

const choice = (props: Partial<FargateProps> = {}) => Compute.fargate({ image: IMAGE, scheduledTasks: TASKS, ...props });
const made = once(() => platformTemplate({ compute: choice() }));
const without = once(() => platformTemplate());

interface Target {
  readonly Arn: unknown;
  readonly Input: string;
  readonly DeadLetterConfig: { readonly Arn: unknown };
  readonly RetryPolicy: { readonly MaximumEventAgeInSeconds: number };
  readonly EcsParameters: { readonly [name: string]: unknown };
}

const targetOf = ({ Properties }: Resource) => Properties.Target as Target;
const schedules = (template = made()) => resources(template, SCHEDULE);
const mail = () => schedules().find(({ Properties }) => text(Properties.Name).endsWith('mail'))!;
const clean = () => schedules().find(each => each !== mail() && each.id !== mail().id)!;

describe('a scheduled task', () => {
  test('runs at its times, in its time zone', () => {
    const timesOf = ({ Properties: { Name, ScheduleExpression: at, ScheduleExpressionTimezone: zone, State } }: Resource) => [Name, at, zone, State];
    expect(schedules().map(timesOf)).toEqual([
      [expect.stringMatching(/^Stack-Shop-Compute-Fargate-ScheduledTasks-Runs-clean-ca\w*-\w{8}$/), 'cron(0 3 * * ? *)', 'Europe/Athens', 'ENABLED'],
      ['Stack-Shop-Compute-Fargate-ScheduledTasks-Runs-mail', 'rate(5 minutes)', 'Etc/UTC', 'ENABLED'],
    ]);
  });

  test('is the application\'s own task with another command: no second definition to keep', () => {
    const { id } = only(made(), 'AWS::ECS::TaskDefinition');
    expect(schedules().map(each => targetOf(each).EcsParameters.TaskDefinitionArn)).toEqual([{ Ref: id }, { Ref: id }]);
    expect(schedules().map(each => JSON.parse(targetOf(each).Input) as unknown)).toEqual([
      { containerOverrides: [{ name: 'web', command: ['php', 'bin/clean.php', '--all'] }] },
      { containerOverrides: [{ name: 'web', command: ['php', 'bin/mail.php'] }] },
    ]);
  });

  test('stands where the units stand, in their cluster, subnets and security group, and never on spot capacity', () => {
    const service = only(made(), 'AWS::ECS::Service').Properties as { Cluster: { Ref: string }; NetworkConfiguration: object };
    const { Arn, EcsParameters } = targetOf(mail());
    expect(Arn).toEqual({ 'Fn::GetAtt': [service.Cluster.Ref, 'Arn'] });
    expect(EcsParameters.NetworkConfiguration).toEqual(service.NetworkConfiguration);
    expect(EcsParameters)
      .toMatchObject({ LaunchType: 'FARGATE', PlatformVersion: '1.4.0', TaskCount: 1, PropagateTags: 'TASK_DEFINITION', EnableExecuteCommand: false });
    expect(targetOf(schedules(platformTemplate({ compute: choice({ spotShare: 100 }) }))[0]).EcsParameters).not.toHaveProperty('CapacityProviderStrategy');
  });

  test('may have a shell where the units may', () => {
    const template = platformTemplate({ compute: choice({ container: { enableExecuteCommand: true } }), profile: EnvironmentProfile.development() });
    expect(schedules(template).map(each => targetOf(each).EcsParameters.EnableExecuteCommand)).toEqual([true, true]);
  });

  test('is tried for an hour when it cannot start, or for as long as is said', () => {
    expect([clean(), mail()].map(each => targetOf(each).RetryPolicy.MaximumEventAgeInSeconds)).toEqual([3600, 240]);
  });

  test.each([
    ['rolling', FargateDeployment.rolling()],
    ['canary', FargateDeployment.canary()],
  ])('runs a new version once that serves, by the same name and id: %s', (_, deployment) => {
    const template = platformTemplate({ compute: choice({ deployment }) });
    expect(schedules(template).map(({ id }) => id)).toEqual(schedules().map(({ id }) => id));
    const { id } = only(template, 'AWS::ECS::Service');
    expect(schedules(template).map(({ DependsOn }) => DependsOn!.includes(id))).toEqual([true, true]);
  });

  test('adds to a platform without any nothing but what it takes, and changes what is there only where the key has to let two services use it', () => {
    const [before, after] = [without(), made()].map(template => new Map(resources(template).map(({ id, ...rest }) => [id, JSON.stringify(rest)])));
    expect([...before.keys()].filter(id => !after.has(id))).toEqual([]);
    const changed = [...before].filter(([id, value]) => after.get(id) !== value).map(([id]) => resources(made()).find(each => each.id === id)!.Type);
    expect(changed).toEqual(expect.arrayContaining(['AWS::KMS::Key', 'AWS::CloudWatch::Dashboard']));
    expect(changed.filter(type => !['AWS::KMS::Key', 'AWS::CloudWatch::Dashboard', 'AWS::RDS::DBCluster', 'AWS::ElastiCache::ServerlessCache'].includes(type))).toEqual([]);
    expect([...after.keys()].filter(id => !before.has(id)).map(id => resources(made()).find(each => each.id === id)!.Type).sort()).toEqual([
      'AWS::CloudWatch::Alarm', 'AWS::Events::Rule', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', SCHEDULE, SCHEDULE,
    ].sort());
  });

  test('is declared at every store that it reaches', () => {
    const stack = eastStack();
    addPlatform(stack, { compute: choice() });
    const template = Template.fromStack(stack).toJSON() as { Resources: { [id: string]: { Metadata?: { [key: string]: unknown } } } };
    const stores = Object.values(template.Resources).flatMap(({ Metadata = {} }) => Metadata['cdk-platform-patterns:reachable-by'] ?? []);
    expect(JSON.stringify(stores)).toContain(schedules()[0].id);
    expect(Reachability.analyzeTemplate(JSON.stringify(template))).toEqual([]);
  });

  test('is told of among the facts of the application', () => {
    expect(saidBy(fargate({ props: { scheduledTasks: TASKS } }).block).facts).toMatchObject({ scheduled: 'clean-carts, mail' });
    expect(saidBy(fargate().block).facts).not.toHaveProperty('scheduled');
  });
});

describe('a run that did not start, or failed', () => {
  const rule = () => only(made(), 'AWS::Events::Rule');
  const queue = () => only(made(), 'AWS::SQS::Queue');
  const alarms = (template: Template) => resources(template, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => String(Properties.AlarmName).includes('-Scheduled-Tasks-'));

  test('is told in one queue by the platform\'s key, for two weeks', () => {
    expect(queue().Properties).toEqual({
      KmsMasterKeyId: { 'Fn::GetAtt': [only(made(), 'AWS::KMS::Key').id, 'Arn'] }, MessageRetentionPeriod: 14 * 24 * 3600,
    });
    const arn = { 'Fn::GetAtt': [queue().id, 'Arn'] };
    expect(schedules().map(each => targetOf(each).DeadLetterConfig.Arn)).toEqual([arn, arn]);
    expect(rule().Properties.Targets).toEqual([{ Id: 'Queue', Arn: arn }]);
  });

  test('is one that never ran its container, or whose own code is another than 0', () => {
    expect(rule().Properties.EventPattern).toEqual({
      'source': ['aws.ecs'],
      'detail-type': ['ECS Task State Change'],
      'detail': {
        clusterArn: [{ 'Fn::GetAtt': [only(made(), 'AWS::ECS::Cluster').id, 'Arn'] }],
        lastStatus: ['STOPPED'],
        group: [{ prefix: 'scheduled-' }],
        $or: [{ stopCode: ['TaskFailedToStart'] }, { containers: { name: ['web'], exitCode: [{ 'anything-but': [0] }] } }],
      },
    });
    expect(schedules().map(each => targetOf(each).EcsParameters.Group)).toEqual(['scheduled-clean-carts', 'scheduled-mail']);
  });

  test('may be told by this rule and these schedules alone', () => {
    const statements = (type: string, from = made()) => resources(from, type)
      .flatMap(({ Properties }) => ((Properties.PolicyDocument ?? Properties.KeyPolicy) as { Statement: { [name: string]: unknown }[] }).Statement);
    expect(statements('AWS::SQS::QueuePolicy').filter(({ Effect }) => Effect === 'Allow')).toEqual([expect.objectContaining({
      Action: 'sqs:SendMessage', Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule().id, 'Arn'] } } },
    })]);
    expect(statements('AWS::KMS::Key').filter(({ Sid }) => Sid === 'FailedRunsToQueue')).toEqual([expect.objectContaining({
      Principal: { Service: ['events.amazonaws.com', 'scheduler.amazonaws.com'] }, Condition: { StringEquals: { 'aws:SourceAccount': '111111111111' } },
    })]);
    const { id } = resources(made(), 'AWS::IAM::Role').find(({ Properties }) => JSON.stringify(Properties).includes('scheduler.amazonaws.com'))!;
    const policies = resources(made(), 'AWS::IAM::ManagedPolicy').filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(id));
    const allowed = policies.flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: { Action: string | string[] }[] }).Statement);
    expect(allowed.flatMap(({ Action }) => Action).sort())
      .toEqual(['ecs:RunTask', 'ecs:RunTask', 'ecs:TagResource', 'iam:PassRole', 'kms:Decrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage']);
  });

  test('raises an alarm as long as somebody has not read of it, which wakes nobody; without tasks there is none', () => {
    expect(alarms(made()).map(({ Properties }) => Properties)).toEqual([expect.objectContaining({
      AlarmName: 'Stack-Shop-Application-Scheduled-Tasks-Failed-Warning',
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    })]);
    const [{ Properties: { Metrics } }] = alarms(made());
    expect(JSON.stringify(Metrics)).toContain(`{"Name":"QueueName","Value":{"Fn::GetAtt":["${queue().id}","QueueName"]}}`);
    expect(alarms(without())).toEqual([]);
  });
});

describe('scheduled tasks', () => {
  const task = (changed: object) => () => Compute.fargate({ image: IMAGE, scheduledTasks: { clean: { ...TASKS.mail, ...changed } } });
  const parameter = () => new CfnParameter(new Stack(new App(), 'Other'), 'Age', { type: 'Number' }).valueAsNumber;

  testRefusals([
    ['names that are none', () => Compute.fargate({ image: IMAGE, scheduledTasks: { '1st': TASKS.mail, 'a b': TASKS.mail, 'empty': undefined as unknown as ScheduledTask } }),
      '[Compute.fargate] \'scheduledTasks\' must hold a task by each name of up to 63 letters, digits and dashes, a letter first, got ["1st","a b","empty"]: give names such as \'clean-carts\''],
    ['no schedule', task({ schedule: undefined }),
      '[Compute.fargate.scheduledTasks.clean] \'schedule\' must be given, got undefined: give one such as ScheduleExpression.rate(Duration.hours(1))'],
    ['a schedule that AWS does not take', task({ schedule: ScheduleExpression.expression('cron(0 3 * * *)') }),
      '[Compute.fargate.scheduledTasks.clean] \'schedule\' must be six fields of cron that AWS takes, got "cron(0 3 * * *)": give one such as ScheduleExpression.cron({ hour: \'3\', minute: \'0\' })'],
    ['no command', task({ command: [] }),
      '[Compute.fargate.scheduledTasks.clean] \'command\' must be a program and its arguments, got []: give one such as [\'php\', \'bin/clean.php\']'],
    ['a command without a program', task({ command: [''] }),
      '[Compute.fargate.scheduledTasks.clean] \'command\' must be a program and its arguments, got [""]: give one such as [\'php\', \'bin/clean.php\']'],
    ['a command that is a text', task({ command: 'php bin/clean.php' }),
      '[Compute.fargate.scheduledTasks.clean] \'command\' must be a program and its arguments, got "php bin/clean.php": give one such as [\'php\', \'bin/clean.php\']'],
    ['a command that is longer than ECS takes', task({ command: ['sh', '-c', 'x'.repeat(8200)] }),
      '[Compute.fargate.scheduledTasks.clean] \'command\' must be up to 8192 characters as JSON, got 8264: put the script into the image'],
    ['an age that is none', task({ maxEventAge: Duration.seconds(59) }),
      '[Compute.fargate.scheduledTasks.clean] \'maxEventAge\' must be between 60 and 86400 whole seconds, got 59 seconds: leave it out for an hour'],
    ['an age that is not known', () => task({ maxEventAge: Duration.seconds(parameter()) })(),
      '[Compute.fargate.scheduledTasks.clean] \'maxEventAge\' must be known at synthesis, got a token: give the value, not a parameter'],
  ]);
});
