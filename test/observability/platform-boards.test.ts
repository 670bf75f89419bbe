import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ComparisonOperator, Dashboard, GraphWidget, Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { ElasticWebPlatform, Severity, Symptom } from '../../src';
import { createBoard } from '../../src/observability/boards/private/boards';
import { Board, boardOf } from '../support/boards';
import { filled } from '../support/filled';
import { ACCOUNT, addPlatform, EAST, eastStack, once } from '../support/platform';
import { resources, text } from '../support/template';

/** Adds alarms of the user's own to a platform that is made. */
function addOwn(platform: ElasticWebPlatform, ...names: string[]): void {
  platform.monitoring.monitorCustom({
    alarmFriendlyName: 'Own',
    metricGroups: [{
      title: 'Orders',
      metrics: names.map(name => ({
        metric: platform.monitoring.createMetricFactory().adaptMetric(new Metric({ namespace: 'Shop', metricName: name })),
        alarmFriendlyName: name,
        addAlarm: {
          [Severity.CRITICAL]: { threshold: 1, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD, customTags: [Symptom.FAILING] },
        },
      })),
    }],
  });
}

const ruleOf = (template: Template, name: string) => text(resources(template, 'AWS::CloudWatch::CompositeAlarm')
  .find(({ Properties }) => Properties.AlarmName === name)!.Properties.AlarmRule);

describe('an alarm that a user adds to a platform', () => {
  const made = once(() => {
    const stack = eastStack();
    const platform = addPlatform(stack);
    addOwn(platform, 'Orders');
    return { platform, template: Template.fromStack(stack) };
  });
  const idOf = () => resources(made().template, 'AWS::CloudWatch::Alarm').find(({ Properties }) => Properties.AlarmName === 'Stack-Shop-Own-Orders-Critical')!.id;

  test('says on the operations board what customers notice', () => {
    expect(ruleOf(made().template, 'Stack-Shop-Customers-Failing')).toContain(`ALARM("\${${idOf()}.Arn}")`);
    expect(ruleOf(made().template, 'Stack-Shop-Customers-Down')).not.toContain(idOf());
  });

  test('is among the alarms of its team, those that wake somebody first', () => {
    const body = boardOf(made().template, 'Service');
    const alarms = /"title":"Alarms","alarms":\[(.*?)\]/.exec(body)![1].split(',');
    expect(alarms).toContain(`"arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:Stack-Shop-Own-Orders-Critical"`);
    const urgent = alarms.map(alarm => alarm.includes('Critical'));
    expect(urgent.lastIndexOf(true)).toBeLessThan(urgent.indexOf(false));
  });

  test('is refused where more than 100 carry one symptom, as one composite alarm has no room for them', () => {
    const stack = eastStack();
    addOwn(addPlatform(stack), ...Array.from({ length: 100 }, (_, index) => `Metric${index}`));
    expect(() => Template.fromStack(stack)).toThrow(
      /\[Stack\/Shop\/Monitoring\/Application\/Symptoms\] 'customTags' may hold 'symptom:failing' for 100 alarms, got \d+: leave it to those that customers notice first/);
  });
});

test('the boards keep to the periods that their titles name', () => {
  const template = Template.fromStack((stack => { addPlatform(stack); return stack; })(eastStack()));
  (['Operations', 'Platform', 'Service'] as Board[]).forEach(board => expect(boardOf(template, board)).toContain('"periodOverride":"inherit"'));
});

describe('a platform outside us-east-1', () => {
  const app = once(() => {
    const stack = new Stack(new App(), 'Stack', { env: { ...EAST, region: 'sa-east-1' } });
    addPlatform(stack);
    const edge = stack.node.root.node.findChild('Stack-edge-alarms') as Stack;
    return { home: Template.fromStack(stack), edge: Template.fromStack(edge) };
  });
  const there = (name: string) => `arn:\${AWS::Partition}:cloudwatch:us-east-1:111111111111:alarm:${name}`.replace('${AWS::Partition}', 'aws');

  test('has the alarms that are there on the board of the team', () => {
    const names = resources(app().edge, 'AWS::CloudWatch::Alarm').map(({ Properties }) => String(Properties.AlarmName));
    expect(names).toEqual(expect.arrayContaining(['Stack-sa-east-1-Shop-Edge-Fault-Rate-Critical', 'Stack-sa-east-1-Shop-Firewall-Blocked-Surge-Warning']));
    filled(names).forEach(name => expect(boardOf(app().home, 'Service')).toContain(there(name)));
  });

  test('reads on the operations board what customers notice, in both Regions, under one name each', () => {
    ['Down', 'Failing', 'Slow'].forEach(symptom => {
      const name = `Stack-sa-east-1-Shop-Ground-${symptom}`;
      [app().home, app().edge].forEach(template => template.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', { AlarmName: name }));
      ['us-east-1', 'sa-east-1'].forEach(region =>
        expect(boardOf(app().home, 'Operations')).toContain(`{"name":"${name}","state":"${symptom.toLowerCase()}","region":"${region}"}`));
    });
    expect(ruleOf(app().edge, 'Stack-sa-east-1-Shop-Ground-Failing')).toContain('EdgeFaultRateCritical');
    expect(ruleOf(app().edge, 'Stack-sa-east-1-Shop-Ground-Slow')).toBe('FALSE');
  });
});

describe('a board that CloudWatch would not take is refused:', () => {
  const metrics = (count: number) => Array.from({ length: count }, (_, index) => new Metric({ namespace: 'Shop', metricName: `Metric${index}`, period: Duration.minutes(1) }));
  const graphs = (count: number, of: number) => Array.from({ length: count }, () => [new GraphWidget({ title: 'Graph', left: metrics(of) })]);

  test.each<[string, (board: Dashboard) => void, string]>([
    ['501 widgets', board => board.addWidgets(...Array.from({ length: 500 }, () => new TextWidget({ markdown: 'x' }))),
      'a board may have 500 widgets, got 501: move segments to a dashboard of your own (new Dashboard)'],
    ['2,520 metrics', board => graphs(6, 420).forEach(row => board.addWidgets(...row)),
      'a board may show 2500 metrics, got 2520: move segments to a dashboard of your own (new Dashboard)'],
    ['501 metrics in a widget', board => graphs(1, 501).forEach(row => board.addWidgets(...row)),
      'a widget may show 500 metrics, \'Graph\' got 501: make two of it'],
  ])('%s', (_, fill, message) => {
    const stack = eastStack();
    fill(createBoard(stack, 'Board', 'Shop', 'Shop'));
    expect(() => Template.fromStack(stack)).toThrow(`[Stack/Board] ${message}`);
  });

  test('not one that it takes', () => {
    const stack = eastStack();
    graphs(5, 500).forEach(row => createBoard(stack, `Board${Math.random()}`, 'Shop', 'Shop').addWidgets(...row));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});
