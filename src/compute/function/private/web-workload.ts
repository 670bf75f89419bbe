import { CfnResource, Token, Tokenization } from 'aws-cdk-lib';
import { Connections } from 'aws-cdk-lib/aws-ec2';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct, IDependable } from 'constructs';
import { monitorFunction } from './alarms';
import { LiveVersion } from './live-version';
import { FunctionRelease } from './release';
import { createFunction, FunctionParts, FunctionWorkloadProps } from './resource';
import { keepReady } from './scaling';
import { functionTargetGroup } from './targets';
import { BlockDescription, IReleasable, Tier } from '../../../core';
import { identityOf, linksTo } from '../../../core/private/block-links';
import { ComputeContext, IWebWorkload, WebEntry } from '../../../workload';
import { applicationSecurityGroup } from '../../../workload/private/attached';
import { createLateEntrance, Precedence } from '../../../workload/private/entry';

/** A function in private subnets. The balancer invokes it: nothing reaches it by the network. */
export class FunctionWebWorkload extends Construct implements IWebWorkload {
  public readonly connections: Connections;
  public readonly grantPrincipal: IPrincipal;
  public readonly logGroup: ILogGroup;
  public readonly release: IReleasable;
  public readonly networkSenders: CfnResource[];
  public targetGroups?: ApplicationTargetGroup[];
  public ready?: IDependable;
  private readonly parts: FunctionParts;
  private readonly live: LiveVersion;
  private readonly targetGroup: ApplicationTargetGroup;
  private registration?: CfnResource;

  constructor(scope: Construct, id: string, private readonly props: FunctionWorkloadProps, private readonly context: ComputeContext) {
    super(scope, id);
    const securityGroup = applicationSecurityGroup(this, context.vpc);
    this.connections = new Connections({ securityGroups: [securityGroup] });
    this.parts = createFunction(this, securityGroup, props, context);
    this.grantPrincipal = this.parts.role;
    this.logGroup = this.parts.logGroup;
    this.networkSenders = [this.parts.fn];
    this.targetGroup = functionTargetGroup(this, props.healthCheckPath);
    this.live = new LiveVersion(this, 'Live', this.parts, this.targetGroup, context);
    this.release = new FunctionRelease(this.parts.fn, this.live, this.logGroup);
    context.attachments.forEach(each => each.attachTo(this));
    keepReady(new Construct(this, 'Ready'), this.parts.fn, this.live, context.capacity);
  }

  public registerWith(entry: WebEntry): void {
    const entrance = createLateEntrance(this, entry, this.targetGroup, Precedence.FUNCTION);
    this.registration = this.live.register();
    this.registration.addDependency(entrance.attachment);
    entrance.openAfter(this.registration);
    this.targetGroups = [this.targetGroup];
    this.ready = entrance.rule;
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    const { parts: { fn }, props: { timeoutSeconds }, targetGroups, registration: units } = this;
    monitorFunction(monitoring, this, { fn, timeoutSeconds, targetGroups, units }, this.context);
  }

  public describe(): BlockDescription {
    const { memorySize, architecture, timeoutSeconds } = this.props;
    const { minUnits, maxUnits } = this.context.capacity;
    return {
      ...identityOf(this),
      title: 'Lambda function',
      purpose: 'Runs the application as a function, an execution for each request in hand',
      tier: Tier.COMPUTE,
      talksTo: linksTo(this.context.attachments),
      facts: {
        unit: `an execution of ${told(memorySize)} MiB, ${architecture.name}, up to ${told(timeoutSeconds)} s`,
        units: `${minUnits} ready, up to ${maxUnits}`,
      },
    };
  }
}

function told(value: number): string {
  return Token.isUnresolved(value) ? Tokenization.stringifyNumber(value) : String(value);
}
