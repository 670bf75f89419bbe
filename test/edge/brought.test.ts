import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { PublicHostedZone } from 'aws-cdk-lib/aws-route53';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Brazil } from './support';
import { Domain, DomainInZoneOptions, Edge, Firewall, IEdge, Notifications, Severity } from '../../src';
import { ACCOUNT } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { alarmsForPeople, propertiesOf, resources, text } from '../support/template';

const EDGE_CERTIFICATE = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`;
const ORIGIN_CERTIFICATE = `arn:aws:acm:sa-east-1:${ACCOUNT}:certificate/2`;
const WEB_ACL = `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/shared/0123`;

const certificate = (scope: Construct, arn: string) => Certificate.fromCertificateArn(scope, arn.split(':')[3], arn);
const typesOf = (template: Template) => [...new Set(resources(template).map(({ Type }) => Type))].sort();
const distributionOf = (template: Template) => propertiesOf(template, 'AWS::CloudFront::Distribution').DistributionConfig as { readonly [name: string]: unknown };
/** Whom alarms of some names tell, composite ones among them; halves of objectives and symptoms are silent. */
function toldBy(template: Template, name: RegExp): string[] {
  const alarms = [...alarmsForPeople(template), ...resources(template, 'AWS::CloudWatch::CompositeAlarm')];
  return [...new Set(alarms.filter(({ Properties }) => Properties.ActionsEnabled === true && name.test(String(Properties.AlarmName)))
    .map(({ Properties }) => text(Properties.AlarmActions)))];
}

describe('what is brought', () => {
  test('a web ACL and certificates are taken as they are, and nothing is read', () => {
    const brazil = new Brazil(stack => ({
      edge: Edge.cloudFront({ firewall: Firewall.fromWebAclArn(WEB_ACL) }),
      domain: Domain.inZone(new PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' }), 'shop.example.com', {
        certificate: certificate(stack, EDGE_CERTIFICATE), originCertificate: certificate(stack, ORIGIN_CERTIFICATE),
      }),
    }));
    expect(distributionOf(brazil.template())).toMatchObject({ WebACLId: WEB_ACL, ViewerCertificate: { AcmCertificateArn: EDGE_CERTIFICATE } });
    brazil.template().hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 443, Certificates: [{ CertificateArn: ORIGIN_CERTIFICATE }] });
    brazil.template().resourceCountIs('Custom::CrossRegionValues', 0);
    expect(typesOf(brazil.template('-edge'))).toEqual(['AWS::KMS::Key']);
  });

  test.each([
    ['HTTP without a certificate of its Region', false, 80],
    ['HTTPS with one', true, 443],
  ])('a domain elsewhere has the balancer speak %s', (_, brought, Port) => {
    const brazil = new Brazil(stack => ({
      domain: Domain.elsewhere('shop.example.org', certificate(stack, EDGE_CERTIFICATE), brought ? { originCertificate: certificate(stack, ORIGIN_CERTIFICATE) } : {}),
    }));
    brazil.template().hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port });
    brazil.template().hasResourceProperties('AWS::CloudFront::VpcOrigin', { VpcOriginEndpointConfig: { OriginProtocolPolicy: brought ? 'https-only' : 'http-only' } });
    brazil.template().resourceCountIs('AWS::CertificateManager::Certificate', 0);
  });

  test('a topic has a twin, which CloudFront\'s alarm tells', () => {
    const [home, twin] = ['sa-east-1', 'us-east-1'].map(region => `arn:aws:sns:${region}:${ACCOUNT}:alarms`);
    const brazil = new Brazil(stack => ({
      notifications: Notifications.topic(Topic.fromTopicArn(stack, 'Home', home), { edgeTopic: Topic.fromTopicArn(stack, 'Twin', twin) }),
    }));
    expect(toldBy(brazil.template('-edge-alarms'), /./)).toEqual([`[${twin}]`]);
    expect(toldBy(brazil.template(), /./)).toEqual([`[${home}]`]);
  });

  test('a channel of Slack has one configuration, for the topics of both Regions', () => {
    const slack = Notifications.slack({ slackWorkspaceId: 'T0123ABCD', slackChannelId: 'C0123ABCD' });
    const brazil = new Brazil({ notifications: Notifications.bySeverity({ critical: Notifications.email('oncall@example.com'), warning: slack }) });
    const { SnsTopicArns, ConfigurationName } = propertiesOf(brazil.template('-edge-alarms'), 'AWS::Chatbot::SlackChannelConfiguration');
    const [home, edge] = ['', '-edge-alarms'].map(suffix => resources(brazil.template(suffix), 'AWS::SNS::Topic').find(({ id }) => id.includes('Slack'))!);
    expect((SnsTopicArns as unknown[]).map(text)).toEqual([`arn:aws:sns:sa-east-1:${ACCOUNT}:${String(home.Properties.TopicName)}`, `\${${edge.id}}`]);
    expect(ConfigurationName).toBe('Stack-sa-east-1-edge-alarms-Shop-Notifications-Slack-C0123ABCD');
    brazil.template().resourceCountIs('AWS::Chatbot::SlackChannelConfiguration', 0);
    expect(brazil.platform.edgeAlarmTopics.topicsFor(Severity.WARNING)).toEqual([brazil.platform.edgeAlarmTopics.topics[0]]);
    const mail = resources(brazil.template(), 'AWS::SNS::Topic').find(({ id }) => id.includes('Critical'))!;
    expect(toldBy(brazil.template(), /-Critical$/)).toEqual([`[\${${mail.id}}]`]);
    expect(toldBy(brazil.template(), /-Warning$/)).toEqual([`[\${${home.id}}]`]);
  });

  test('an edge adds its alarms to a facade of us-east-1', () => {
    const seen: string[] = [];
    const own: IEdge = {
      bind: (scope, context) => {
        const made = Edge.cloudFront().bind(scope, context);
        return {
          distribution: made.distribution,
          describe: () => made.describe(),
          monitorWith: monitoring => { seen.push(`shown in ${Stack.of(monitoring).region}`); },
          alarmWith: monitoring => { seen.push(`alarmed in ${Stack.of(monitoring).region}`); },
        };
      },
    };
    new Brazil({ edge: own });
    expect(seen).toEqual(['alarmed in us-east-1', 'shown in sa-east-1']);
  });
});

const LONG = `${'a'.repeat(53)}.example.com`;
const tooLong = (path: string) => `[${path}] 'name' of the domain must have at most 64 characters where a certificate is made for it, got 65: give 'certificate' and 'originCertificate' of Domain.inZone, requested for a shorter name with this one among its alternative names`;
const longName = (options = (_: Stack): DomainInZoneOptions => ({}), name = LONG) => () => new Brazil(stack => ({
  domain: Domain.inZone(PublicHostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }), name, options(stack)),
}));

test('a name that is too long for a new certificate has those that are given', () => {
  const given = (stack: Stack) => ({ certificate: certificate(stack, EDGE_CERTIFICATE), originCertificate: certificate(stack, ORIGIN_CERTIFICATE) });
  expect(longName(given)).not.toThrow();
  expect(longName(undefined, LONG.slice(1))).not.toThrow();
});

testRefusals([
  ['a name that is too long for a new certificate', longName(), tooLong('Stack-edge/Shop/Domain')],
  ['a name that is too long for the new certificate of the balancer alone',
    longName(stack => ({ certificate: certificate(stack, EDGE_CERTIFICATE) })), tooLong('Stack/Shop/Domain')],
  ['a zone that is made together with the platform', () => new Brazil(stack => ({
    domain: Domain.inZone(new PublicHostedZone(stack, 'Zone', { zoneName: 'example.com' }), 'shop.example.com'),
  })), '[Stack/Shop/Domain] \'zone\' of the domain must be there before the platform, whose certificate in us-east-1 is validated in it, got one that is made together with the platform in sa-east-1: make the zone by itself and import it by HostedZone.fromHostedZoneAttributes, or give the domain a \'certificate\' of us-east-1'],
  ['a certificate of the balancer in another Region', () => new Brazil(stack => ({
    domain: Domain.elsewhere('shop.example.org', certificate(stack, EDGE_CERTIFICATE), { originCertificate: certificate(new Construct(stack, 'Other'), EDGE_CERTIFICATE) }),
  })), '[Stack/Shop/Domain] \'originCertificate\' of the domain must be in sa-east-1, where the load balancer is, got one in us-east-1: request or import it there'],
  ['a certificate of the platform\'s Region for users', () => new Brazil(stack => ({ domain: Domain.elsewhere('shop.example.org', certificate(stack, ORIGIN_CERTIFICATE)) })),
    '[Domain.elsewhere] \'certificate\' must be in us-east-1, where CloudFront reads it, got one in sa-east-1: request or import it there'],
  ['a new certificate of the platform\'s Region for users', () => new Brazil(stack => ({ domain: Domain.elsewhere('shop.example.org', new Certificate(stack, 'New', { domainName: 'shop.example.org' })) })),
    '[Domain.elsewhere] \'certificate\' must be in us-east-1, where CloudFront reads it, got one in sa-east-1: request or import it there'],
  ['a topic without a twin', () => new Brazil(stack => ({ notifications: Notifications.topic(new Topic(stack, 'Topic')) })),
    '[Stack-edge-alarms/Shop/Notifications] \'topic\' must be in us-east-1, where its alarms are, got one in sa-east-1: give a topic of us-east-1 as \'edgeTopic\', as CloudFront\'s alarms are there'],
]);
