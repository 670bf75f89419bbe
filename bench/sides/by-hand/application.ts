import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AdjustmentType } from 'aws-cdk-lib/aws-applicationautoscaling';
import { ISecurityGroup, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  CfnService, Cluster, ContainerImage, ContainerInsights, CpuArchitecture, FargatePlatformVersion, FargateService, FargateTaskDefinition,
  LogDrivers, OperatingSystemFamily, PropagatedTagSource, Secret,
} from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationListener, ApplicationLoadBalancer, ApplicationProtocol, ApplicationTargetGroup, ListenerAction, ListenerCondition, TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IRole, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { HandDatabase, HandSessions } from './data';

/** What the application stands on. */
export interface Ground {
  readonly vpc: Vpc;
  readonly key: IKey;
  readonly accessLogs: IBucket;
  readonly database: HandDatabase;
  readonly sessions: HandSessions;
}

export interface HandApplication {
  readonly service: FargateService;
  readonly loadBalancer: ApplicationLoadBalancer;
  readonly targetGroup: ApplicationTargetGroup;
  readonly logGroup: LogGroup;
}

const PREFIX_LIST = 'pl-3b927c52';

export function createAccessLogs(stack: Stack): Bucket {
  const bucket = new Bucket(stack, 'AccessLogs', {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    lifecycleRules: [{
      expiration: Duration.days(365),
      noncurrentVersionExpiration: Duration.days(7),
      abortIncompleteMultipartUploadAfter: Duration.days(1),
    }],
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  ['logdelivery.elasticloadbalancing.amazonaws.com', 'logging.s3.amazonaws.com'].forEach(service => {
    bucket.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal(service)],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }));
  });
  return bucket;
}

export function createApplication(stack: Stack, ground: Ground): HandApplication {
  const { vpc, database, sessions } = ground;
  const securityGroup = new SecurityGroup(stack, 'ApplicationSecurityGroup', { vpc, allowAllOutbound: false });
  securityGroup.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS to AWS and others');
  const logGroup = new LogGroup(stack, 'ApplicationLogs', {
    encryptionKey: ground.key, retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const service = createService(stack, ground, createTaskDefinition(stack, ground, logGroup), securityGroup);
  service.connections.allowTo(database.securityGroup, Port.tcp(13306));
  service.connections.allowTo(sessions.securityGroup, Port.tcpRange(6379, 6380));

  const targetGroup = createTargetGroup(stack, vpc, service);
  const loadBalancer = createLoadBalancer(stack, ground);
  createListener(loadBalancer, targetGroup);
  scale(service, targetGroup);
  return { service, loadBalancer, targetGroup, logGroup };
}

function createTaskDefinition(stack: Stack, { database, sessions }: Ground, logGroup: ILogGroup): FargateTaskDefinition {
  const taskDefinition = new FargateTaskDefinition(stack, 'Task', {
    cpu: 512,
    memoryLimitMiB: 1024,
    runtimePlatform: { cpuArchitecture: CpuArchitecture.X86_64, operatingSystemFamily: OperatingSystemFamily.LINUX },
    executionRole: createExecutionRole(stack, logGroup, [database.credentials.secretArn, sessions.password.secretArn]),
  });
  taskDefinition.addContainer('web', {
    image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
    portMappings: [{ containerPort: 8080 }],
    environment: {
      DB_HOST: database.cluster.clusterEndpoint.hostname,
      DB_PORT: '13306',
      DB_NAME: 'app',
      SESSION_HOST: sessions.cache.attrEndpointAddress,
      SESSION_PORT: sessions.cache.attrEndpointPort,
      SESSION_TLS: 'true',
      SESSION_USER: 'app',
      MEDIA_BASE_URL: '/media',
    },
    secrets: {
      DB_USER: Secret.fromSecretsManager(database.credentials, 'username'),
      DB_PASSWORD: Secret.fromSecretsManager(database.credentials, 'password'),
      SESSION_PASSWORD: Secret.fromSecretsManager(sessions.password),
    },
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'web' }),
    stopTimeout: Duration.seconds(30),
  });
  return taskDefinition;
}

function createExecutionRole(stack: Stack, logGroup: ILogGroup, secretArns: string[]): IRole {
  const role = new Role(stack, 'ExecutionRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  new ManagedPolicy(stack, 'ExecutionPolicy', {
    roles: [role],
    statements: [
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], resources: secretArns }),
    ],
  });
  return role.withoutPolicyUpdates();
}

function createService(stack: Stack, { vpc }: Ground, taskDefinition: FargateTaskDefinition, securityGroup: ISecurityGroup): FargateService {
  const service = new FargateService(stack, 'Service', {
    cluster: new Cluster(stack, 'Cluster', { vpc, containerInsightsV2: ContainerInsights.ENHANCED, enableFargateCapacityProviders: true }),
    capacityProviderStrategies: [{ capacityProvider: 'FARGATE', base: 2, weight: 1 }],
    taskDefinition,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    securityGroups: [securityGroup],
    assignPublicIp: false,
    platformVersion: FargatePlatformVersion.VERSION1_4,
    circuitBreaker: { enable: true, rollback: true },
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    healthCheckGracePeriod: Duration.minutes(2),
    propagateTags: PropagatedTagSource.SERVICE,
    enableECSManagedTags: true,
  });
  (service.node.defaultChild as CfnService).addPropertyDeletionOverride('DesiredCount');
  return service;
}

function createTargetGroup(stack: Stack, vpc: Vpc, service: FargateService): ApplicationTargetGroup {
  return new ApplicationTargetGroup(stack, 'Targets', {
    vpc,
    port: 8080,
    protocol: ApplicationProtocol.HTTP,
    targetType: TargetType.IP,
    targets: [service.loadBalancerTarget({ containerName: 'web', containerPort: 8080 })],
    deregistrationDelay: Duration.seconds(30),
    healthCheck: {
      path: '/healthz',
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    },
  });
}

function createLoadBalancer(stack: Stack, { vpc, accessLogs }: Ground): ApplicationLoadBalancer {
  const securityGroup = new SecurityGroup(stack, 'LoadBalancerSecurityGroup', { vpc, allowAllOutbound: false });
  securityGroup.addIngressRule(Peer.prefixList(PREFIX_LIST), Port.HTTP, 'CloudFront');
  const loadBalancer = new ApplicationLoadBalancer(stack, 'LoadBalancer', {
    vpc,
    vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
    internetFacing: false,
    securityGroup,
    deletionProtection: true,
    dropInvalidHeaderFields: true,
  });
  loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
  loadBalancer.setAttribute('access_logs.s3.bucket', accessLogs.bucketName);
  loadBalancer.setAttribute('access_logs.s3.prefix', 'alb');
  loadBalancer.node.addDependency(accessLogs.policy!);
  return loadBalancer;
}

function createListener(loadBalancer: ApplicationLoadBalancer, targetGroup: ApplicationTargetGroup): ApplicationListener {
  const listener = loadBalancer.addListener('Listener', {
    port: 80, protocol: ApplicationProtocol.HTTP, open: false, defaultAction: ListenerAction.fixedResponse(404),
  });
  listener.addAction('Attachment', {
    priority: 16, conditions: [ListenerCondition.hostHeaders(['units.invalid'])], action: ListenerAction.forward([targetGroup]),
  });
  listener.addAction('Application', {
    priority: 11, conditions: [ListenerCondition.pathPatterns(['/*'])], action: ListenerAction.forward([targetGroup]),
  });
  return listener;
}

function scale(service: FargateService, targetGroup: ApplicationTargetGroup): void {
  const scaling = service.autoScaleTaskCount({ minCapacity: 2, maxCapacity: 30 });
  const cooldown = { scaleOutCooldown: Duration.seconds(30), scaleInCooldown: Duration.minutes(5) };
  scaling.scaleOnRequestCount('Requests', { requestsPerTarget: 900, targetGroup, ...cooldown });
  scaling.scaleOnCpuUtilization('Cpu', { targetUtilizationPercent: 60, ...cooldown });
  scaling.scaleOnMetric('Steps', {
    metric: service.metricCpuUtilization({ period: Duration.seconds(30) }),
    adjustmentType: AdjustmentType.PERCENT_CHANGE_IN_CAPACITY,
    scalingSteps: [{ lower: 75, upper: 90, change: 700 }, { lower: 90, change: 1400 }],
    cooldown: Duration.seconds(45),
    evaluationPeriods: 1,
  });
}
