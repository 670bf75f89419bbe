import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Compute, ComputeCapacity, FargateDeployment, IFargateDeployment } from '../../src';
import { AlarmProperties, Raised, Recording, replayMinutes } from '../support/alarm-replay';
import { ground } from '../support/blocks';
import { IMAGE, once } from '../support/platform';
import { Watched } from '../support/watched';
import { entry } from '../support/workloads';

const CAPACITY: ComputeCapacity = {
  minUnits: 3, maxUnits: 60, targetRequestsPerMinute: 900, targetCpuPercent: 60, steps: [], scheduledFloors: [], warmPoolUnits: 0,
};

/** The alarm by which ECS takes a deployment back. */
function alarmOf(deployment: IFargateDeployment): AlarmProperties {
  const { stack, scope, context } = ground();
  const workload = Compute.fargate({ image: IMAGE, deployment }).bind(scope, {
    ...context, label: 'Application', subnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, attachments: [], capacity: CAPACITY,
  });
  workload.registerWith(entry(scope, context));
  return new Watched(monitoring => workload.monitorWith(monitoring), stack).alarm('Application-Failed-Answers-Critical') as unknown as AlarmProperties;
}

const rolling = once(() => alarmOf(FargateDeployment.rolling()));
const canary = once(() => alarmOf(FargateDeployment.canary()));

/** What becomes of the requests of a minute. */
interface Minute {
  /** Answered by a unit. */
  readonly '2xx'?: number;
  readonly '3xx'?: number;
  readonly '4xx'?: number;
  readonly '5xx'?: number;
  /** Taken by a unit that never answers: the balancer does, when it has waited a minute, by 504. */
  readonly 'hang'?: number;
  /** Whose connection a unit closes: the balancer answers by 502. */
  readonly 'closed'?: number;
  /** For which there is no unit: the balancer answers by 503. */
  readonly 'unled'?: number;
  /** That no status is counted for: a connection that is upgraded, or left by its client (460). */
  readonly 'silent'?: number;
}

const BEGIN = 10;
const END = 40;

/**
 * A group's series, as AWS counts them ("CloudWatch metrics for your Application Load Balancer"): all for which a unit was chosen are
 * requests, answers are by status, and nothing is told where it is 0.
 */
function seriesOf(id: number, at: (minute: number) => Minute): Recording {
  const counted = (count: (minute: Minute) => number | undefined) => (minute: number) => samples(count(at(minute)) ?? 0);
  return {
    [`requests${id}`]: counted(({ unled, ...led }) => Object.values(led).reduce<number>((sum, count: number) => sum + count, 0)),
    [`well2xx${id}`]: counted(of => of['2xx']),
    [`well3xx${id}`]: counted(of => of['3xx']),
    [`well4xx${id}`]: counted(of => of['4xx']),
  };
}

/** The balancer's series, of all that stands behind it. */
function ofBalancer(...all: ((minute: number) => Minute)[]): Recording {
  const sum = (count: (minute: Minute) => number | undefined, minute: number) => all.reduce((total, at) => total + (count(at(minute)) ?? 0), 0);
  return {
    HTTPCode_Target_5XX_Count: minute => samples(sum(of => of['5xx'], minute)),
    HTTPCode_ELB_5XX_Count: minute => samples(sum(of => (of.closed ?? 0) + (of.unled ?? 0), minute) + sum(of => of.hang, minute - 1)),
  };
}

const samples = (count: number) => count === 0 ? [] : [{ value: count, times: 1 }];
/** What holds before a version that fails, and what then. */
const from = (before: Minute, after: Minute) => (minute: number) => minute < BEGIN ? before : after;
const sinceRelease = (raised: Raised[]) => raised.map(({ from: start }) => start - BEGIN);

/** When a release is taken back, in minutes since it began. */
function takenBack(after: Minute, others: (minute: number) => Minute = () => ({})): number[] {
  const at = from({ '2xx': 500, '3xx': 80, '4xx': 20 }, after);
  return sinceRelease(replayMinutes(rolling(), { ...seriesOf(0, at), ...ofBalancer(at, others) }, END));
}

describe('a version is taken back', () => {
  test.each<[string, Minute, number[]]>([
    ['that answers by errors', { '2xx': 500, '5xx': 100 }, [1]],
    ['that hangs', { hang: 600 }, [2]],
    ['of which some pages hang', { '2xx': 500, 'hang': 100 }, [2]],
    ['that closes connections', { '2xx': 300, 'closed': 300 }, [1]],
    ['that fails in every way, each of which would pass', { '2xx': 560, 'hang': 15, 'closed': 15, '5xx': 15 }, [2]],
  ])('%s', (_, minute, since) => {
    expect(takenBack(minute)).toEqual(since);
  });

  test('of which a canary\'s tenth alone hangs, whichever of the two groups it stands in', () => {
    const [well, hangs] = [from({ '2xx': 600 }, { '2xx': 540 }), from({}, { hang: 60 })];
    [[well, hangs], [hangs, well]].forEach(groups => {
      const recording = { ...seriesOf(0, groups[0]), ...seriesOf(1, groups[1]), ...ofBalancer(...groups) };
      expect(sinceRelease(replayMinutes(canary(), recording, END))).toEqual([2]);
    });
  });
});

describe('a version stays', () => {
  test.each<[string, Minute, ((minute: number) => Minute)?]>([
    ['that is well', { '2xx': 600 }],
    ['whose errors are one in fifty', { '2xx': 588, 'hang': 6, '5xx': 6 }],
    ['that answers by what is wrong with a request, or leads on', { '3xx': 300, '4xx': 300 }],
    ['that upgrades connections, or that clients leave', { '2xx': 300, 'silent': 300 }],
    ['while another application behind the balancer hangs and fails', { '2xx': 600 }, () => ({ 'hang': 300, '5xx': 300 })],
    ['that is asked little', { hang: 19 }],
    ['that has no unit, and nobody is led to: another alarm\'s', { unled: 600 }],
  ])('%s', (_, minute, others) => {
    expect(takenBack(minute, others)).toEqual([]);
  });

  test('whose latest answers have not arrived yet', () => {
    const late = (minute: number): Minute => minute < END - 3 ? { '2xx': 600 } : { silent: 600 };
    expect(replayMinutes(rolling(), { ...seriesOf(0, late), ...ofBalancer(() => ({ '5xx': 2 })) }, END)).toEqual([]);
  });
});

test('an alarm holds no more than the ten metrics that CloudWatch takes, of two groups too, and each is of a dimension that it has', () => {
  type Measured = { readonly MetricName: string; readonly Dimensions: { readonly Name: string }[] };
  const metricsOf = ({ Metrics }: AlarmProperties) =>
    Metrics.flatMap(({ MetricStat }) => MetricStat === undefined ? [] : [MetricStat.Metric as unknown as Measured]);
  expect([rolling(), canary()].map(alarm => metricsOf(alarm).length)).toEqual([6, 10]);
  const byGroup = metricsOf(canary()).filter(({ Dimensions }) => Dimensions.some(({ Name }) => Name === 'TargetGroup'));
  expect([...new Set(byGroup.map(({ MetricName }) => MetricName))].sort())
    .toEqual(['HTTPCode_Target_2XX_Count', 'HTTPCode_Target_3XX_Count', 'HTTPCode_Target_4XX_Count', 'RequestCount']);
});
