import { Size } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { InstanceType, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Compute, EnvironmentProfile, InstanceCode, InstancesProps, Tier } from '../../src';
import { instances, launchTemplateOf, userDataOf } from '../support/instances';
import { once, platformTemplate } from '../support/platform';
import { saidBy } from '../support/said-by';
import { securityGroupRules } from '../support/security-groups';
import { only, propertiesOf, resources, text } from '../support/template';

const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const TARGETS = 'AWS::ElasticLoadBalancingV2::TargetGroup';
const types = (...names: string[]) => names.map(name => new InstanceType(name));

const standard = once(() => instances());
const spot = once(() => instances({ props: { spotShare: 40 } }));

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

function statements(bound: ReturnType<typeof instances>): Statement[] {
  return resources(bound.template, 'AWS::IAM::ManagedPolicy').flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);
}

describe('instances by default', () => {
  test('are ARM, with the newest Amazon Linux 2023 of each deployment', () => {
    expect(launchTemplateOf(standard())).toMatchObject({ InstanceType: 'c7g.medium' });
    const [parameter] = Object.values(standard().template.findParameters('*', { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' }));
    expect(parameter.Default).toMatch(/al2023-ami-kernel-.*-arm64$/);
  });

  test('answer metadata by IMDSv2 alone, and to nothing that is a hop away', () => {
    expect(launchTemplateOf(standard()).MetadataOptions).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  });

  test('have an encrypted gp3 volume on the platform\'s key', () => {
    const [mapping] = launchTemplateOf(standard()).BlockDeviceMappings as { Ebs: { KmsKeyId: unknown } }[];
    expect(mapping.Ebs).toMatchObject({ Encrypted: true, VolumeType: 'gp3', VolumeSize: 16, DeleteOnTermination: true });
    expect(text(mapping.Ebs.KmsKeyId)).toBe(`\${${only(standard().template, 'AWS::KMS::Key').id}.Arn}`);
  });

  test('may be started by Auto Scaling though their volumes are on that key, without naming a role that may not exist yet', () => {
    const byEc2 = {
      StringEquals: { 'kms:CallerAccount': '111111111111', 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' },
      ArnLike: { 'aws:PrincipalArn': Match.anyValue() },
    };
    const statement = (Sid: string, Action: unknown, Condition: object) => Match.objectLike({ Sid, Principal: { AWS: '*' }, Action, Condition });
    standard().template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          statement('VolumesOfAutoScaling', ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], byEc2),
          statement('GrantsOfAutoScaling', 'kms:CreateGrant', { ...byEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
        ]),
      },
    });
  });

  test('have no public address, no SSH key, and no way in but the load balancer\'s', () => {
    const template = launchTemplateOf(standard());
    expect(template.NetworkInterfaces).toEqual([expect.objectContaining({ AssociatePublicIpAddress: false })]);
    expect(template).not.toHaveProperty('KeyName');
    const rules = securityGroupRules(standard().template).filter(rule => rule.startsWith('Application '));
    expect(rules).toEqual([
      expect.stringMatching(/^Application in from Automatically created Security Group .*, tcp 8080$/), 'Application out to 0.0.0.0/0, tcp 443',
    ]);
  });

  test('are metered minute by minute', () => {
    expect(launchTemplateOf(standard()).Monitoring).toEqual({ Enabled: true });
    expect(propertiesOf(standard().template, GROUP).MetricsCollection).toEqual([{ Granularity: '1Minute' }]);
  });

  test('span the zones between the capacity\'s bounds, with no count that a deployment would reset', () => {
    const group = propertiesOf(standard().template, GROUP);
    expect(group).toMatchObject({ MinSize: '3', MaxSize: '60', HealthCheckType: 'ELB', DefaultInstanceWarmup: 60 });
    expect(group.VPCZoneIdentifier).toHaveLength(4);
    expect(group).not.toHaveProperty('DesiredCapacity');
    expect(group).not.toHaveProperty('MixedInstancesPolicy');
    standard().template.resourceCountIs('AWS::AutoScaling::WarmPool', 0);
  });

  test('are targets on port 8080 that drain for 30 seconds, checked on /healthz', () => {
    standard().template.hasResourceProperties(TARGETS, {
      Port: 8080,
      HealthCheckPath: '/healthz',
      TargetType: 'instance',
      TargetGroupAttributes: Match.arrayWith([{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }]),
    });
    expect(text(propertiesOf(standard().template, GROUP).TargetGroupARNs)).toBe(`[\${${only(standard().template, TARGETS).id}}]`);
  });

  test('are renewed by an instance refresh that keeps every one in service, and are rolled back with the deployment', () => {
    standard().template.hasResource(GROUP, {
      UpdatePolicy: {
        AutoScalingInstanceRefresh: { Strategy: 'Rolling', Preferences: { MinHealthyPercentage: 100, MaxHealthyPercentage: 125, SkipMatching: true } },
        AutoScalingScheduledAction: { IgnoreUnmodifiedGroupSizeProperties: true },
      },
    });
    expect(text((propertiesOf(standard().template, GROUP).LaunchTemplate as { Version: unknown }).Version)).toMatch(/\.LatestVersionNumber\}$/);
  });

  test('count once their application has answered: in the group, and for the first deployment', () => {
    standard().template.hasResource(GROUP, {
      Properties: {
        LifecycleHookSpecificationList: [{
          LifecycleHookName: 'ready', LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING', HeartbeatTimeout: 900, DefaultResult: 'ABANDON',
        }],
      },
      CreationPolicy: { ResourceSignal: { Count: 3, Timeout: 'PT15M' } },
    });
  });

  test('start after their rights, their way out and the load balancer are there', () => {
    const { DependsOn = [] } = only(standard().template, GROUP);
    const typesOf = new Map(resources(standard().template).map(({ id, Type }) => [id, Type]));
    expect(new Set(DependsOn.map(id => typesOf.get(id)))).toEqual(new Set([
      'AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::EC2::Route', 'AWS::EC2::SubnetRouteTableAssociation', 'AWS::ElasticLoadBalancingV2::ListenerRule',
    ]));
  });

  test('may read their code and their secrets, report, and be reached by Session Manager; nothing else', () => {
    const [secret] = resources(standard().template, 'AWS::SecretsManager::Secret');
    const [logs] = resources(standard().template, 'AWS::Logs::LogGroup');
    expect(statements(standard()).map(({ Action, Resource }) => [[Action].flat().join(' '), text(Resource)])).toEqual([
      ['autoscaling:CompleteLifecycleAction', 'arn:aws:autoscaling:us-east-1:111111111111:autoScalingGroup:*:autoScalingGroupName/Stack-Slot-Instances'],
      ['ssm:UpdateInstanceInformation ssmmessages:CreateControlChannel ssmmessages:CreateDataChannel ssmmessages:OpenControlChannel ssmmessages:OpenDataChannel', '*'],
      ['cloudwatch:PutMetricData', '*'],
      ['logs:CreateLogStream logs:PutLogEvents', `\${${logs.id}.Arn}`],
      ['s3:GetObjectVersion', 'arn:aws:s3:::releases/shop-1.zip'],
      ['secretsmanager:GetSecretValue secretsmanager:DescribeSecret', `\${${secret.id}}`],
    ]);
    expect(propertiesOf(standard().template, GROUP).AutoScalingGroupName).toBe('Stack-Slot-Instances');
  });

  test('keep their logs as the profile says, encrypted', () => {
    expect(standard().stack.resolve(standard().block.logGroup!.logGroupName)).toEqual({ Ref: only(standard().template, 'AWS::Logs::LogGroup').id });
    standard().template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 365, KmsKeyId: Match.anyValue() }, DeletionPolicy: 'RetainExceptOnCreate',
    });
    instances({ profile: EnvironmentProfile.development() }).template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 7, KmsKeyId: Match.anyValue() }, DeletionPolicy: 'Delete',
    });
  });

  test('say what they are', () => {
    expect(saidBy(standard().block)).toEqual({
      id: 'Slot/Instances',
      port: 8080,
      talksTo: [],
      title: 'EC2 instances',
      purpose: 'Runs the application on instances with nginx and PHP-FPM',
      tier: Tier.COMPUTE,
      facts: { unit: 'c7g.medium', units: '3 to 60' },
    });
    expect(spot().block.describe().facts).toMatchObject({ spot: '40 % of those above 3' });
  });
});

describe('instances with Spot', () => {
  test('run the minimum on demand, and a share above it on Spot of several types', () => {
    const { MixedInstancesPolicy: policy, ...group } = propertiesOf(spot().template, GROUP) as {
      [name: string]: unknown; MixedInstancesPolicy: { InstancesDistribution: unknown; LaunchTemplate: { Overrides: { InstanceType: string }[] } };
    };
    expect(policy.InstancesDistribution).toEqual({
      OnDemandBaseCapacity: 3, OnDemandPercentageAboveBaseCapacity: 60, SpotAllocationStrategy: 'price-capacity-optimized',
    });
    expect(policy.LaunchTemplate.Overrides.map(each => each.InstanceType))
      .toEqual(['c7g.medium', 'm7g.medium', 'r7g.medium', 'c6g.medium', 'm6g.medium', 'r6g.medium']);
    expect(group).toMatchObject({ CapacityRebalance: true });
    expect(group).not.toHaveProperty('LaunchTemplate');
  });

  test('keep no warm pool, and say why', () => {
    const { template, stack } = instances({ props: { spotShare: 40 }, capacity: { warmPoolUnits: 5 } });
    template.resourceCountIs('AWS::AutoScaling::WarmPool', 0);
    Annotations.fromStack(stack).hasWarning('/Stack/Slot/Instances', Match.stringLikeRegexp('no warm pool of 5 instances: a stopped Spot Instance .*no-warm-pool'));
  });
});

describe('instances with props', () => {
  test('take x86 types, and the image for them', () => {
    const bound = instances({ props: { instanceTypes: types('m7i.large', 'm7a.large') } });
    const [parameter] = Object.values(bound.template.findParameters('*', { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>' }));
    expect(parameter.Default).toMatch(/-x86_64$/);
    bound.template.hasResourceProperties(GROUP, {
      MixedInstancesPolicy: { InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 100 } }, CapacityRebalance: false,
    });
  });

  test('take an image that holds the application, a volume, a port and a health check', () => {
    const machineImage = MachineImage.genericLinux({ 'us-east-1': 'ami-12345678' });
    const bound = instances({ props: { code: undefined, machineImage, volumeSize: Size.gibibytes(30), port: 80, healthCheckPath: '/up' } });
    expect(launchTemplateOf(bound)).toMatchObject({ ImageId: 'ami-12345678', BlockDeviceMappings: [{ Ebs: { VolumeSize: 30 } }] });
    expect(userDataOf(bound)).not.toContain('s3api');
    bound.template.hasResourceProperties(TARGETS, { Port: 80, HealthCheckPath: '/up' });
  });

  test('keep a warm pool of the capacity\'s size, stopped', () => {
    const { template } = instances({ capacity: { warmPoolUnits: 5 } });
    template.hasResourceProperties('AWS::AutoScaling::WarmPool', { PoolState: 'Stopped', MinSize: 5, MaxGroupPreparedCapacity: 5 });
  });

  test('take code from a bucket with a key of its own, without a version', () => {
    const { template } = instances({
      attachments: () => [],
      props: {
        code: {
          bind: scope => ({
            bucket: Bucket.fromBucketAttributes(scope, 'Code', { bucketName: 'mine', encryptionKey: new Key(scope, 'CodeKey') }), objectKey: 'a/b.tar.gz',
          }),
        },
      },
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 's3:GetObject' }), Match.objectLike({ Action: 'kms:Decrypt' })]) },
    });
  });

  test('take code from a folder', () => {
    const bound = instances({ props: { code: InstanceCode.fromAsset('integ/apps/php-shop') } });
    expect(userDataOf(bound)).toMatch(/--bucket '.*cdk-hnb659fds-assets.*' --key '[0-9a-f]{64}\.zip'/);
  });

  const withoutWayOut = (props: Partial<InstancesProps>) => platformTemplate(stack => ({
    compute: Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop-1.zip'), ...props }),
    profile: EnvironmentProfile.production({ natGateways: 0 }),
  }));

  test('are refused what they would have to download where there is no way out', () => {
    expect(() => withoutWayOut({})).toThrow(new Error('[Stack/Shop/Compute/Instances] \'php.extensions\' must be [] in subnets without a way out, got redis-6.2.0: pecl.php.net cannot be reached from there; give a \'machineImage\' that holds them, or a NAT gateway'));
    expect(() => withoutWayOut({ machineImage: MachineImage.genericLinux({ 'us-east-1': 'ami-12345678' }) })).not.toThrow();
  });

  test('reach AWS by endpoints in a network without NAT gateways', () => {
    const template = withoutWayOut({ php: { extensions: [] } });
    const endpoints = resources(template, 'AWS::EC2::VPCEndpoint')
      .filter(({ id }) => id.includes('Instances')).map(({ id, Properties }) => [text(Properties.ServiceName).split('.').pop(), id]);
    expect(endpoints.map(([service]) => service).sort()).toEqual(['autoscaling', 'cloudformation', 'monitoring', 'ssm', 'ssmmessages']);
    expect(securityGroupRules(template)).toContain('Endpoints of AWS services for instances in from Application, tcp 443');
    expect(only(template, GROUP).DependsOn).toEqual(expect.arrayContaining(endpoints.map(([, id]) => id)));
  });
});
