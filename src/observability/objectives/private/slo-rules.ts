import { Duration, Token } from 'aws-cdk-lib';
import { IMetric, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { otherRegion, regionsOf } from '../../../core/private/alarms/region';
import { SYMPTOM_RULE } from '../../../core/private/alarms/spelling';
import { wholeDuration } from '../../../core/private/units';
import { known, matches, Rule, wholeBetween } from '../../../core/private/validation';

/** What every objective has, before its defaults. */
interface Target {
  readonly name?: string;
  readonly promise?: string;
  readonly objective?: number;
  readonly window?: Duration;
  readonly minimumTraffic?: number;
  readonly minimumBad?: number;
  readonly symptom?: string;
}

const KNOWN = 'the thresholds of the alarms are worked out from it, so give a number, not a parameter or an attribute';
/** The slowest alarm looks back 3 days: a window must be twice that and more. The longest period that CloudWatch's console offers is 30 days. */
const [MIN_DAYS, MAX_DAYS] = [7, 30];

/** What must hold of an objective. */
export const SLO_RULES: Rule<Target>[] = [
  known('name', 'alarms are named after it, so give a text, not a parameter or an attribute'),
  matches('name', /^[A-Za-z][A-Za-z0-9-]{0,49}$/, 'must be 1 to 50 letters, digits and dashes that begin with a letter', 'alarms are named after it, so give a short one, such as \'Checkout\''),
  matches('promise', /\S/, 'must not be empty', 'say what is promised, in words that follow "99.9 % of", such as \'orders are confirmed\''),
  known('objective', KNOWN),
  known('minimumTraffic', KNOWN),
  known('minimumBad', KNOWN),
  ({ objective }) => objective === undefined || Token.isUnresolved(objective) || (objective > 0 && objective < 100) ? undefined
    : `'objective' must be above 0 and below 100, got ${objective}: it is in percent, and 100 % would leave no error budget: every failure would break it; give a number such as 99.9`,
  ({ window }) => {
    if (window === undefined) return undefined;
    if (window.isUnresolved()) return `'window' must be known at synthesis, got a token: ${KNOWN}`;
    const days = window.toDays({ integral: false });
    return Number.isInteger(days) && days >= MIN_DAYS && days <= MAX_DAYS ? undefined
      : `'window' must be ${MIN_DAYS} to ${MAX_DAYS} whole days, got ${window.toHumanString()}: the slowest alarm looks back 3 days, nearly half of a shorter window, and the board computes over the window in one period, 30 days at the longest; give Duration.days(30)`;
  },
  wholeBetween('minimumTraffic', 1, Infinity, 'below one there is nothing to judge'),
  wholeBetween('minimumBad', 1, Infinity, 'without anything bad there is nothing to tell'),
  SYMPTOM_RULE,
];

/** What must hold of the objectives of one application. */
export const OBJECTIVES_RULES: Rule<{ readonly objectives: { readonly name: string }[] }>[] = [
  ({ objectives }) => {
    const names = objectives.map(({ name }) => name);
    const twice = new Set(names.filter((name, index) => names.indexOf(name) < index));
    return twice.size === 0 ? undefined
      : `'objectives' must each have a name of their own, got ${[...twice].map(name => JSON.stringify(name)).join(', ')} more than once: alarms are named after it; give all but one another 'name', such as 'Checkout'`;
  },
];

/** Alarms judge the metrics of their own Region alone. */
export function inRegionOf(scope: IConstruct): Rule<{ readonly total: IMetric; readonly bad: IMetric }> {
  return ({ total, bad }) => {
    const region = [total, bad].flatMap(regionsOf).find(each => otherRegion(scope, each) !== undefined);
    return region === undefined ? undefined
      : `'counts' must be of metrics in the Region of the alarms, got one in ${region}: watch the objective in a stack of that Region`;
  };
}

/** What must hold of a threshold of time. */
export const THRESHOLD_RULES: Rule<{ readonly threshold?: Duration }>[] = [
  ({ threshold }) => {
    if (threshold === undefined) return undefined;
    if (threshold.isUnresolved()) return '\'threshold\' must be known at synthesis, got a token: it is part of a statistic\'s name, so give a duration, not a parameter or an attribute';
    return threshold.toMilliseconds({ integral: false }) !== 0 ? undefined : '\'threshold\' must be above 0, got 0 seconds: nothing takes no time; give what users bear, such as Duration.seconds(1)';
  },
  props => props.threshold?.isUnresolved() ? undefined : wholeDuration<{ threshold?: Duration }>('threshold', 'milliseconds', 'CloudWatch measures in milliseconds')(props),
];

/** What must hold of the unit of an age. */
export const AGE_RULES: Rule<{ readonly ageUnit?: Unit }>[] = [
  ({ ageUnit }) => ageUnit === undefined || ageUnit === Unit.SECONDS || ageUnit === Unit.MILLISECONDS ? undefined
    : `'ageUnit' must be Unit.SECONDS or Unit.MILLISECONDS, got ${JSON.stringify(ageUnit)}: an age is a time`,
];
