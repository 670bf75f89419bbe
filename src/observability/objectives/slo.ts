import { Duration } from 'aws-cdk-lib';
import { Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { ISlo } from './contract';
import { AGE_RULES, SLO_RULES, THRESHOLD_RULES } from './private/slo-rules';
import { SloCounts } from './slo-counts';
import { AvailabilitySloProps, FreshnessSloProps, LatencySloProps, OwnSloProps, SloOptions } from './slo-props';
import { IRequestIndicators, Symptom } from '../../core';
import { validate } from '../../core/private/validation';

/** Below these, a share of requests says nothing: the load balancer's alarms have the same least traffic. */
const OF_REQUESTS = { minimumTraffic: 20, minimumBad: 5 };
/** Samples of an age come at their pace, whether anybody asks or not. */
const OF_SAMPLES = { minimumTraffic: 1, minimumBad: 1 };

/** Ways to promise something. Alarms and boards follow from it: see `SloMonitoring`. */
export class Slo {
  /**
   * A share of the requests is answered without an error of the service (HTTP 5xx).
   *
   * @param props how much is promised, and over what time
   * @throws Error when a number is out of its range
   */
  public static availability(props: AvailabilitySloProps = {}): ISlo {
    validate('Slo.availability', props, SLO_RULES);
    const { name = 'Availability', objective = 99.9 } = props;
    return {
      ...guarded(props, OF_REQUESTS),
      name,
      objective,
      promise: 'requests are answered without an error',
      symptom: Symptom.FAILING,
      countsOf: indicators => {
        const { requests, failed } = given('Slo.availability', indicators);
        return SloCounts.fromBad(requests, failed);
      },
    };
  }

  /**
   * A share of the requests is answered soon.
   *
   * @param props how much is promised, how soon, and over what time
   * @throws Error when a number is out of its range
   */
  public static latency(props: LatencySloProps = {}): ISlo {
    validate<LatencySloProps>('Slo.latency', props, [...SLO_RULES, ...THRESHOLD_RULES]);
    const { name = 'Latency', objective = 99, threshold = Duration.seconds(1) } = props;
    return {
      ...guarded(props, OF_REQUESTS),
      name,
      objective,
      promise: `requests are answered within ${threshold.toHumanString()}`,
      symptom: Symptom.SLOW,
      countsOf: indicators => {
        const known = given('Slo.latency', indicators);
        return SloCounts.fromGood(known.requests, known.within(threshold));
      },
    };
  }

  /**
   * Data is as new as it should be, for a share of the times at which its age is looked at.
   *
   * @param props the metric of the age, how old is too old, and how much is promised
   * @throws Error when a number is out of its range, or the unit is not one of time
   */
  public static freshness(props: FreshnessSloProps): ISlo {
    validate<FreshnessSloProps>('Slo.freshness', props, [...SLO_RULES, ...THRESHOLD_RULES, ...AGE_RULES]);
    const { age, threshold, name = 'Freshness', objective = 99, ageUnit = Unit.SECONDS } = props;
    const oldest = ageUnit === Unit.SECONDS ? threshold.toSeconds({ integral: false }) : threshold.toMilliseconds();
    const samples = age.with({ statistic: 'SampleCount' });
    // TC(:x): the samples up to x (CloudWatch User Guide, "Statistics definitions", trimmed count).
    const counts = SloCounts.fromGood(samples, age.with({ statistic: `TC(:${oldest})` }));
    return {
      ...guarded(props, OF_SAMPLES),
      name,
      objective,
      promise: `looks at the data find it no older than ${threshold.toHumanString()}`,
      countsOf: () => counts,
    };
  }

  /**
   * A promise whose indicator is your own.
   *
   * @param props what is promised, how much of it, and what it is measured by
   * @throws Error when a number is out of its range, a text is empty, or the symptom is none
   */
  public static of(props: OwnSloProps): ISlo {
    validate('Slo.of', props, SLO_RULES);
    const { name, promise, objective, counts, symptom } = props;
    return { ...guarded(props, OF_REQUESTS), name, promise, objective, symptom, countsOf: () => counts };
  }

  private constructor() {}
}

function guarded({ window, minimumTraffic, minimumBad }: SloOptions, defaults: typeof OF_REQUESTS): Required<SloOptions> {
  return {
    window: window ?? Duration.days(30),
    minimumTraffic: minimumTraffic ?? defaults.minimumTraffic,
    minimumBad: minimumBad ?? defaults.minimumBad,
  };
}

function given(path: string, indicators?: IRequestIndicators): IRequestIndicators {
  if (indicators !== undefined) return indicators;
  throw new Error(`[${path}] 'indicators' must be given, got none: requests are what this objective counts; give SloMonitoring the indicators of what receives them, or use Slo.of with counts of your own`);
}
