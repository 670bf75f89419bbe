import { Duration, Stack } from 'aws-cdk-lib';
import { SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { FargatePlatformVersion, FargateService } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Schedule, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { EcsRunFargateTask } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { FailedRuns } from './failed-runs';
import { overridesOf } from './scheduled-rules';
import { FargateTask } from './task';
import { acknowledgeWildcards } from '../../../core/private/acknowledge';
import { nameInAccount } from '../../../core/private/naming';
import { managedPolicyRole } from '../../../core/private/resources/managed-policy-role';
import { ScheduledTask } from '../scheduled-task';

/** Longest name of a schedule (EventBridge Scheduler API reference). */
const MAX_NAME = 64;
/** As often as Scheduler tries at the most (API reference, `RetryPolicy`): its age ends it. */
const MAX_TRIES = 185;

/** What is run by the clock, and by what. */
export interface ScheduledTasksProps {
  readonly tasks: { [name: string]: ScheduledTask };
  readonly task: FargateTask;
  readonly service: FargateService;
  readonly subnets: SubnetSelection;
  readonly encryptionKey: IKey;
  readonly enableExecuteCommand: boolean;
}

/** Units of the application that run another command than its web server, each at its times. */
export class ScheduledTasks extends Construct {
  /** The runs that did not start, or failed. */
  public readonly failed: FailedRuns;

  constructor(scope: Construct, id: string, private readonly props: ScheduledTasksProps) {
    super(scope, id);
    this.failed = new FailedRuns(this, 'Failed', props.service.cluster, props.encryptionKey);
    const role = this.createRole();
    const runs = new Construct(this, 'Runs');
    Object.entries(props.tasks).forEach(([name, task]) => this.schedule(new Construct(runs, name), name, task, role));
  }

  private schedule(scope: Construct, name: string, { schedule, command, maxEventAge = Duration.hours(1) }: ScheduledTask, role: Role): void {
    const { task: { taskDefinition }, service, subnets, encryptionKey, enableExecuteCommand } = this.props;
    const target = new EcsRunFargateTask(service.cluster, {
      taskDefinition,
      role,
      vpcSubnets: subnets,
      securityGroups: service.connections.securityGroups,
      assignPublicIp: false,
      platformVersion: FargatePlatformVersion.VERSION1_4,
      group: FailedRuns.groupOf(name),
      taskCount: 1,
      enableEcsManagedTags: true,
      enableExecuteCommand,
      propagateTags: true,
      input: ScheduleTargetInput.fromObject(overridesOf(command)),
      maxEventAge,
      retryAttempts: MAX_TRIES,
      deadLetterQueue: this.failed.queue,
    });
    const made = new Schedule(scope, 'Schedule', {
      scheduleName: nameInAccount(scope, MAX_NAME), description: `${scope.node.path}: ${name}`, schedule, target, key: encryptionKey,
    });
    // A new version runs by the clock once it serves: one that is taken back never did.
    made.node.addDependency(service.node.findChild('Service'), role.node.findChild('Policy'));
  }

  /** What it may do, it may for the schedules of this account alone; to run this task, and to tell of a run that did not start. */
  private createRole(): Role {
    const { service: { cluster }, encryptionKey, task: { taskDefinition } } = this.props;
    const { partition, region, account } = Stack.of(this);
    const ecs = `arn:${partition}:ecs:${region}:${account}`;
    const revisions = `${ecs}:task-definition/${taskDefinition.family}:*`;
    const role = managedPolicyRole(this, 'Role', 'scheduler.amazonaws.com', {
      StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': `arn:${partition}:scheduler:${region}:${account}:schedule-group/default` },
    });
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [encryptionKey.keyArn] }));
    // A deployment changes what the role may do before it changes what the schedules run.
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['ecs:RunTask'], resources: [revisions] }));
    acknowledgeWildcards(role, [revisions], 'Revisions of this application\'s own task definition: while a new version is deployed, the one before still runs');
    acknowledgeWildcards(role, [`${ecs}:task/${cluster.clusterName}/*`], 'Tags of the tasks that it starts, whose ids are not known before');
    return role;
  }
}
