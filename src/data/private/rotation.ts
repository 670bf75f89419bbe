import { CfnResource } from 'aws-cdk-lib';
import { Connections, IConnectable, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ISecret, RotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';
import { Engine } from './engines/contract';
import { acknowledge } from '../../core/private/acknowledge';
import { declareReachable } from '../../core/private/reachable-by';
import { DatabaseContext } from '../contract';
import { PasswordRotation } from '../password-rotation';
import { RelationalDatabaseProps } from '../relational-database-props';

const RULES = ['AwsSolutions-SMG4', 'SecretsManagerRotationEnabled'];

/** Says why a generated password is not rotated by itself. */
export function acknowledgeNoRotation(secret: ISecret, { rotation }: RelationalDatabaseProps = {}): void {
  acknowledge(secret, RULES, reasonFor(rotation));
}

function reasonFor(rotation?: PasswordRotation): string {
  if (rotation === undefined) {
    return 'ECS hands a password to a task when the task starts: a rotation locks running tasks out, so it goes together with a deployment';
  }
  return rotation.alternatingSecret === undefined
    ? 'Its password opens nothing: RDS keeps and changes the one that does, in a secret of its own. The template only names the user by this one'
    : 'The master user, by which the passwords of the alternating users are changed; the application does not have it';
}

/** What a rotation has to do with. */
export interface AlternatingUsersRotationProps {
  readonly engine: Engine;
  readonly rotation: PasswordRotation;
  /** The secret of the master user. */
  readonly masterSecret: ISecret;
  /** All that are in the security group. */
  readonly stores: CfnResource[];
  readonly securityGroup: SecurityGroup;
  readonly port: number;
  readonly context: DatabaseContext;
  /** What must be there before the first rotation, which is at once. */
  readonly after: IConstruct[];
}

/** AWS's function for alternating users, in the application's subnets, and its schedule. */
export class AlternatingUsersRotation extends Construct implements IConnectable {
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, props: AlternatingUsersRotationProps) {
    super(scope, id);
    const { engine, rotation, masterSecret, stores, securityGroup, port, context, after } = props;
    const group = new SecurityGroup(this, 'SecurityGroup', { vpc: context.vpc, description: 'Password rotation', allowAllOutbound: false });
    // By the NAT gateway or the endpoint, whichever the network has.
    group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'Secrets Manager');
    this.connections = new Connections({ securityGroups: [group] });
    this.connections.allowTo(securityGroup, Port.tcp(port), 'Password rotation');
    // The function comes with the transform, so that no resource of the template is in the group: the group is declared.
    stores.forEach(store => declareReachable(store, { connections: this.connections }));
    const schedule = new RotationSchedule(this, 'Schedule', {
      secret: rotation.alternatingSecret!,
      automaticallyAfter: rotation.automaticallyAfter,
      hostedRotation: engine.hostedRotation({
        masterSecret, vpc: context.vpc, vpcSubnets: context.workloadSubnets, securityGroups: [group],
      }),
    });
    schedule.node.addDependency(...after);
  }
}
