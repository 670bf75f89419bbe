import { Annotations, Stack } from 'aws-cdk-lib';
import { AttributeType, BillingMode, CfnTable, Table, TableEncryption, WarmThroughput } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { BlockDescription, IAttachable, IWorkload, SecretReference, Tier } from '../core';
import { ISessions, SessionsContext } from './contract';
import { monitorTable } from './private/dynamodb-alarms';
import { acknowledge } from '../core/private/acknowledge';
import { HTTPS, identityOf } from '../core/private/block-links';
import { declareClosed, declareReachable } from '../core/private/reachable-by';
import { isGiven, Rule, validate, wholeBetween } from '../core/private/validation';

/** Options of a session store in DynamoDB. */
export interface DynamoDbSessionsProps {
  /**
   * Most read request units per second, 1 to 2,147,483,647; one reads up to 4 kB. A limit on cost: above it requests are
   * throttled.
   *
   * @default - from the traffic: as many as the ECPU of a serverless cache, of which a session's reads take an eighth
   */
  readonly maxReadRequestUnits?: number;
  /**
   * Most write request units per second, 1 to 2,147,483,647; one writes up to 1 kB. A limit on cost: above it requests are
   * throttled.
   *
   * @default - from the traffic: as many as the ECPU of a serverless cache, of which a session's writes take half
   */
  readonly maxWriteRequestUnits?: number;
  /**
   * Throughput that stands ready at once. A new table answers 12,000 reads and 4,000 writes per second, and grows to twice
   * its last peak within 30 minutes (DynamoDB developer guide, "On-demand capacity mode"); AWS charges once for more.
   *
   * @default - what a new table has, and a warning (`cdk-platform-patterns:capacity-short`) when the peak needs more
   */
  readonly warmThroughput?: WarmThroughput;
}

/** The range of the API's `Long` that CloudFormation takes. */
const MOST_UNITS = 2_147_483_647;
const MEND = 'give the most that a second may cost, or leave it out to follow the traffic';

/** Writes per second that a new table answers (DynamoDB developer guide, "On-demand capacity mode"). */
const WRITES_OF_A_NEW_TABLE = 4000;
const WARM_MEND = 'give what the peak needs, or leave it out for what a new table has';

const RULES: Rule<DynamoDbSessionsProps>[] = [
  wholeBetween('maxReadRequestUnits', 1, MOST_UNITS, MEND),
  wholeBetween('maxWriteRequestUnits', 1, MOST_UNITS, MEND),
];

/** As CloudFormation takes them (`AWS::DynamoDB::Table WarmThroughput`). */
const WARM_RULES: Rule<WarmThroughput>[] = [
  props => Object.values(props).some(isGiven)
    ? undefined
    : `'warmThroughput' must say at least one of 'readUnitsPerSecond' and 'writeUnitsPerSecond', got {}: ${WARM_MEND}`,
  wholeBetween('readUnitsPerSecond', 1, MOST_UNITS, WARM_MEND),
  wholeBetween('writeUnitsPerSecond', 1, MOST_UNITS, WARM_MEND),
];

/** The names that the session handler of the AWS SDK for PHP gives its key and its time of expiry. */
const [KEY, EXPIRY] = ['id', 'expires'];
/** What the handler calls. Its garbage collection would scan and delete too: DynamoDB does that by the time to live. */
const ACTIONS = ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'];
/** What DynamoDB does with the key in the name of who calls it (DynamoDB developer guide, "Encryption at rest"). */
const KEY_USE = [
  'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
];

/** The choice of a DynamoDB table. */
export class DynamoDbSessions implements ISessions {
  constructor(private readonly props: DynamoDbSessionsProps) {
    validate('Sessions.dynamoDb', props, RULES);
    const { warmThroughput } = props;
    if (isGiven(warmThroughput)) validate('Sessions.dynamoDb.warmThroughput', warmThroughput as WarmThroughput, WARM_RULES);
  }

  public bind(scope: Construct, context: SessionsContext): IAttachable {
    return new DynamoDbSessionStore(scope, 'DynamoDb', this.props, context);
  }
}

/** A table that is paid by the request: nothing to size, in at least 3 zones, sessions kept through any failure. */
class DynamoDbSessionStore extends Construct implements IAttachable {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference } = {};
  private readonly table: Table;
  private readonly limits: { reads: number; writes: number };

  constructor(scope: Construct, id: string, private readonly props: DynamoDbSessionsProps, private readonly context: SessionsContext) {
    super(scope, id);
    const { maxEcpuPerSecond } = context.capacity;
    this.limits = { reads: props.maxReadRequestUnits ?? maxEcpuPerSecond, writes: props.maxWriteRequestUnits ?? maxEcpuPerSecond };
    this.table = this.createTable();
    declareClosed(this.resource);
    this.warnOfColdStart(maxEcpuPerSecond / 2);
    this.environment = { SESSION_HANDLER: 'dynamodb', SESSION_TABLE: this.table.tableName, SESSION_REGION: Stack.of(this).region };
  }

  public attachTo(workload: IWorkload): void {
    workload.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: ACTIONS, resources: [this.table.tableArn] }));
    workload.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({
      actions: KEY_USE,
      resources: [this.context.encryptionKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` } },
    }));
    declareReachable(this.resource, workload);
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitorTable(monitoring, this.table);
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this),
      title: 'DynamoDB table',
      purpose: 'Keeps the sessions, so that any unit can serve any user',
      tier: Tier.DATA,
      port: HTTPS,
      facts: { limit: `${this.limits.reads} read and ${this.limits.writes} write request units per second`, encryption: 'at rest and in transit' },
    };
  }

  private get resource(): CfnTable {
    return this.table.node.defaultChild as CfnTable;
  }

  private createTable(): Table {
    const { profile, encryptionKey } = this.context;
    const table = new Table(this, 'Table', {
      partitionKey: { name: KEY, type: AttributeType.STRING },
      timeToLiveAttribute: EXPIRY,
      billingMode: BillingMode.PAY_PER_REQUEST,
      maxReadRequestUnits: this.limits.reads,
      maxWriteRequestUnits: this.limits.writes,
      warmThroughput: this.props.warmThroughput,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey,
      pointInTimeRecoverySpecification: {
        pointInTimeRecoveryEnabled: true,
        recoveryPeriodInDays: profile.backupRetention.toDays(),
      },
      deletionProtection: profile.deletionProtection,
      removalPolicy: profile.removalPolicy,
    });
    acknowledge(table, ['DynamoDBInBackupPlan'],
      'A session lives for hours: each second of the last days can be restored, and a copy of an older one is of no use to anyone');
    return table;
  }

  private warnOfColdStart(writes: number): void {
    const ready = this.props.warmThroughput?.writeUnitsPerSecond ?? WRITES_OF_A_NEW_TABLE;
    if (writes <= ready) return;
    Annotations.of(this).addWarningV2('cdk-platform-patterns:capacity-short',
      `[${this.node.path}] the traffic's peak writes ${Math.ceil(writes)} units per second, and the table answers ${ready} at once: give 'warmThroughput', or choose Sessions.valkeyServerless()`);
  }
}
