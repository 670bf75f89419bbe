import { IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { FileSystemMount, IAttachable, SecretReference } from '../../core';

/** The variables of the attachments, and those given, which win. */
export function variablesOf(attachments: IAttachable[], given: { [name: string]: string }): { [name: string]: string } {
  return Object.assign({}, ...attachments.map(each => each.environment), given);
}

/** The secrets of the attachments, but those whose variable is given: ECS refuses two of one name, and the user's wins. */
export function secretsOf(attachments: IAttachable[], given: { [name: string]: string }): { [name: string]: SecretReference } {
  const all: { [name: string]: SecretReference } = Object.assign({}, ...attachments.map(each => each.secrets));
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in given)));
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
