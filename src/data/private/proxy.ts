import { createHash } from 'crypto';
import { Aws, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { Connections, IConnectable, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnDBProxy, CfnDBProxyTargetGroup } from 'aws-cdk-lib/aws-rds';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct, IConstruct } from 'constructs';
import { ProxyLanguage } from './engines/contract';
import { monitorProxy } from './proxy-alarms';
import { waitForRights } from './relational';
import { IMonitorable, IWorkload } from '../../core';
import { nameInAccount } from '../../core/private/naming';
import { declareClosed, declareReachable } from '../../core/private/reachable-by';
import { closedSecurityGroup } from '../../core/private/resources/closed-security-group';
import { managedPolicyRole } from '../../core/private/resources/managed-policy-role';
import { DatabaseContext } from '../contract';

/** What stands behind a proxy. */
export interface DatabaseProxyProps {
  readonly context: DatabaseContext;
  readonly language: ProxyLanguage;
  /** The cluster's or the instance's resource. */
  readonly store: CfnResource;
  readonly securityGroup: SecurityGroup;
  readonly port: number;
  /** The cluster or the instance, as a target group names it. */
  readonly target: { readonly dbClusterIdentifiers?: string[]; readonly dbInstanceIdentifiers?: string[] };
  /** Instances that the target needs and does not name. */
  readonly after: IConstruct[];
  /** User and password that the proxy has. */
  readonly secret: ISecret;
  /** Whether clients show a token instead of the password. */
  readonly iamAuthentication: boolean;
  /** Whether clients without TLS are refused; a token is only taken with TLS. */
  readonly requireTls: boolean;
}

/** Longest name of a proxy (RDS API reference). */
const MAX_NAME = 63;
const HASH_LENGTH = 6;
/** First part of a stack's own id. */
const STACK_ID_LENGTH = 8;
/** RDS writes a proxy's log to the group of this name and the proxy's. */
const LOG_GROUP_PREFIX = '/aws/rds/proxy/';
/** Of the connections that the database takes; the rest is for people and tools that connect past the proxy. */
const MAX_CONNECTIONS_PERCENT = 90;
/** Half of what CloudFront waits for an answer: the rest is for the page itself. */
const BORROW_TIMEOUT_SECONDS = 30;

/** RDS Proxy: it pools the connections of all units, and only it reaches the database. */
export class DatabaseProxy extends Construct implements IConnectable, IMonitorable {
  public readonly connections: Connections;
  public readonly host: string;
  private readonly resource: CfnDBProxy;

  constructor(scope: Construct, id: string, private readonly props: DatabaseProxyProps) {
    super(scope, id);
    const { context, store, securityGroup, port } = props;
    this.connections = new Connections({ securityGroups: [closedSecurityGroup(this, context.vpc, 'RDS Proxy')] });
    this.resource = this.createProxy();
    this.host = this.resource.attrEndpoint;
    this.createTargets();
    declareClosed(this.resource);
    this.connections.allowTo(securityGroup, Port.tcp(port), 'RDS Proxy to its database');
    declareReachable(store, this);
  }

  /** The way in: from the workload's security group to the proxy's port. */
  public letIn(workload: IWorkload): void {
    workload.connections.allowTo(this, Port.tcp(this.props.language.port), 'RDS Proxy');
    declareReachable(this.resource, workload);
  }

  /** Lets a workload connect as a user by tokens of its role. */
  public grantConnect(grantee: IGrantable, username: string): void {
    const proxyId = Fn.select(6, Fn.split(':', this.resource.attrDbProxyArn));
    Grant.addToPrincipal({
      grantee,
      actions: ['rds-db:connect'],
      resourceArns: [`arn:${Aws.PARTITION}:rds-db:${Stack.of(this).region}:${Stack.of(this).account}:dbuser:${proxyId}/${username}`],
    });
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorProxy(monitoring, this.resource.ref);
  }

  private createProxy(): CfnDBProxy {
    const { context: { vpc, subnets, encryptionKey, profile }, language, secret, iamAuthentication, requireTls } = this.props;
    const { subnetIds } = vpc.selectSubnets(subnets);
    const dbProxyName = this.nameFor(subnetIds);
    // Else RDS makes it, without encryption and for ever.
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `${LOG_GROUP_PREFIX}${dbProxyName}`,
      encryptionKey,
      retention: profile.logRetention,
      removalPolicy: profile.removalPolicy,
    });
    const role = managedPolicyRole(this, 'Role', 'rds.amazonaws.com');
    secret.grantRead(role);
    const proxy = new CfnDBProxy(this, 'Resource', {
      dbProxyName,
      engineFamily: language.family,
      requireTls,
      auth: [{ authScheme: 'SECRETS', secretArn: secret.secretArn, iamAuth: iamAuthentication ? 'REQUIRED' : 'DISABLED' }],
      roleArn: role.roleArn,
      vpcSubnetIds: subnetIds,
      vpcSecurityGroupIds: this.connections.securityGroups.map(group => group.securityGroupId),
    });
    waitForRights(role, [proxy]);
    proxy.node.addDependency(logGroup);
    return proxy;
  }

  private createTargets(): void {
    const targets = new CfnDBProxyTargetGroup(this, 'Targets', {
      ...this.props.target,
      dbProxyName: this.resource.ref,
      targetGroupName: 'default',
      connectionPoolConfigurationInfo: {
        maxConnectionsPercent: MAX_CONNECTIONS_PERCENT, connectionBorrowTimeout: BORROW_TIMEOUT_SECONDS,
      },
    });
    if (this.props.after.length > 0) targets.node.addDependency(...this.props.after);
  }

  /**
   * RDS takes lower case, without two dashes in a row. The log group is kept when the stack goes, so the name holds a part
   * of the stack's id; and CloudFormation makes a new proxy for other subnets before it deletes the old one, so it tells
   * the subnets.
   */
  private nameFor(subnetIds: string[]): string {
    const hash = createHash('sha256').update(JSON.stringify(Stack.of(this).resolve(subnetIds))).digest('hex').slice(0, HASH_LENGTH);
    const name = nameInAccount(this, MAX_NAME - HASH_LENGTH - STACK_ID_LENGTH - 2).toLowerCase().replace(/-+/g, '-');
    return `${name}-${hash}-${Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))))}`;
  }
}
