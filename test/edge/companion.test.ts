import { App, BootstraplessSynthesizer, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { Brazil, BRAZIL, Props } from './support';
import { Domain, Edge, EnvironmentProfile, Firewall, Owner, Reachability } from '../../src';
import { boardOf } from '../support/boards';
import { filled } from '../support/filled';
import { ACCOUNT, addPlatform, once } from '../support/platform';
import { only, propertiesOf, resources, text } from '../support/template';


const zone = (stack: Stack) => HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
const inZone = (stack: Stack) => Domain.inZone(zone(stack), 'shop.example.com');

const plain = once(() => new Brazil());
const named = once(() => new Brazil(stack => ({ domain: inZone(stack), owner: Owner.team({ name: 'Storefront', contact: 'x' }) })));
const idsOf = (stacks: Stack[]) => stacks.map(({ node }) => node.id);
const typesOf = (template: Template) => [...new Set(resources(template).map(({ Type }) => Type))].sort();
const distributionOf = (template: Template) => propertiesOf(template, 'AWS::CloudFront::Distribution').DistributionConfig as { readonly [name: string]: unknown };
const readerOf = (template: Template) => only(template, 'Custom::CrossRegionValues');

describe('a platform outside us-east-1', () => {
  test('has a stack before it and one after it, both in us-east-1, protected as its own', () => {
    const [edge, alarms] = ['-edge', '-edge-alarms'].map(suffix => plain().of(suffix));
    [edge, alarms].forEach(({ account, region, terminationProtection }) =>
      expect({ account, region, terminationProtection }).toEqual({ account: ACCOUNT, region: 'us-east-1', terminationProtection: true }));
    expect([edge, alarms].map(({ stackName }) => stackName)).toEqual(['Stack-sa-east-1-edge', 'Stack-sa-east-1-edge-alarms']);
    plain().template();
    expect(idsOf(plain().stack.dependencies)).toEqual(['Stack-edge']);
    expect(idsOf(alarms.dependencies)).toContain('Stack');
  });

  test('has nothing there but what CloudFront reads, and who is told of alarms', () => {
    expect(typesOf(plain().template('-edge'))).toEqual([
      'AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::Logs::QueryDefinition', 'AWS::SSM::Parameter', 'AWS::WAFv2::LoggingConfiguration',
      'AWS::WAFv2::WebACL',
    ]);
    expect(typesOf(plain().template('-edge-alarms'))).toEqual([
      'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Role', 'AWS::KMS::Key',
      'AWS::Lambda::Function', 'AWS::Logs::LogGroup',
      'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'Custom::CrossRegionValues',
    ]);
  });

  test('encrypts there with keys of that Region, which let the logs of that Region use them', () => {
    const [edge, alarms] = ['-edge', '-edge-alarms'].map(suffix => plain().template(suffix));
    [edge, alarms].forEach(template => {
      const key = only(template, 'AWS::KMS::Key');
      expect(propertiesOf(template, 'AWS::Logs::LogGroup').KmsKeyId).toEqual({ 'Fn::GetAtt': [key.id, 'Arn'] });
      expect(JSON.stringify(key.Properties.KeyPolicy)).toContain('logs.us-east-1.amazonaws.com');
    });
    expect(propertiesOf(alarms, 'AWS::SNS::Topic').KmsMasterKeyId).toEqual({ 'Fn::GetAtt': [only(alarms, 'AWS::KMS::Key').id, 'Arn'] });
  });

  // An export that is imported cannot be taken away: to tell another topic, say, would be refused.
  test('has stacks that import nothing of one another', () => {
    ['', '-edge', '-edge-alarms'].forEach(suffix => {
      const template = named().template(suffix).toJSON() as object;
      expect(JSON.stringify(template)).not.toMatch(/"Export"|Fn::ImportValue/);
    });
  });

  test('takes the web ACL and the certificate by parameters that only its reader may read', () => {
    const template = named().template();
    const parameters = resources(named().template('-edge'), 'AWS::SSM::Parameter');
    const reader = readerOf(template);
    const answers = (name: string) => ({ 'Fn::GetAtt': [reader.id, name] });
    expect(distributionOf(template)).toMatchObject({ WebACLId: answers('WebAclArn'), ViewerCertificate: { AcmCertificateArn: answers('CertificateArn') } });
    expect(parameters.map(({ Properties }) => Properties.Value)).toEqual([
      { 'Fn::GetAtt': [only(named().template('-edge'), 'AWS::WAFv2::WebACL').id, 'Arn'] },
      { Ref: only(named().template('-edge'), 'AWS::CertificateManager::Certificate').id },
    ]);
    expect(reader.Properties).toMatchObject({ From: 'us-east-1' });
    expect(Object.values(JSON.parse(String(reader.Properties.Parameters)) as object)).toEqual(parameters.map(({ Properties }) => Properties.Name));
    const policy = resources(template, 'AWS::IAM::ManagedPolicy').find(({ id }) => id.includes('EdgeValues'))!;
    const { Statement } = policy.Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown[] }[] };
    expect(Statement[0].Action).toBe('ssm:GetParameter');
    expect(Statement[0].Resource.map(text)).toEqual(parameters.map(({ Properties }) => `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter${text(Properties.Name)}`));
  });

  test('reads them again when what makes them changes, and only then', () => {
    const stateOf = (props?: Props) => readerOf(new Brazil(props).template()).Properties.State;
    expect(stateOf()).toMatch(/^[0-9a-f]{16}$/);
    expect(stateOf({ traffic: undefined })).toBe(stateOf());
    expect(stateOf({ edge: Edge.cloudFront({ firewall: Firewall.managed({ rateLimit: 100 }) }) })).not.toBe(stateOf());
  });

  test('has one certificate for users and one for the balancer, each in its Region, both proved in the zone', () => {
    const [users, balancer] = [named().template('-edge'), named().template()].map(template => only(template, 'AWS::CertificateManager::Certificate'));
    [users, balancer].forEach(({ Properties }) => expect(Properties).toMatchObject({ DomainName: 'shop.example.com', ValidationMethod: 'DNS', DomainValidationOptions: [{ HostedZoneId: 'Z1' }] }));
    named().template().hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', { Port: 443, Certificates: [{ CertificateArn: { Ref: balancer.id } }] });
  });

  test('has its CloudFront alarm in us-east-1, on the distribution, telling a topic there', () => {
    const template = plain().template('-edge-alarms');
    const MetricStat = {
      Metric: {
        Namespace: 'AWS/CloudFront',
        Dimensions: [{ Name: 'DistributionId', Value: { 'Fn::GetAtt': [readerOf(template).id, 'DistributionId'] } }, { Name: 'Region', Value: 'Global' }],
      },
    };
    const alarm = resources(template, 'AWS::CloudWatch::Alarm')
      .find(({ Properties }) => Properties.AlarmName === 'Stack-sa-east-1-Shop-Edge-Fault-Rate-Critical')!;
    expect(alarm.Properties).toMatchObject({
      Metrics: [{ Expression: expect.stringMatching(/^IF\(\(requests - /) }, { MetricStat }, { MetricStat }, { MetricStat: { Metric: { MetricName: 'FunctionInvocations' } } }],
      AlarmActions: [{ Ref: only(template, 'AWS::SNS::Topic').id }],
    });
    expect(readerOf(template).Properties.From).toBe('sa-east-1');
    expect(JSON.stringify(resources(plain().template(), 'AWS::CloudWatch::Alarm'))).not.toContain('AWS/CloudFront');
    expect(Stack.of(plain().platform.edgeAlarmTopics.topics[0])).toBe(plain().of('-edge-alarms'));
    expect(Stack.of(plain().platform.alarmTopics.topics[0])).toBe(plain().stack);
  });

  test('shows the edge on its own dashboard, by the metrics of us-east-1', () => {
    const body = boardOf(plain().template(), 'Platform');
    expect(body).toMatch(/"AWS\/CloudFront","Requests","DistributionId",[^\]]*"region":"us-east-1"/);
    expect(body).toMatch(/"AWS\/WAFV2","BlockedRequests"[^\]]*"region":"us-east-1"/);
    plain().template('-edge-alarms').resourceCountIs('AWS::CloudWatch::Dashboard', 0);
  });

  test('tags what it has in us-east-1 with its owner', () => {
    ['-edge', '-edge-alarms'].forEach(suffix => {
      const type = suffix === '-edge' ? 'AWS::WAFv2::WebACL' : 'AWS::SNS::Topic';
      expect(only(named().template(suffix), type).Properties.Tags).toContainEqual({ Key: 'Owner', Value: 'Storefront' });
    });
  });

  test('lets nothing reach its stores but the application', () => {
    ['', '-edge', '-edge-alarms'].forEach(suffix =>
      expect(Reachability.analyzeTemplate(JSON.stringify(plain().template(suffix).toJSON()))).toEqual([]));
  });

  test('gets no warning of its Region', () => {
    ['', '-edge', '-edge-alarms'].forEach(suffix =>
      expect(Annotations.fromStack(plain().of(suffix)).findWarning('*', Match.stringLikeRegexp('region-unknown'))).toEqual([]));
  });
});

describe('the stacks', () => {
  test('are shared by the platforms of a stack, whose parts have names of their own', () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { env: BRAZIL });
    addPlatform(stack, {}, 'Shop');
    addPlatform(new Construct(stack, 'Group') as Stack, {}, 'Blog');
    expect(stack.node.root.node.children.filter(Stack.isStack).map(({ node }) => node.id)).toEqual(['Stack', 'Stack-edge', 'Stack-edge-alarms']);
    const template = Template.fromStack(stack.node.root.node.findChild('Stack-edge') as Stack);
    expect(resources(template, 'AWS::WAFv2::WebACL').map(({ Properties }) => Properties.Name)).toEqual(['Stack-sa-east-1-edge-Shop-Firewall-WebAcl', 'Stack-sa-east-1-edge-Group-Blog-Firewall-WebAcl']);
    const names = resources(template, 'AWS::SSM::Parameter').map(({ Properties }) => Properties.Name);
    expect(new Set(names).size).toBe(2);
  });

  test('of a nested stack stand beside its parent', () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { env: BRAZIL });
    addPlatform(new NestedStack(stack, 'Nested'));
    expect(stack.node.root.node.children.filter(Stack.isStack).map(({ node }) => node.id)).toEqual(['Stack', 'Stack-edge', 'Stack-edge-alarms']);
    Template.fromStack(stack);
    expect(idsOf(stack.dependencies)).toEqual(['Stack-edge']);
  });

  test('have names that CloudFormation takes, and need no bootstrap where the platform needs none', () => {
    const stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { env: BRAZIL, stackName: 'a'.repeat(128), synthesizer: new BootstraplessSynthesizer() });
    addPlatform(stack);
    const companion = stack.node.root.node.findChild('Stack-edge') as Stack;
    expect(companion.stackName).toMatch(/^a{119}-[0-9a-f]{8}$/);
    expect(Object.keys((Template.fromStack(companion).toJSON() as { Parameters?: object }).Parameters ?? {})).toEqual([]);
  });

  test('are silent in development', () => {
    const brazil = new Brazil({ profile: EnvironmentProfile.development() });
    const alarms = resources(brazil.template('-edge-alarms'), 'AWS::CloudWatch::Alarm');
    expect(alarms).not.toEqual([]);
    filled(alarms).forEach(({ Properties }) => expect(Properties.ActionsEnabled).toBe(false));
    brazil.template('-edge').hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
  });
});

