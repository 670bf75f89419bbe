import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { ROOT } from '../contract/support/assembly';
import { templatesOf, withCost } from '../contract/support/cost-passage';
import { SPA_API_VARIANTS } from '../contract/support/spa-api-variants';
import { VARIANTS } from '../contract/support/variants';
import { billOf, BillLine, metricsOf, PRICES, total } from '../support/cloudwatch-bill';
import { once } from '../support/platform';
import { Resource, resources, text } from '../support/template';

/** What CloudWatch takes (CloudWatch User Guide, "CloudWatch service quotas"; API, PutMetricAlarm and "Dashboard body structure"). */
const LIMITS = { widgets: 500, metrics: 2500, metricsOfWidget: 500, alarmsOfWidget: 100, metricsOfAlarm: 10, childrenOfAlarm: 100 };
/** Regions whose templates are those of a platform anywhere else are left out. */
const PLATFORMS = VARIANTS.filter(({ name }) => !name.startsWith('Region unknown'));

interface Widget {
  readonly type: string;
  readonly properties: { readonly title?: string; readonly metrics?: unknown[]; readonly alarms?: unknown[] };
}

/** What is in a board. */
interface Board {
  readonly name: string;
  readonly widgets: Widget[];
}

const platforms = once(() => PLATFORMS.map(variant => ({ name: variant.name, templates: templatesOf(variant) })));

function boardsOf(templates: Template[]): Board[] {
  return allOf(templates, 'AWS::CloudWatch::Dashboard').map(({ Properties: { DashboardName, DashboardBody } }) => ({
    name: text(DashboardName).replace(/^.*-/, ''), widgets: (JSON.parse(withoutReferences(DashboardBody)) as { widgets: Widget[] }).widgets,
  }));
}

/** What is known at deployment only stands within strings. */
function withoutReferences(body: unknown): string {
  if (typeof body === 'string') return body;
  const [, parts] = (body as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  return parts.map(part => typeof part === 'string' ? part : 'T').join('');
}

function allOf(templates: Template[], type: string): Resource[] {
  return templates.flatMap(template => resources(template, type));
}

function metrics(widgets: Widget[]): number {
  return widgets.reduce((sum, { properties }) => sum + (properties.metrics?.length ?? 0), 0);
}

/** What CloudWatch would refuse. */
function tooLarge(templates: Template[]): string[] {
  const over = (what: string, count: number, limit: number) => count <= limit ? [] : [`${what}: ${count}, and CloudWatch takes ${limit}`];
  return [
    ...boardsOf(templates).flatMap(({ name, widgets }) => [
      ...over(`widgets of ${name}`, widgets.length, LIMITS.widgets),
      ...over(`metrics of ${name}`, metrics(widgets), LIMITS.metrics),
      ...widgets.flatMap(({ properties: { title = '', metrics: shown = [], alarms = [] } }) => [
        ...over(`metrics of '${title}' of ${name}`, shown.length, LIMITS.metricsOfWidget),
        ...over(`alarms of '${title}' of ${name}`, alarms.length, LIMITS.alarmsOfWidget),
      ]),
    ]),
    ...allOf(templates, 'AWS::CloudWatch::Alarm').flatMap(alarm => over(`metrics of ${alarm.id}`, metricsOf(alarm), LIMITS.metricsOfAlarm)),
    ...allOf(templates, 'AWS::CloudWatch::CompositeAlarm')
      .flatMap(({ id, Properties }) => over(`alarms of ${id}`, (text(Properties.AlarmRule).match(/ALARM\(/g) ?? []).length, LIMITS.childrenOfAlarm)),
  ];
}

/** One line for each platform: widgets and metrics of each board, alarms, and what they cost. */
function sizes(name: string, templates: Template[]): string {
  const boards = boardsOf(templates).map(({ name: board, widgets }) => `${board} ${widgets.length}/${metrics(widgets)}`).join(', ');
  const alarms = allOf(templates, 'AWS::CloudWatch::Alarm').length;
  const composite = allOf(templates, 'AWS::CloudWatch::CompositeAlarm').length;
  return `${name.padEnd(46)} ${boards.padEnd(64)} ${alarms} + ${composite} alarms, ${usd(total(billOf(templates)))} a month`;
}

function usd(amount: number): string {
  return `${amount.toFixed(2)} USD`;
}

function printed(bill: BillLine[]): string {
  const lines = bill.map(({ what, count, usd: amount }) => `  ${what.padEnd(42)} ${String(count).padStart(5)} ${usd(amount).padStart(12)}`);
  return [...lines, `  ${'sum'.padEnd(42)} ${''.padStart(5)} ${usd(total(bill)).padStart(12)}`].join('\n');
}

describe('boards and alarms', () => {
  test('are of sizes that CloudWatch takes: every platform', () => {
    process.stdout.write('Widgets/metrics of each board, metric alarms + composite alarms, CloudWatch cost:\n');
    platforms().forEach(({ name, templates }) => process.stdout.write(`${sizes(name, templates)}\n`));
    expect(platforms().flatMap(({ name, templates }) => tooLarge(templates).map(each => `${name}: ${each}`))).toEqual([]);
  });

  test('are one for each application and two for each platform, and one more for a migration', () => {
    const twoApplications = SPA_API_VARIANTS.map(({ name }) => name);
    const expected = (name: string) =>
      [...name.startsWith('migration') ? ['Migration'] : [], 'Operations', 'Platform', 'Service', ...twoApplications.includes(name) ? ['Service'] : []];
    expect(platforms().map(({ name, templates }) => [name, boardsOf(templates).map(({ name: board }) => board).sort()]))
      .toEqual(platforms().map(({ name }) => [name, expected(name)]));
  });

  test('cost what they may: the production platform', () => {
    const [{ name, templates }] = platforms();
    const bill = billOf(templates);
    process.stdout.write(`CloudWatch, ${name}, production, a month (us-east-1, 2026; without logs and calls):\n${printed(bill)}\n`);
    expect(bill.find(({ what }) => what === 'boards')).toEqual({ what: 'boards', count: 3, usd: 9 });
    // Room for some alarms more; what doubles it is to be decided.
    expect(total(bill)).toBeLessThan(45);
  });

  test('cost what docs/observability.md says (npx projen contract:record)', () => {
    const page = readFileSync(path.join(ROOT, 'docs', 'observability.md'), 'utf8');
    expect(page).toEqual(withCost(page));
  });
});

describe('the check itself', () => {
  const board = (widgets: Widget[]) => Template.fromJSON({
    Resources: { Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardName: 'Stack-Shop-Service', DashboardBody: JSON.stringify({ widgets }) } } },
  });

  test('tells boards and alarms that are too large', () => {
    const metric = { type: 'metric', properties: { title: 'All', metrics: Array.from({ length: 501 }, () => []) } };
    const alarm = { type: 'alarm', properties: { title: 'Alarms', alarms: Array.from({ length: 101 }, () => '') } };
    expect(tooLarge([board([...Array.from({ length: 500 }, () => metric), alarm])])).toEqual(expect.arrayContaining([
      'widgets of Service: 501, and CloudWatch takes 500',
      'metrics of Service: 250500, and CloudWatch takes 2500',
      'metrics of \'All\' of Service: 501, and CloudWatch takes 500',
      'alarms of \'Alarms\' of Service: 101, and CloudWatch takes 100',
    ]));
  });

  test('bills an alarm by the metrics that it reads, and more below a minute', () => {
    const stat = (name: string, period: number, namespace = 'AWS/EC2') => ({ MetricStat: { Metric: { Namespace: namespace, MetricName: name }, Period: period, Stat: 'Sum' } });
    const bill = billOf([Template.fromJSON({
      Resources: {
        Simple: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization', Period: 300 } },
        Math: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: 'a + b' }, stat('a', 300), stat('b', 300)] } },
        Quick: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'CWAgent', MetricName: 'cpu', Period: 20 } },
        Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'ALARM(a)' } },
        Filter: { Type: 'AWS::Logs::MetricFilter', Properties: { MetricTransformations: [{ MetricNamespace: 'Shop', MetricName: 'Errors' }] } },
        Filtered: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: 'Shop', MetricName: 'Errors', Period: 300 } },
      },
    })]);
    expect(bill).toEqual([
      { what: 'metrics of alarms', count: 4, usd: 4 * PRICES.alarmMetric },
      { what: 'metrics of alarms below a minute', count: 1, usd: PRICES.highResolutionAlarmMetric },
      { what: 'composite alarms', count: 1, usd: PRICES.compositeAlarm },
      { what: 'custom metrics', count: 2, usd: 2 * PRICES.customMetric },
    ]);
    expect(total(bill)).toBeCloseTo(1.8);
  });
});
