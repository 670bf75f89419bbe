import { scalableTarget, simulate, steady, stepPolicy, template, trackingPolicy } from './support';
import { Arrivals, SpikeMinute } from '../../src/simulation';

interface Body { [id: string]: unknown }

const ref = (id: string) => ({ Ref: id });
const NEVER_ILL = { application: { healthChecksQueue: false } };
const either = (condition: string, one: unknown, other: unknown) => ({ 'Fn::If': [condition, one, other] });

/** A template whose stage is production unless somebody says otherwise, and whose region only the deployment tells. */
function staged(json: string, more: Body = {}): string {
  return JSON.stringify({
    Parameters: { Stage: { Type: 'String', Default: 'production', AllowedValues: ['development', 'production'] } },
    Conditions: {
      Development: { 'Fn::Equals': [ref('Stage'), 'development'] },
      Production: { 'Fn::And': [{ 'Fn::Not': [{ Condition: 'Development' }] }, { 'Fn::Or': [{ Condition: 'Home' }, { 'Fn::Equals': ['a', 'a'] }] }] },
      Home: { 'Fn::Equals': [ref('AWS::Region'), 'eu-west-1'] },
    },
    Mappings: { Sizes: { development: { count: 1 }, production: { count: 7 } }, Homes: { 'us-east-1': { count: 3 }, 'eu-west-1': { count: 4 } } },
    ...JSON.parse(json) as Body,
    ...more,
  });
}

describe('a condition', () => {
  const unitsOf = (DesiredCount: unknown) => simulate(staged(template({}, { DesiredCount }))).replay(steady(1, 1)).peakUnits;

  test('chooses the branch that the parameters\' defaults choose', () => {
    expect(unitsOf(either('Development', 1, 5))).toBe(5);
    expect(unitsOf(either('Production', 5, 1))).toBe(5);
    expect(unitsOf({ 'Fn::FindInMap': ['Sizes', ref('Stage'), 'count'] })).toBe(7);
    expect(unitsOf(either('Development', 1, ref('AWS::NoValue')))).toBe(1);
  });

  test('leaves out resources, policies among them', () => {
    const conditional = (Condition: string, resources: Body) =>
      Object.fromEntries(Object.entries(resources).map(([id, body]) => [id, { ...body as Body, Condition }]));
    const policies = { ...scalableTarget(), ...trackingPolicy('ECSServiceAverageCPUUtilization', 60), ...stepPolicy() };
    const most = (condition: string) => simulate(staged(template(conditional(condition, policies) as never)), NEVER_ILL)
      .replay(steady(100, 20)).peakUnits;
    expect(most('Production')).toBeGreaterThan(2);
    expect(most('Development')).toBe(2);
    const second = { Old: { Type: 'AWS::ECS::Service', Properties: { LoadBalancers: [{}] }, Condition: 'Development' } };
    expect(() => simulate(template(second as never))).toThrow('must hold one service or group');
    expect(simulate(staged(template(second as never))).notes).not.toContainEqual(expect.stringContaining('Old'));
  });

  test('that only the deployment tells is said, where it matters', () => {
    const unread = { Unread: { Type: 'AWS::SNS::Topic', Properties: {}, Condition: 'Home' } };
    const simulation = simulate(staged(template(unread, { DesiredCount: either('Home', 4, 3) })));
    expect(simulation.notes).toEqual(expect.arrayContaining(["'Service.DesiredCount' is 4 or 3, known only when deployed: 4 is taken"]));
    expect(simulation.notes).not.toContainEqual(expect.stringContaining('Unread'));
    const map = { 'Fn::FindInMap': ['Homes', ref('AWS::Region'), 'count'] };
    expect(simulate(staged(template({}, { DesiredCount: map }))).notes).toContain("'Service.DesiredCount' is 3 or 4, known only when deployed: 3 is taken");
    const scaled = scalableTarget();
    const target = { Scaling: { ...scaled.Scaling, Condition: 'Home' } };
    expect(simulate(staged(template(target))).notes).toContain('Scaling is taken to be there: its condition Home is known only when deployed');
  });

  test('in the steps of a policy, and in the limit of a rule', () => {
    const stepped = (ScalingAdjustment: unknown) =>
      template({ ...scalableTarget(), ...stepPolicy(60, [{ MetricIntervalLowerBound: 0, ScalingAdjustment }]) });
    const rising = Arrivals.csv([...Array<number>(3).fill(1200), ...Array<number>(12).fill(12_000)].join('\n'));
    const steps = (change: unknown) => simulate(staged(stepped(change)), NEVER_ILL).replay(rising).peakUnits;
    expect(steps(either('Development', 0, 400))).toBe(steps(400));
    expect(steps(0)).toBe(2);
    expect(steps(400)).toBeGreaterThan(5);
    const rule = (Limit: unknown) => ({
      Firewall: {
        Type: 'AWS::WAFv2::WebACL',
        Properties: { Rules: [{ Name: 'All', Action: { Block: {} }, Statement: { RateBasedStatement: { AggregateKeyType: 'CONSTANT', Limit } } }] },
      },
    });
    const refused = (Limit: unknown) => simulate(staged(template(rule(Limit)))).replay(steady(20, 20)).failures['refused by the firewall'] ?? 0;
    expect(refused(either('Development', 1e9, 600))).toBeGreaterThan(0.5);
    expect(refused(either('Production', 1e9, 600))).toBe(0);
  });
});

describe('a group of instances', () => {
  const instances = (properties: Body) => JSON.stringify({
    Resources: { Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { MinSize: '1', MaxSize: '20', ...properties } } },
  });

  test('without a policy runs as many as are desired', () => {
    const { peakUnits, timeline } = simulate(instances({ DesiredCapacity: '12' })).replay(steady(20, 3));
    expect(peakUnits).toBe(12);
    expect(timeline.map(({ inService }) => inService)).toEqual([12, 12, 12]);
    expect(simulate(instances({})).replay(steady(20, 3)).peakUnits).toBe(1);
  });

  test.each([instances({ MinSize: '0', MaxSize: '0' }), instances({ MinSize: '0', DesiredCapacity: '0' }), template({}, { DesiredCount: 0 })])(
    'of none fails everything: %#', json => {
      const result = simulate(json).replay(steady(20, 3));
      expect(result.failedShare).toBe(1);
      expect(Object.keys(result.failures)).toEqual(['no unit is in service']);
      expect(result.worstMinuteShare).toBe(1);
      expect(JSON.stringify(result)).not.toContain('null');
    });
});

test('no minute is worse than all of it, when what came before is given up on', () => {
  const counts = [600, 120_000, 120_000, 300, 300, 60, 60, 60];
  const result = simulate(template({}, {}, { HealthCheckTimeoutSeconds: 30 }), { application: { backlogPerUnit: 5000, healthChecksQueue: false } })
    .replay(Arrivals.csv(counts.join('\n')));
  const rates = result.timeline.map(({ requests, failed, slow }: SpikeMinute) => (failed + slow) / requests);
  expect(Math.max(...rates)).toBeGreaterThan(1);
  expect(result.worstMinuteShare).toBeGreaterThan(0.9);
  expect(result.worstMinuteShare).toBeLessThanOrEqual(1);
});

test('tasks on instances are said to find room on them', () => {
  expect(simulate(template({}, { LaunchType: 'EC2' })).notes).toContain(
    'tasks of Service are taken to find room on their instances: the model does not look at those');
  expect(simulate(template()).notes).not.toContainEqual(expect.stringContaining('find room'));
});
