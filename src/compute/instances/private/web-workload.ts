import { Annotations, Aws, Duration, Lazy, Size, Stack } from 'aws-cdk-lib';
import { AutoScalingGroup, CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import {
  AmazonLinuxCpuType, BlockDeviceVolume, Connections, EbsDeviceVolumeType, IMachineImage, InstanceArchitecture, InstanceType, LaunchTemplate,
  MachineImage, SecurityGroup, UserData,
} from 'aws-cdk-lib/aws-ec2';
import { ApplicationTargetGroup, TargetType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct, IDependable } from 'constructs';
import { monitorInstances } from './alarms';
import { addEndpoints } from './endpoints';
import { secretLines, variableLines } from './environment';
import { createGroup, isMixed, READY_HOOK } from './group';
import { createInstanceRole, letAutoScalingUse, letRead } from './permissions';
import { GroupRelease } from './release';
import { keepRoomInUserData } from './room';
import { keepWarm, scale } from './scaling';
import { APPLICATION_FOLDER, userDataScript } from './user-data';
import { userIni } from './web-server';
import { BlockDescription, IAttachable, IReleasable, SecretReference, Tier } from '../../../core';
import { identityOf, linksTo } from '../../../core/private/block-links';
import { nameInAccount } from '../../../core/private/naming';
import { letReadSecret } from '../../../core/private/resources/read-secret';
import { ComputeContext, IWebWorkload, WebEntry } from '../../../workload';
import { applicationSecurityGroup, mountsOf, variablesOf } from '../../../workload/private/attached';
import { admitBalancer, createLateEntrance, Precedence } from '../../../workload/private/entry';
import { webTargetGroup } from '../../../workload/private/web-targets';
import { ITracing, TracingSettings } from '../../tracing/contract';
import { bindTracing } from '../../tracing/private/bind-tracing';
import { IInstanceCode, InstanceCodeLocation } from '../instance-code';

/** The props of a workload on instances with every default filled in. */
export interface InstancesWorkloadProps {
  readonly code?: IInstanceCode;
  readonly machineImage?: IMachineImage;
  readonly instanceTypes: InstanceType[];
  readonly spotShare: number;
  readonly port: number;
  readonly healthCheckPath: string;
  readonly pingsPhp: boolean;
  readonly documentRoot: string;
  readonly phpVersion: string;
  readonly phpExtensions: string[];
  readonly packages: string[];
  readonly workerMemory: Size;
  readonly maxUpload: Size;
  readonly phpIni: { [name: string]: string };
  readonly volumeSize: Size;
  readonly environment: { [name: string]: string };
  readonly secrets: { [name: string]: SecretReference };
  readonly tracing?: ITracing;
}

/** Time for requests under way when a unit goes; longer than the slowest page, shorter than patience with a deployment. */
const DRAIN = Duration.seconds(30);
/** Longest name of a group (EC2 Auto Scaling API reference). */
const MAX_NAME = 255;

/** Instances in private subnets that grow with their requests and their CPU. */
export class InstancesWebWorkload extends Construct implements IWebWorkload {
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal;
  public readonly logGroup: ILogGroup;
  public readonly release: IReleasable;
  private readonly group: AutoScalingGroup;
  private readonly role: Role;
  private readonly groupName: string;
  private readonly traces: TracingSettings;
  private readonly code?: InstanceCodeLocation;
  public targetGroups?: ApplicationTargetGroup[];
  public ready?: IDependable;

  constructor(scope: Construct, id: string, private readonly props: InstancesWorkloadProps, private readonly context: ComputeContext) {
    super(scope, id);
    this.groupName = nameInAccount(this, MAX_NAME);
    this.logGroup = this.createLogGroup();
    this.role = createInstanceRole(this, this.groupName, this.logGroup);
    this.traces = bindTracing(this, props.tracing, { role: this.role, logGroup: this.logGroup, takesSidecar: false });
    const securityGroup = applicationSecurityGroup(this, context.vpc);
    this.code = this.bindCode();
    this.release = new GroupRelease({ scope: this, groupName: this.groupName, logGroup: this.logGroup, code: this.code });
    const script = this.userData();
    const template = this.createTemplate(securityGroup, script);
    this.group = createGroup(this, {
      ...context, ...context.capacity, ...props, groupName: this.groupName, template,
    });
    this.keepRoom(script);
    this.connections = this.group.connections;
    this.grantPrincipal = this.role;
    context.attachments.forEach(each => each.attachTo(this));
    this.startAfter(securityGroup);
    if (context.capacity.warmPoolUnits > 0) this.createWarmPool(context.capacity.warmPoolUnits);
  }

  public registerWith(entry: WebEntry): void {
    const { port, healthCheckPath } = this.props;
    const targetGroup = webTargetGroup(this, 'Targets', {
      vpc: this.context.vpc, targetType: TargetType.INSTANCE, port, healthCheckPath, drain: DRAIN,
    });
    const entrance = createLateEntrance(this, entry, targetGroup, Precedence.INSTANCES);
    admitBalancer(this, entrance, port);
    targetGroup.addTarget(this.group);
    this.targetGroups = [targetGroup];
    // Until the balancer knows the targets, its opinion of them is none.
    this.group.node.defaultChild!.node.addDependency(entrance.attachment);
    entrance.openAfter(this.group.node.defaultChild as CfnAutoScalingGroup);
    this.ready = entrance.rule;
    scale(this, this.group, targetGroup, this.context.capacity);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorInstances(monitoring, this.group, this.context, this.targetGroups);
  }

  public describe(): BlockDescription {
    const { instanceTypes, spotShare } = this.props;
    const { minUnits, maxUnits } = this.context.capacity;
    return {
      ...identityOf(this),
      title: 'EC2 instances',
      purpose: 'Runs the application on instances with nginx and PHP-FPM',
      tier: Tier.COMPUTE,
      port: this.props.port,
      talksTo: linksTo(this.context.attachments),
      facts: {
        unit: instanceTypes.map(type => type.toString()).join(', '),
        units: `${minUnits} to ${maxUnits}`,
        ...spotShare > 0 ? { spot: `${spotShare} % of those above ${minUnits}` } : {},
      },
    };
  }

  private createLogGroup(): LogGroup {
    const { encryptionKey, profile } = this.context;
    return new LogGroup(this, 'Logs', { encryptionKey, retention: profile.logRetention, removalPolicy: profile.removalPolicy });
  }

  private createTemplate(securityGroup: SecurityGroup, script: string): LaunchTemplate {
    const { instanceTypes: [instanceType], machineImage, volumeSize } = this.props;
    const { encryptionKey } = this.context;
    letAutoScalingUse(encryptionKey, this);
    const cpuType = instanceType.architecture === InstanceArchitecture.ARM_64 ? AmazonLinuxCpuType.ARM_64 : AmazonLinuxCpuType.X86_64;
    return new LaunchTemplate(this, 'Template', {
      instanceType,
      machineImage: machineImage ?? MachineImage.latestAmazonLinux2023({ cpuType }),
      role: this.role,
      securityGroup,
      associatePublicIpAddress: false,
      userData: UserData.custom(script),
      requireImdsv2: true,
      httpPutResponseHopLimit: 1,
      detailedMonitoring: true,
      blockDevices: [{
        deviceName: '/dev/xvda',
        volume: BlockDeviceVolume.ebs(volumeSize.toGibibytes(), {
          volumeType: EbsDeviceVolumeType.GP3, encrypted: true, kmsKey: encryptionKey, deleteOnTermination: true,
        }),
      }],
    });
  }

  private userData(): string {
    const { documentRoot, workerMemory, maxUpload } = this.props;
    const { attachments } = this.context;
    const variables = variablesOf(attachments, this.props);
    Object.values(variables.secrets).forEach(({ secret }) => letReadSecret(this.role, secret));
    return userDataScript({
      ...this.props,
      region: Aws.REGION,
      stackName: Aws.STACK_NAME,
      signalTo: Lazy.string({ produce: () => Stack.of(this).getLogicalId(this.group.node.defaultChild as CfnAutoScalingGroup) }),
      groupName: this.groupName,
      hookName: READY_HOOK,
      logGroupName: this.logGroup.logGroupName,
      receivesTraces: this.traces.agentReceives === true,
      frequentCpu: this.context.capacity.steps.length > 0,
      root: documentRoot === '.' ? APPLICATION_FOLDER : `${APPLICATION_FOLDER}/${documentRoot}`,
      folders: foldersOf(attachments),
      workerMemoryMiB: workerMemory.toMebibytes(),
      maxUploadMiB: maxUpload.toMebibytes(),
      code: this.code,
      variables: { ...this.traces.environment, ...variables.environment },
      secrets: variables.secrets,
      mounts: mountsOf(attachments),
    });
  }

  private keepRoom(script: string): void {
    const { environment, secrets, packages, phpIni } = this.props;
    keepRoomInUserData(this, script, {
      'environment': variableLines(environment),
      'secrets': secretLines(secrets),
      'packages': packages.join(' '),
      'php.ini': userIni({ phpIni }),
    });
  }

  private bindCode(): InstanceCodeLocation | undefined {
    const code = this.props.code?.bind(this);
    if (code !== undefined) letRead(this.role, code);
    return code;
  }

  /** What an instance needs before its first start: its rights, a way out, and the file systems that it mounts. */
  private startAfter(securityGroup: SecurityGroup): void {
    const { vpc, subnets, attachments } = this.context;
    const endpoints = addEndpoints(new Construct(this, 'Endpoints'), vpc, subnets, securityGroup, this.traces.sendsToXray === true);
    if (endpoints.length > 0) this.refuseCompiling();
    this.group.node.defaultChild!.node.addDependency(
      this.role,
      vpc.selectSubnets(subnets).internetConnectivityEstablished,
      ...endpoints,
      ...mountsOf(attachments).map(({ fileSystem }) => fileSystem.mountTargetsAvailable),
    );
  }

  private refuseCompiling(): void {
    const { phpExtensions, machineImage } = this.props;
    if (phpExtensions.length === 0 || machineImage !== undefined) return;
    throw new Error(`[${this.node.path}] 'php.extensions' must be [] in subnets without a way out, got ${phpExtensions.join(', ')}: pecl.php.net cannot be reached from there; give a 'machineImage' that holds them, or a NAT gateway`);
  }

  private createWarmPool(units: number): void {
    if (!isMixed(this.props)) return keepWarm(this, this.group, units);
    Annotations.of(this).addWarningV2('cdk-platform-patterns:no-warm-pool',
      `[${this.node.path}] no warm pool of ${units} instances: a stopped Spot Instance may find no capacity when it is to start, and the pool would be of types that nobody chose. Give one type in 'instanceTypes' and no 'spotShare' for a warm pool, or accept that instances take minutes to start`);
  }
}

/** Folders on file systems that nginx serves itself, without PHP: the media library says at which path. */
function foldersOf(attachments: IAttachable[]): { [urlPath: string]: string } {
  return Object.fromEntries(attachments.flatMap(({ mount, environment: { MEDIA_BASE_URL: urlPath } }) =>
    mount === undefined || urlPath === undefined || !/^(\/[\w.-]+)+$/.test(urlPath) ? [] : [[urlPath, mount.path]]));
}
