import { CfnSecurityGroup, IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** A rule that matches no traffic: to an address that no host has, by a message type that does not exist. */
const NOTHING: CfnSecurityGroup.EgressProperty = {
  cidrIp: '255.255.255.255/32',
  description: 'Disallow all traffic',
  ipProtocol: 'icmp',
  fromPort: 252,
  toPort: 86,
};

/**
 * A security group that lets nothing in and nothing out until a rule is added.
 *
 * CDK takes its own such rule away as soon as a rule towards another group is added, which it writes as a resource of
 * its own: EC2 then finds no egress in the group's properties and lets everything out. Here the rule stays.
 */
export function closedSecurityGroup(scope: Construct, vpc: IVpc, description: string): SecurityGroup {
  const group = new SecurityGroup(scope, 'SecurityGroup', { vpc, description, allowAllOutbound: false });
  (group.node.defaultChild as CfnSecurityGroup).securityGroupEgress = [NOTHING];
  return group;
}
