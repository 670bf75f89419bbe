import { Template } from 'aws-cdk-lib/assertions';
import { resources, text } from './template';

interface Rule {
  readonly [name: string]: unknown;
}

/** The rule that matches no traffic, by which a group's egress is closed. */
const NOTHING = '255.255.255.255/32';

/**
 * Every rule of every security group as a line such as `Application in from Load balancer, tcp 8080`; groups go by their
 * description. A group without any egress rule in its properties lets everything out, which is a line too.
 */
export function securityGroupRules(template: Template): string[] {
  const groups = resources(template, 'AWS::EC2::SecurityGroup');
  const names = new Map(groups.map(({ id, Properties }) => [`\${${id}.GroupId}`, String(Properties.GroupDescription)]));
  const nameOf = (id: unknown) => names.get(text(id)) ?? text(id);
  const line = (group: string, way: string, rule: Rule) => {
    const peer = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'DestinationPrefixListId'].map(key => rule[key]).find(value => value !== undefined);
    const other = peer ?? nameOf(rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId);
    const ports = rule.FromPort === rule.ToPort ? text(rule.FromPort) : `${text(rule.FromPort)}-${text(rule.ToPort)}`;
    return `${group} ${way} ${text(other)}, ${text(rule.IpProtocol)} ${ports}`;
  };
  const inline = groups.flatMap(({ Properties }) => {
    const name = String(Properties.GroupDescription);
    const egress = Properties.SecurityGroupEgress as Rule[] | undefined;
    return [
      ...(Properties.SecurityGroupIngress as Rule[] ?? []).map(rule => line(name, 'in from', rule)),
      ...(egress ?? []).filter(rule => rule.CidrIp !== NOTHING).map(rule => line(name, 'out to', rule)),
      ...(egress === undefined ? [`${name} out to anything`] : []),
    ];
  });
  const apart = (type: string, way: string) => resources(template, type).map(({ Properties }) => line(nameOf(Properties.GroupId), way, Properties));
  return [
    ...inline,
    ...apart('AWS::EC2::SecurityGroupIngress', 'in from'),
    ...apart('AWS::EC2::SecurityGroupEgress', 'out to'),
  ].sort();
}
