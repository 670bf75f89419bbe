import { judge } from './judge';
import { problemsOf } from './template-problems';

const COMPUTE = 'compute: Compute.fargate({ image: IMAGE })';
const platform = (props: string) => judge({ pattern: 'ElasticWebPlatform', stack: '{ env: EAST }', id: '"Shop"', props });
const template = (Type: string, Properties: { readonly [name: string]: unknown }) => problemsOf({ stackName: 'Stack', template: { Resources: { It: { Type, Properties } } } });

describe('a platform of random props', () => {
  test('is made', () => {
    expect(platform(`{ ${COMPUTE} }`)).toMatchObject({ kind: 'made', templates: [{ stackName: 'Stack' }] });
  });

  test.each([
    ['by a choice', `{ ${COMPUTE}, traffic: Traffic.steady({ rps: NaN }) }`, /^\[Traffic\.steady\] 'rps' must/],
    ['with a list of what is wrong', `{ ${COMPUTE}, edge: Edge.cloudFront({ firewall: Firewall.managed({ rateLimit: 1, allowList: [] }) }) }`, /^\[Firewall\.managed\] 2 props need mending:\n/],
    ['by the platform', '{ }', /^\[Stack\/Shop\] 'compute' must be given/],
  ])('is refused %s', (_, props, message) => {
    expect(platform(props)).toEqual({ kind: 'refused', message: expect.stringMatching(message) as string });
  });

  test.each([
    ['an error of the language', '{ compute: {}.bind() }', /TypeError/],
    ['an error of CDK', '{ compute: Compute.fargate({ image: new Vpc(stack, "A") && new Vpc(stack, "A") }) }', /There is already a Construct with name 'A'/],
  ])('is bad by %s', (_, props, problem) => {
    expect(platform(props)).toEqual({ kind: 'bad', problem: expect.stringMatching(problem) as string });
  });
});

describe('a template', () => {
  test.each<[string, string, { readonly [name: string]: unknown }, string[]]>([
    ['null', 'AWS::Any', { A: [null] }, ['Stack.Resources.It.Properties.A.0: null']],
    ['no number', 'AWS::Any', { A: 'rate(NaN days)' }, ['Stack.Resources.It.Properties.A: NaN in "rate(NaN days)"']],
    ['a token', 'AWS::Any', { A: '${Token[TOKEN.1]}' }, ['Stack.Resources.It.Properties.A: ${Token[ in "${Token[TOKEN.1]}"']],
    ['no name', 'AWS::Any', { undefined: 1 }, ['Stack.Resources.It.Properties.undefined: no name']],
    ['a long name', 'AWS::CloudWatch::Alarm', { AlarmName: 'a'.repeat(256) }, ['It.AlarmName: 256 characters of 255']],
    ['a long name that is known in part', 'AWS::CloudWatch::Alarm', { AlarmName: { 'Fn::Join': ['', [{ Ref: 'X' }, 'a'.repeat(255)]] } }, ['It.AlarmName: 256 characters of 255']],
    ['an empty name', 'AWS::CloudWatch::Alarm', { AlarmName: '' }, ['It.AlarmName: empty']],
    ['letters that a name may not have', 'AWS::WAFv2::WebACL', { Name: 'ä' }, ['It.Name: letters that it may not have, "ä"']],
    ['a long text within', 'AWS::CloudFront::Function', { FunctionConfig: { Comment: 'a'.repeat(129) } }, ['It.FunctionConfig.Comment: 129 characters of 128']],
    ['a long tag', 'AWS::Any', { Tags: [{ Key: 'a', Value: 'a'.repeat(257) }] }, ['It.Tags: a value of more than 256 characters']],
    ['a board that is no JSON', 'AWS::CloudWatch::Dashboard', { DashboardName: 'a', DashboardBody: { 'Fn::Join': ['', ['{"a":', { Ref: 'X' }, '}']] } }, ['It.DashboardBody: ']],
    ['too much user data', 'AWS::EC2::LaunchTemplate', { LaunchTemplateData: { UserData: { 'Fn::Base64': 'a'.repeat(16_385) } } }, ['It.UserData: 16385 characters of 16384']],
  ])('is not clean with %s', (_, type, properties, problems) => {
    expect(template(type, properties)).toEqual(problems.map(problem => expect.stringContaining(problem) as string));
  });

  test('is clean otherwise: what is known when it is deployed may be anything, and programs say undefined', () => {
    expect([
      ...template('AWS::WAFv2::WebACL', { Name: { Ref: 'Given' } }), ...template('AWS::CloudFront::Function', { FunctionCode: 'undefined' }),
      ...template('AWS::CloudWatch::Dashboard', { DashboardName: 'a', DashboardBody: { 'Fn::Join': ['', ['{"a":"', { Ref: 'X' }, '"}']] } }),
    ]).toEqual([]);
  });
});
