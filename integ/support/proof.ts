import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App, CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnAlarm, CfnCompositeAlarm, CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Story } from './story';
import { IAlarmTopics, IPlatform } from '../../src';

/** A platform of any pattern. */
export interface ProvenPlatform extends IPlatform {
  readonly alarmTopics: IAlarmTopics;
}

/** What is asserted of a deployed platform, by calls to the services. */
export class Proof {
  private readonly integ: IntegTest;

  /** @param beside stacks that hold parts of the platform, such as its application */
  constructor(app: App, stack: Stack, private readonly platform: ProvenPlatform, private readonly beside: Stack[]) {
    this.integ = new IntegTest(app, 'Integ', {
      // Those beside it too: what it needs in another Region.
      testCases: app.node.children.filter(Stack.isStack),
      // Cases run side by side, in one Region too: each has a stack of its own name.
      assertionStack: new Stack(app, 'Assertions', { stackName: `${stack.stackName}-Assertions`, env: { region: stack.region } }),
      regions: [stack.region],
    });
  }

  /** Every resource of a type that the platform made, in its own stack and those beside it. */
  public all<T extends CfnElement>(kind: abstract new (...args: never[]) => T): T[] {
    return [this.platform, ...this.beside].flatMap(({ node }) => node.findAll()).filter((each): each is T => each instanceof kind);
  }

  /** The one resource of a type. */
  public only<T extends CfnResource>(kind: abstract new (...args: never[]) => T): T {
    const found = this.all(kind);
    if (found.length !== 1) throw new Error(`expected one ${kind.name}, found ${found.length}`);
    return found[0];
  }

  /**
   * Calls a service and compares its answer.
   *
   * @param action the IAM action, where its name is not that of the API's operation
   */
  public assert(service: string, api: string, parameters: object, expected: { [key: string]: unknown }, action?: string): void {
    const call = this.integ.assertions.awsApiCall(service, api, parameters);
    if (action !== undefined) {
      call.provider.addToRolePolicy(new PolicyStatement({ actions: [action], resources: ['*'] }).toStatementJson());
    }
    call.expect(ExpectedResult.objectLike(expected));
  }

  /** What holds for every platform: databases and buckets are closed, alarms tell the topic, the dashboard shows something. */
  public askCommon(): void {
    this.all(CfnDBCluster).forEach(cluster => this.assert('rds', 'describeDBClusters', { DBClusterIdentifier: cluster.ref }, {
      DBClusters: [Match.objectLike({ StorageEncrypted: true, Engine: Match.stringLikeRegexp('^aurora-(mysql|postgresql)$') })],
    }));
    this.all(CfnDBInstance).forEach(instance => this.assert('rds', 'describeDBInstances', { DBInstanceIdentifier: instance.ref }, {
      DBInstances: [Match.objectLike({ PubliclyAccessible: false, StorageEncrypted: true })],
    }));
    this.all(CfnBucket).forEach(bucket => this.assert('s3', 'getPublicAccessBlock', { Bucket: bucket.ref }, {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true,
      },
    }, 's3:GetBucketPublicAccessBlock'));
    this.askAlarms();
    this.all(CfnDashboard).forEach(dashboard => this.assert('cloudwatch', 'getDashboard', { DashboardName: dashboard.ref }, {
      DashboardBody: Match.stringLikeRegexp('"widgets":\\[\\{'),
    }));
  }

  /** Calls that follow one another. */
  public story(): Story {
    return new Story(this.integ.assertions);
  }

  /** Those that tell people tell the topic: not those that scale, the halves of a composite alarm, and what the operations board reads. */
  private askAlarms(): void {
    const telling = { ActionsEnabled: true, AlarmActions: [this.platform.alarmTopics.topics[0].topicArn] };
    [{ kind: CfnAlarm, type: 'MetricAlarm' }, { kind: CfnCompositeAlarm, type: 'CompositeAlarm' }].forEach(({ kind, type }) => {
      const alarms = this.all<CfnAlarm | CfnCompositeAlarm>(kind)
        .filter(({ node, actionsEnabled }) => node.scopes.some(scope => scope.node.id === 'Monitoring') && actionsEnabled !== false);
      if (alarms.length === 0) throw new Error(`expected a ${type} that tells people`);
      alarms.forEach(alarm => this.assert('cloudwatch', 'describeAlarms', { AlarmNames: [alarm.ref], AlarmTypes: [type] }, {
        [`${type}s`]: [Match.objectLike(telling)],
      }));
    });
  }
}
