import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { IDynamicDashboardFactory } from 'cdk-monitoring-constructs';
import { EnvironmentProfile, IRequestIndicators, ISlo, Severity, SloMonitoring, SloMonitoringProps } from '../../src';
import { PlatformFacade } from '../../src/observability/private/facade';
import { eastStack } from '../support/platform';

const count = (metricName: string, statistic = 'Sum') => new Metric({
  namespace: 'Test', metricName, statistic, dimensionsMap: { Service: 'shop' }, period: Duration.minutes(1),
});

/** What a load balancer would give. */
export const INDICATORS: IRequestIndicators = {
  requests: count('Requests'),
  failed: count('Failed'),
  within: threshold => count('Time', `TC(:${threshold.toSeconds({ integral: false })})`),
};

export const AGE = count('Age', 'Average');

/** A board that nobody looks at. */
const BOARDS: IDynamicDashboardFactory = { addDynamicSegment: () => {}, getDashboard: () => undefined };

export interface Watched {
  readonly stack: Stack;
  readonly facade: PlatformFacade;
  readonly monitoring: SloMonitoring;
  readonly template: Template;
}

export function facadeIn(stack: Stack, profile = EnvironmentProfile.production()): PlatformFacade {
  const [pager, desk] = [new Topic(stack, 'Pager'), new Topic(stack, 'Desk')];
  const topics = { topics: [pager, desk], topicsFor: (severity: string) => [severity === Severity.CRITICAL ? pager : desk] };
  return new PlatformFacade(stack, 'Facade', { profile, topics, alarmNamePrefix: 'Shop', boards: BOARDS });
}

/** One objective, watched. */
export function watched(slo: ISlo, props: Partial<SloMonitoringProps> = {}, profile?: EnvironmentProfile): Watched {
  const stack = eastStack();
  const facade = facadeIn(stack, profile);
  const monitoring = new SloMonitoring(facade, { slo, indicators: INDICATORS, ...props });
  facade.addSegment(monitoring);
  return { stack, facade, monitoring, template: Template.fromStack(stack) };
}

/** What is on a board, as CloudWatch reads it. */
export interface Shown {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly metrics?: unknown[][];
    readonly alarms?: unknown[];
    readonly start?: string;
    readonly setPeriodToTimeRange?: boolean;
    readonly annotations?: unknown;
    readonly view?: string;
  };
}

export function shown({ stack }: Watched, widgets: IWidget[]): Shown[] {
  return stack.resolve(widgets.flatMap(widget => widget.toJson())) as Shown[];
}

/** One part of what an alarm computes. */
export interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly MetricName: string }; readonly Period: number; readonly Stat: string };
}

/** The burn rate as alarms compute it. */
export function guarded(budget: string, traffic = 20, bad = 5): string {
  return `IF(FILL(sloTotal, 0) >= ${traffic} AND FILL(sloBad, 0) >= ${bad}, FILL(sloBad, 0) / FILL(sloTotal, 0) / ${budget}, 0)`;
}
