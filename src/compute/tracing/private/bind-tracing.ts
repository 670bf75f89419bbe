import { Annotations } from 'aws-cdk-lib';
import { Connections, InterfaceVpcEndpointAwsService, Vpc } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../../../core/private/acknowledge';
import { nameInAccount } from '../../../core/private/naming';
import { closedSecurityGroup } from '../../../core/private/resources/closed-security-group';
import { Rule, validate } from '../../../core/private/validation';
import { ComputeContext } from '../../../workload';
import { shareEndpoint } from '../../../workload/private/shared-endpoint';
import { ITracing, TracingContext, TracingSettings } from '../contract';

/** Name of the container that takes spans. */
export const TRACING_CONTAINER = 'tracing';
/** Longest name of a segment (X-Ray API, segment documents). */
const MAX_SERVICE_NAME = 200;

/** What a workload knows of itself. */
export interface TracedWorkload extends Omit<TracingContext, 'serviceName' | 'grantee'> {
  readonly role: IRole;
}

const RULES: Rule<TracingSettings & { readonly takesSidecar: boolean }>[] = [
  ({ sidecar, takesSidecar }) => sidecar === undefined || takesSidecar ? undefined
    : '\'tracing\' must ask for no container on instances, got one: there is nothing that runs it; let the CloudWatch agent receive the spans (\'agentReceives\'), or tell the application another address',
  ({ agentReceives, takesSidecar }) => agentReceives !== true || !takesSidecar ? undefined
    : '\'tracing\' must not have the CloudWatch agent receive spans on Fargate, got agentReceives true: no agent runs there; give a \'sidecar\'',
];

/** Binds the choice, and lets the units do what it takes. Nothing when there is no choice. */
export function bindTracing(scope: Construct, tracing: ITracing | undefined, { role, ...workload }: TracedWorkload): TracingSettings {
  if (tracing === undefined) return {};
  const settings = tracing.bind(new Construct(scope, 'Tracing'), {
    ...workload, grantee: role, serviceName: nameInAccount(scope.node.scope ?? scope, MAX_SERVICE_NAME),
  });
  validate(scope.node.path, { ...settings, takesSidecar: workload.takesSidecar }, RULES);
  if (settings.sendsToXray === true) {
    // Of AWSXRayDaemonWriteAccess what writes: what is traced is decided here, not by X-Ray's sampling rules.
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] }));
    acknowledgeWildcards(role, ['*'], 'X-Ray\'s actions that write take no resource');
  }
  return settings;
}

/** The way to X-Ray for tasks in subnets without a way out. Nothing when the subnets have one. */
export function letReachXray(scope: Construct, { vpc, subnets }: ComputeContext, clients: Connections): void {
  const { subnets: selected } = vpc.selectSubnets(subnets);
  if (!selected.some(subnet => vpc.isolatedSubnets.includes(subnet))) return;
  // Of a VPC that was made elsewhere it is not known what else is in it: a second endpoint with the same name would be refused.
  if (!(vpc instanceof Vpc)) {
    Annotations.of(scope).addWarningV2('cdk-platform-patterns:traces-unreachable',
      `[${scope.node.path}] traces reach X-Ray only if the VPC has an interface endpoint for it: the subnets have no way out. Add one and acknowledge this warning, or select private subnets with a route to a NAT gateway`);
    return;
  }
  shareEndpoint(vpc, 'FargateXray', {
    service: InterfaceVpcEndpointAwsService.XRAY,
    subnets,
    from: 'tasks',
    clients: clients.securityGroups,
    group: () => closedSecurityGroup(new Construct(scope, 'TracingEndpoint'), vpc, 'Endpoint of X-Ray for tasks'),
  });
}
