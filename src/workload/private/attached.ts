import { IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { FileSystemMount, IAttachable, SecretReference } from '../../core';

/** Variables by name. */
export interface Variables {
  readonly environment: { [name: string]: string };
  readonly secrets: { [name: string]: SecretReference };
}

/** The variables and secrets of the attachments, and those that the user gave, which win: ECS refuses two of one name. */
export function variablesOf(attachments: IAttachable[], given: Variables): Variables {
  return {
    environment: without(given.secrets, Object.assign({}, ...attachments.map(each => each.environment), given.environment)),
    secrets: without(given.environment, Object.assign({}, ...attachments.map(each => each.secrets), given.secrets)),
  };
}

function without<V>(names: object, all: { [name: string]: V }): { [name: string]: V } {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in names)));
}

/** The file systems that each unit mounts. */
export function mountsOf(attachments: IAttachable[]): FileSystemMount[] {
  return attachments.map(({ mount }) => mount).filter(mount => mount !== undefined);
}

/** Out by HTTPS alone, for packages, images, logs and the APIs of others; whatever attaches adds its own port. */
export function applicationSecurityGroup(scope: Construct, vpc: IVpc): SecurityGroup {
  const group = new SecurityGroup(scope, 'SecurityGroup', { vpc, description: 'Application', allowAllOutbound: false });
  group.addEgressRule(Peer.anyIpv4(), Port.HTTPS, 'HTTPS to AWS and others');
  return group;
}
