import { Duration, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, LayerVersion, Runtime as LambdaRuntime } from 'aws-cdk-lib/aws-lambda';
import { Compute, EnvironmentProfile, FunctionCode, FunctionProps, Media, Runtime, Tier } from '../../src';
import { FUNCTION_CODE, once, platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { saidBy } from '../support/said-by';
import { only, resources } from '../support/template';
import { workload, WorkloadTest } from '../support/workloads';

const FUNCTION = 'AWS::Lambda::Function';
const CODE = Code.fromInline('x');
const untyped = (value: unknown) => value as never;
const choice = (props: Partial<FunctionProps> = {}) => Compute.function({ code: FUNCTION_CODE, ...props });
const make = (props: Partial<FunctionProps> = {}, test: WorkloadTest = {}) => workload(() => choice(props), test);

const standard = once(() => make());
const application = ({ template }: ReturnType<typeof make>) =>
  resources(template, FUNCTION).find(({ Properties }) => Properties.VpcConfig !== undefined)!;

describe('a function by default', () => {
  test('has one vCPU on ARM, 15 seconds, and the plan\'s most executions', () => {
    expect(application(standard()).Properties).toMatchObject({
      MemorySize: 1769, Architectures: ['arm64'], Timeout: 15, ReservedConcurrentExecutions: 60, PackageType: 'Zip', Handler: 'index.handler', Runtime: 'nodejs24.x',
    });
  });

  test('is in private subnets, in a security group of its own that lets nobody in', () => {
    const { SecurityGroupIds } = application(standard()).Properties.VpcConfig as { SecurityGroupIds: { 'Fn::GetAtt': string[] }[] };
    const [{ 'Fn::GetAtt': [id] }] = SecurityGroupIds;
    expect(standard().template.toJSON().Resources[id].Properties).not.toHaveProperty('SecurityGroupIngress');
    expect(resources(standard().template, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });

  test('is behind a target group of its kind, with headers of several values, and asked once a minute', () => {
    standard().template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      TargetType: 'lambda',
      HealthCheckEnabled: true,
      HealthCheckPath: '/healthz',
      HealthCheckIntervalSeconds: 65,
      HealthCheckTimeoutSeconds: 60,
      TargetGroupAttributes: Match.arrayWith([{ Key: 'lambda.multi_value_headers.enabled', Value: 'true' }]),
      Port: Match.absent(),
      Targets: Match.absent(),
    });
  });

  test('may be invoked by that target group alone, and there by what is live alone', () => {
    const [permission, ...others] = resources(standard().template, 'AWS::Lambda::Permission');
    expect(others).toEqual([]);
    expect(permission.Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      Principal: 'elasticloadbalancing.amazonaws.com',
      FunctionName: { Ref: only(standard().template, 'AWS::Lambda::Alias').id },
      SourceArn: { Ref: only(standard().template, 'AWS::ElasticLoadBalancingV2::TargetGroup').id },
    });
  });

  test('is registered once a version is live and may be invoked', () => {
    const { DependsOn, Properties } = only(standard().template, 'Custom::FunctionTarget');
    expect(DependsOn).toEqual(expect.arrayContaining([
      only(standard().template, 'Custom::LiveVersion').id, only(standard().template, 'AWS::Lambda::Permission').id,
    ]));
    expect(Properties.Target).toEqual({ Ref: only(standard().template, 'AWS::Lambda::Alias').id });
  });

  test('denies its code the network rights that Lambda needs of its role', () => {
    standard().template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Action: Match.arrayWith(['ec2:CreateNetworkInterface']), Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } } }),
        ]),
      },
    });
  });

  test('keeps its logs as the profile says', () => {
    expect(resources(standard().template, 'AWS::Logs::LogGroup').map(({ Properties }) => Properties.RetentionInDays)).toEqual([365, 365]);
    const { LogGroup } = application(standard()).Properties.LoggingConfig as { LogGroup: unknown };
    expect(standard().stack.resolve(standard().block.logGroup!.logGroupName)).toEqual(LogGroup);
  });

  test('says what it is', () => {
    expect(saidBy(standard().block)).toEqual({
      id: 'Slot/Function',
      port: undefined,
      talksTo: [],
      title: 'Lambda function',
      tier: Tier.COMPUTE,
      purpose: 'Runs the application as a function, an execution for each request in hand',
      facts: { unit: 'an execution of 1769 MiB, arm64, up to 15 s', units: '3 ready, up to 60' },
    });
  });
});

describe('what requests are led to', () => {
  const alias = (props: Partial<FunctionProps>, test?: WorkloadTest) => only(make(props, test).template, 'AWS::Lambda::Alias').Properties;
  const asked = (props: Partial<FunctionProps>, test?: WorkloadTest) => only(make(props, test).template, 'Custom::LiveVersion').Properties;

  test('is an alias of which the template always says the same', () => {
    const always = alias({});
    const others = [alias({ memorySize: 512, environment: { MODE: 'x' } }), alias({ code: zip('another') }), alias({}, { profile: EnvironmentProfile.development() })];
    expect(others).toEqual([always, always, always]);
  });

  test.each<[string, Partial<FunctionProps>]>([
    ['a variable', { environment: { MODE: 'x' } }], ['the memory', { memorySize: 512 }], ['the timeout', { timeout: Duration.seconds(9) }],
    ['the processor', { architecture: Architecture.X86_64 }],
  ])('is a new version after a change of %s, of the same code', (_, props) => {
    expect(asked(props).Settings).not.toEqual(asked({}).Settings);
    expect(asked(props).Code).toEqual(asked({}).Code);
  });

  test('is a new version after a change of code', () => {
    expect(asked({ code: zip('another') }).Code).not.toEqual(asked({}).Code);
  });

  test('stays after a change of the number of executions', () => {
    expect(asked({}, { capacity: { minUnits: 5, maxUnits: 100 } })).toEqual(asked({}));
  });
});

describe('a function with props', () => {
  test('runs an image, which says by itself how', () => {
    const made = make({ code: FunctionCode.image(Code.fromEcrImage(repository(new Stack()), { tagOrDigest: 'v1', cmd: ['app.handler'] })) });
    const { Properties } = application(made);
    expect(Properties).toMatchObject({ PackageType: 'Image', ImageConfig: { Command: ['app.handler'] } });
    expect(Properties).not.toHaveProperty('Runtime');
    expect(Properties).not.toHaveProperty('Handler');
  });

  test('takes layers', () => {
    const made = workload(stack => choice({
      code: FunctionCode.zip({
        code: CODE, handler: 'index.handler', lambdaRuntime: LambdaRuntime.NODEJS_24_X, layers: [LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:layer')],
      }),
    }), {});
    expect(application(made).Properties.Layers).toEqual(['arn:layer']);
  });

  test('mounts the media, once there is a way to them', () => {
    const template = platformTemplate({ compute: choice(), media: Media.fileSystem() });
    const [{ Properties, DependsOn }] = resources(template, FUNCTION).filter(each => each.Properties.FileSystemConfigs !== undefined);
    expect(Properties.FileSystemConfigs).toEqual([{ Arn: expect.anything(), LocalMountPath: '/mnt/media' }]);
    expect(DependsOn).toEqual(expect.arrayContaining(resources(template, 'AWS::EFS::MountTarget').map(({ id }) => id)));
  });

  test('tells of its sessions by a URL', () => {
    const template = platformTemplate({ compute: choice() });
    const names = resources(template, FUNCTION).map(({ Properties }) => Properties.Environment as { Variables: object } | undefined)
      .flatMap(environment => Object.keys(environment?.Variables ?? {}));
    expect(names).toContain('SESSION_URL');
    expect(names).not.toContain('SESSION_PHP_INI');
  });
});

describe('what a team may do with a function', () => {
  const actionsOf = (grant: 'grantRelease' | 'grantView') => {
    const made = make();
    const role = new Role(made.stack, grant, { assumedBy: new ServicePrincipal('codebuild.amazonaws.com') });
    made.block.release![grant](role);
    const policies = made.stack.resolve((role.node.findChild('DefaultPolicy').node.defaultChild as unknown as { policyDocument: unknown }).policyDocument) as
      { Statement: { Action: string | string[]; Resource: unknown }[] };
    return policies.Statement.flatMap(({ Action, Resource }) => [Action].flat().map(action => ({ action, resource: JSON.stringify(Resource) })));
  };
  const SEEN = ['lambda:GetAlias', 'lambda:GetFunctionConfiguration', 'lambda:ListAliases', 'lambda:ListVersionsByFunction'];

  test('to release is to say which version is live, and nothing else', () => {
    expect(actionsOf('grantRelease').map(({ action }) => action).sort()).toEqual([...SEEN, 'lambda:UpdateAlias']);
  });

  test('its workflow knows which function and which alias', () => {
    const made = make();
    expect(made.stack.resolve(made.block.release!.parameters)).toEqual({
      kind: 'function', function: { Ref: expect.stringMatching(/^SlotFunction/) }, alias: only(made.template, 'AWS::Lambda::Alias').Properties.Name,
    });
  });

  test('to view is to see versions and logs', () => {
    expect(actionsOf('grantView').map(({ action }) => action).filter(action => !action.startsWith('logs:')).sort()).toEqual(SEEN);
  });

  test('either is for this function alone', () => {
    const ofLambda = [...actionsOf('grantRelease'), ...actionsOf('grantView')].filter(({ action }) => action.startsWith('lambda:'));
    expect(ofLambda.filter(({ resource }) => !resource.includes('SlotFunction'))).toEqual([]);
    expect(ofLambda.length).toBeGreaterThan(0);
  });
});

describe('a function', () => {
  const at = '[Compute.function]';
  const COUNTS = 'Lambda counts in whole seconds, and the load balancer waits 58; what takes longer belongs behind a queue';
  const AVERAGE = 'every size is worked out from it; give the average of a load test, such as Duration.millis(100)';
  testRefusals([
    ['no code', () => Compute.function(untyped({})), `${at} 'code' must be a function's code, got undefined: give FunctionCode.zip({ code, handler, lambdaRuntime }) or FunctionCode.image(code)`],
    ['a bare code of Lambda', () => Compute.function({ code: untyped(CODE) }), `${at} 'code' must be a function's code, got object: give FunctionCode.zip({ code, handler, lambdaRuntime }) or FunctionCode.image(code)`],
    ['a timeout that the balancer does not wait for', () => choice({ timeout: Duration.seconds(58) }), `${at} 'timeout' must be between 1 and 57 whole seconds, got 58 seconds: ${COUNTS}`],
    ['half a second', () => choice({ timeout: Duration.millis(1500) }), `${at} 'timeout' must be between 1 and 57 whole seconds, got 1.5 seconds: ${COUNTS}`],
    ['a timeout that is none', () => choice({ timeout: Duration.days(NaN), load: { duration: Duration.seconds(3) } }), `${at} 'timeout' must be between 1 and 57 whole seconds, got NaN seconds: ${COUNTS}`],
    ['an average that is none', () => choice({ load: { duration: Duration.days(NaN) } }), `[Compute.function.load] 'duration' must be known at synthesis, finite and above 0, got NaN ms: ${AVERAGE}`],
    ['an average without an end', () => choice({ load: { duration: Duration.days(Infinity) } }), `[Compute.function.load] 'duration' must be known at synthesis, finite and above 0, got Infinity ms: ${AVERAGE}`],
    ['a fraction of a second on the average', () => choice({ timeout: Duration.seconds(1), load: { duration: Duration.seconds(1.0005) } }), `${at} 'load.duration' must not exceed 'timeout', got 1000.5 ms and 1000 ms: the average cannot be longer than what may be`],
    ['too little memory', () => choice({ memorySize: 64 }), `${at} 'memorySize' must be a whole number between 128 and 10240, got 64: Lambda has no other sizes`],
    ['PHP', () => choice({ runtime: Runtime.php() }), `${at} 'runtime' must not be PHP for a function, got PHP: Lambda has no runtime for it; give Runtime.node() or another, or run PHP by Compute.fargate or Compute.instances`],
    ['names that are taken', () => choice({ environment: { AWS_REGION: 'x', APPLICATION_SECRETS: 'x', AWS_THING: 'x' } }),
      `${at} 'environment' must not have names that are taken, got AWS_REGION, APPLICATION_SECRETS: Lambda sets those of its own, and APPLICATION_SECRETS says where the secrets are; choose other names`],
    ['an account that leaves nothing', () => choice({ accountConcurrency: 100 }), `${at} 'accountConcurrency' must be a whole number between 101 and 1000000, got 100: 100 stay with the account's other functions; give the applied quota 'Concurrent executions' of AWS Lambda`],
    ['no duration', () => choice({ load: { duration: Duration.millis(0) } }), `[Compute.function.load] 'duration' must be known at synthesis, finite and above 0, got 0 ms: ${AVERAGE}`],
    ['an average above the most', () => choice({ timeout: Duration.seconds(2), load: { duration: Duration.seconds(3) } }), `${at} 'load.duration' must not exceed 'timeout', got 3000 ms and 2000 ms: the average cannot be longer than what may be`],
    ['no handler', () => FunctionCode.zip({ code: CODE, handler: '', lambdaRuntime: LambdaRuntime.NODEJS_24_X }), '[FunctionCode.zip] \'handler\' must be given, got "": give file and function, such as \'index.handler\''],
    ['an image that is none', () => FunctionCode.image(untyped(undefined)), '[FunctionCode.image] \'code\' must be given, got undefined: give one such as lambda.Code.fromEcrImage(repository)'],
    ['more variables than Lambda takes', () => make({ environment: { TEXT: 'x'.repeat(4096) } }), expect.stringMatching(/^\[Stack\/Slot\/Function\] 'environment' must have at most 4096 bytes with the platform's own, got 4\d\d\d and what is known only when it is deployed: Lambda takes no more; keep settings in a file of the code$/) as unknown as string],
    ['a mount elsewhere', () => platformTemplate({ compute: choice(), media: Media.fileSystem({ mountPath: '/var/www/uploads' }) }),
      '[Stack/Shop/Compute/Function] \'mountPath\' must be a folder of /mnt for a function, got /var/www/uploads: give such as \'/mnt/media\', or run the application on containers'],
  ]);
});

function zip(text: string) {
  return FunctionCode.zip({ code: Code.fromInline(text), handler: 'index.handler', lambdaRuntime: LambdaRuntime.NODEJS_24_X });
}

function repository(stack: Stack) {
  return Repository.fromRepositoryName(stack, 'Images', 'shop');
}
