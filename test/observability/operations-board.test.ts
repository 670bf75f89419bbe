import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { EnvironmentProfile, BoardLanguage, Owner, Symptom } from '../../src';
import { OperationsApplication, OperationsBoard, OperationsBoardProps } from '../../src/observability/boards/private/operations-board';
import { HANDLER } from '../../src/observability/boards/private/operations-function';
import { textsIn } from '../../src/observability/boards/private/operations-texts';
import { unacknowledged } from '../contract/support/nag';
import { eastStack, once } from '../support/platform';
import { testRefusals } from '../support/refusals';
import { propertiesOf, resources, text } from '../support/template';

const OWNER = Owner.team({ name: 'Storefront | B2C', contact: 'storefront@example.com', runbook: 'https://wiki.example.com/shop' });

function applications(count: number, alarms = 1): OperationsApplication[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `App ${index}`,
    owner: OWNER,
    alarms: Array.from({ length: alarms }, (__, of) => ({ symptom: Symptom.SLOW, alarmName: `App${index}-Slow${of}` })),
  }));
}

const SHOP: OperationsApplication = {
  name: 'Shop',
  owner: OWNER,
  alarms: [{ symptom: Symptom.DOWN, alarmName: 'Shop-Down' }, { symptom: Symptom.SLOW, alarmName: 'Edge-Slow', region: 'us-east-1' }],
};

function board(props: Partial<OperationsBoardProps> = {}, stack: Stack = eastStack('Stack', { env: { account: '111111111111', region: 'sa-east-1' } })): OperationsBoard {
  return new OperationsBoard(stack, 'Operations', {
    dashboardName: 'Shop-Operations',
    language: BoardLanguage.ENGLISH,
    encryptionKey: new Key(stack, 'Key'),
    profile: EnvironmentProfile.production(),
    applications: [SHOP],
    ...props,
  });
}

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly [name: string]: unknown };
}

const templateOf = (made: OperationsBoard) => Template.fromStack(Stack.of(made));
const widgetsOf = (template: Template) =>
  (JSON.parse(text(propertiesOf(template, 'AWS::CloudWatch::Dashboard').DashboardBody)) as { widgets: Widget[] }).widgets;
const ofType = (template: Template, type: string) => widgetsOf(template).filter(widget => widget.type === type);

describe('the board', () => {
  const template = once(() => templateOf(board()));

  test('heading, lines, contacts, boxes, and what to do', () => {
    const texts = textsIn(BoardLanguage.ENGLISH);
    const widgets = widgetsOf(template());
    expect(widgets.map(({ type, x, y, width, height }) => [type, x, y, width, height])).toEqual([
      ['text', 0, 0, 24, 2], ['custom', 0, 2, 24, 5], ['text', 0, 7, 24, 4], ['alarm', 0, 11, 24, 3], ['text', 0, 14, 12, 7], ['text', 12, 14, 12, 7],
    ]);
    expect(widgets[0].properties.markdown).toBe(texts.heading);
    expect(widgets[1].properties.title).toBe('Our applications');
    expect(widgets[5].properties.markdown).toBe(texts.todo);
    expect(propertiesOf(template(), 'AWS::CloudWatch::Dashboard').DashboardName).toBe('Shop-Operations');
  });

  test('the lines are asked for when the board is renewed, and told all that they say', () => {
    const [{ properties }] = ofType(template(), 'custom');
    const [{ id }] = resources(template(), 'AWS::Lambda::Function');
    expect(properties.endpoint).toBe(`\${${id}.Arn}`);
    expect(properties.updateOn).toEqual({ refresh: true, resize: false, timeRange: false });
    expect(properties.params).toMatchObject({
      language: 'en',
      texts: textsIn(BoardLanguage.ENGLISH),
      applications: [{
        name: 'Shop',
        call: ['Storefront | B2C', 'storefront@example.com', 'At any time'],
        help: 'Open the instructions',
        runbook: 'https://wiki.example.com/shop',
        alarms: [{ name: 'Shop-Down', state: 'down', region: 'sa-east-1' }, { name: 'Edge-Slow', state: 'slow', region: 'us-east-1' }],
      }],
    });
  });

  test('who may not see the lines has the boxes of the same alarms, and whom to call', () => {
    const [{ properties }] = ofType(template(), 'alarm');
    expect(properties).toEqual({
      title: 'Shop: what customers notice now',
      alarms: [
        'arn:aws:cloudwatch:sa-east-1:111111111111:alarm:Shop-Down', 'arn:aws:cloudwatch:us-east-1:111111111111:alarm:Edge-Slow',
      ],
    });
    const rows = (widgetsOf(template())[2].properties.markdown as string).split('\n').slice(3);
    expect(rows).toEqual([
      '| Application | Whom to call | Instructions |',
      '| --- | --- | --- |',
      '| Shop | Storefront \\| B2C, storefront@example.com, At any time | [Open the instructions](https://wiki.example.com/shop) |',
    ]);
  });

  test('speaks Portuguese', () => {
    const portuguese = templateOf(board({ language: BoardLanguage.PORTUGUESE_BRAZIL, applications: [{ name: 'Loja', alarms: [] }] }));
    const texts = textsIn(BoardLanguage.PORTUGUESE_BRAZIL);
    const [heading, lines, contacts, , todo] = widgetsOf(portuguese);
    expect(heading.properties.markdown).toBe(texts.heading);
    expect(lines.properties.params).toMatchObject({
      language: 'pt-BR', texts, applications: [{ name: 'Loja', call: [texts.nobody], help: texts.ask, alarms: [] }],
    });
    expect(contacts.properties.markdown).toContain('| Loja | Nenhuma equipe foi indicada: fale com a supervisão. |  |');
    expect(todo.properties.markdown).toBe(texts.todo);
    expect(ofType(portuguese, 'alarm')).toEqual([]);
  });

  test('grows with the applications, and shows the boxes of each apart', () => {
    const many = templateOf(board({ applications: applications(50, 5) }));
    expect(ofType(many, 'custom').map(({ height }) => height)).toEqual([78]);
    expect(ofType(many, 'text')[1].height).toBe(41);
    expect(ofType(many, 'alarm').map(({ properties }) => (properties.alarms as string[]).length)).toEqual(Array.from({ length: 50 }, () => 5));
  });

  test('knows its own Region only at deployment, where the stack does not say it', () => {
    const template_ = templateOf(board({ applications: applications(1) }, new Stack()));
    expect(ofType(template_, 'custom')[0].properties.params).toMatchObject({ applications: [{ alarms: [{ region: '${AWS::Region}' }] }] });
  });
});

describe('its function', () => {
  const template = once(() => templateOf(board()));

  test('is within the template', () => {
    const { Code, Handler, Runtime, Timeout } = propertiesOf(template(), 'AWS::Lambda::Function');
    expect({ Code, Handler, Timeout }).toEqual({ Code: { ZipFile: HANDLER }, Handler: 'index.handler', Timeout: 40 });
    expect(Runtime).toMatch(/^python3\.\d+$/);
  });

  test('may describe alarms, write its log, and nothing else', () => {
    const { PolicyDocument } = propertiesOf(template(), 'AWS::IAM::ManagedPolicy') as { PolicyDocument: { Statement: { Action: unknown; Resource: unknown }[] } };
    const [{ id: logs }] = resources(template(), 'AWS::Logs::LogGroup');
    expect(PolicyDocument.Statement.map(({ Action, Resource }) => [Action, text(Resource)])).toEqual([
      ['cloudwatch:DescribeAlarms', '*'],
      [['logs:CreateLogStream', 'logs:PutLogEvents'], `\${${logs}.Arn}`],
    ]);
  });

  test.each([
    ['production', EnvironmentProfile.production(), 365, 'RetainExceptOnCreate'],
    ['development', EnvironmentProfile.development(), 7, 'Delete'],
  ] as const)('keeps its log encrypted, as long as the %s profile says', (_, profile, days, policy) => {
    const [log] = resources(templateOf(board({ profile })), 'AWS::Logs::LogGroup');
    expect(text(log.Properties.KmsKeyId)).toMatch(/^\$\{Key.*\.Arn\}$/);
    expect(log.Properties.RetentionInDays).toBe(days);
    expect(log.DeletionPolicy).toBe(policy);
  });

  test('is called by whom it is granted to', () => {
    const made = board();
    made.grantView(new Role(made, 'Watcher', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
    const [{ id }] = resources(templateOf(made), 'AWS::Lambda::Function');
    const { PolicyDocument } = propertiesOf(templateOf(made), 'AWS::IAM::Policy') as { PolicyDocument: { Statement: object[] } };
    expect(PolicyDocument.Statement).toEqual([{ Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { 'Fn::GetAtt': [id, 'Arn'] } }]);
  });

  test('passes cdk-nag', () => {
    const made = board();
    const inBoard = unacknowledged(made.node.root as never).filter(({ path }) => path.startsWith(made.node.path));
    expect(inBoard).toEqual([]);
  });
});

describe('refuses', () => {
  testRefusals([
    ['no application', () => board({ applications: [] }), '[Stack/Operations] \'applications\' must be 1 to 50, got 0: make one board for each group of them'],
    ['too many', () => board({ applications: applications(51) }), '[Stack/Operations] \'applications\' must be 1 to 50, got 51: make one board for each group of them'],
    ['two of one name', () => board({ applications: [SHOP, SHOP] }), '[Stack/Operations] \'applications\' must have names of their own, got "Shop" twice: nobody could tell their lines apart'],
  ]);
});
