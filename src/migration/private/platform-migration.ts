import { Stack } from 'aws-cdk-lib';
import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { BindContext, Domain, IAttachable } from '../../core';
import { EdgeDns } from '../../edge';
import { IMediaLibrary } from '../../storage';
import { IWebWorkload } from '../../workload';
import { ICutOverStep, IMigrationStep, MigrationProps } from '../contract';

/** What a migration meets in the platform. */
export interface PlatformMigrationContext extends BindContext {
  readonly subnets: SubnetSelection;
  readonly database: IAttachable;
  readonly media: IMediaLibrary;
  readonly domain?: Domain;
}

/** All of a migration in one namespace: without the prop, nothing of it is in the template. */
export class PlatformMigration extends Construct {
  /** Its parts, for a dashboard of their own: the platform's must not change when they go. */
  public readonly steps: IMigrationStep[];
  private readonly cutOver?: ICutOverStep;

  constructor(scope: Construct, id: string, props: MigrationProps, context: PlatformMigrationContext) {
    super(scope, id);
    if (props.database === undefined && props.files === undefined && props.cutOver === undefined) {
      throw new Error(`[${scope.node.path}] 'migration' must bring something, got {}: give at least one of 'database', 'files', 'cutOver'`);
    }
    const slot = (name: string) => new Construct(this, name);
    const database = props.database?.bind(slot('Database'), context);
    const files = props.files?.bind(slot('Files'), context);
    const cutOver = props.cutOver?.bind(slot('CutOver'), { domain: this.domainOf(context) });
    this.cutOver = cutOver;
    this.steps = [database, files, cutOver].flatMap(step => step ?? []);
  }

  /**
   * What the edge gives the platform's records, when there is a cut-over.
   *
   * @param workload what answers, registered at the load balancer
   */
  public dnsOf(workload: IWebWorkload): EdgeDns | undefined {
    if (this.cutOver === undefined) return undefined;
    if (Stack.of(workload) !== Stack.of(this)) {
      throw new Error(`[${this.node.scope!.node.path}] 'migration.cutOver' needs the application in the platform's stack, whose health check reads its units, got one in ${Stack.of(workload).node.path}: give 'compute' without Compute.inStack until every user has come over`);
    }
    const { platformShare, ipv6 } = this.cutOver;
    return { share: platformShare, ipv6, healthCheck: this.cutOver.healthCheckOf(workload) };
  }

  private domainOf({ domain }: PlatformMigrationContext): Domain {
    if (domain?.zone !== undefined) return domain;
    const given = domain === undefined ? 'none' : `${domain.name}, whose DNS is kept elsewhere`;
    throw new Error(`[${this.node.scope!.node.path}] 'migration.cutOver' needs a 'domain' in a hosted zone, got ${given}: give Domain.inZone, or lead users over where the name's DNS is kept`);
  }
}
