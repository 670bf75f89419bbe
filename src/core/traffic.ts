import { Duration } from 'aws-cdk-lib';
import { KnownEvent } from './known-event';
import { clash } from './private/time/event-calendar';
import { wholeDuration } from './private/units';
import { between, known, positive, Rule, validate } from './private/validation';

/** Traffic that keeps to one level. */
export interface SteadyTrafficProps {
  /** Requests per second, on average over a busy minute; counted at the application, not at the edge. */
  readonly rps: number;
}

/** Traffic with rare, sharp peaks. */
export interface SpikyTrafficProps {
  /** Requests per second outside of peaks, on average over a busy minute; counted at the application, not at the edge. */
  readonly baselineRps: number;
  /**
   * How many times the base a peak reaches.
   *
   * @default 30
   */
  readonly peakMultiplier?: number;
  /**
   * How fast a peak that nobody announced rises from the base to its top. It decides how much is added at once.
   *
   * @default Duration.minutes(5) - of 125,300 minutes of a public event site in 1998, the steepest rise of 30 times took
   * between 2 and 5
   */
  readonly rampUp?: Duration;
  /**
   * Peaks that are known beforehand: units stand ready when they begin. They must not overlap, lead time included.
   *
   * @default - none is known
   */
  readonly events?: KnownEvent[];
  /**
   * Share of the peak that is ready at all times, 0 to 1. It costs that share of a platform that is sized for its peak all
   * day, and buys time when a peak comes unannounced.
   *
   * @default 0 - what the base needs
   */
  readonly standingHeadroom?: number;
}

const KNOWN_MEND = 'every size is worked out from the traffic, so give a number, not a parameter or an attribute';

const STEADY: Rule<SteadyTrafficProps>[] = [
  known('rps', KNOWN_MEND),
  positive('rps', 'give the requests per second of a busy minute'),
];

const SPIKY: Rule<SpikyTrafficProps>[] = [
  known('baselineRps', KNOWN_MEND),
  known('peakMultiplier', KNOWN_MEND),
  known('standingHeadroom', KNOWN_MEND),
  positive('baselineRps', 'give the requests per second of a busy minute outside of peaks'),
  between('peakMultiplier', 1, Infinity, 'a peak is not below the base; for even traffic use Traffic.steady'),
  ({ rampUp }) => {
    if (rampUp === undefined) return undefined;
    if (rampUp.isUnresolved()) return `'rampUp' must be known at synthesis, got a token: ${KNOWN_MEND}`;
    return rampUp.toMilliseconds({ integral: false }) !== 0 ? undefined
      : '\'rampUp\' must be above 0, got 0 seconds: give the time from the base to the top, such as Duration.minutes(5)';
  },
  props => props.rampUp?.isUnresolved() ? undefined : wholeDuration<SpikyTrafficProps>('rampUp', 'milliseconds', 'give the time from the base to the top, such as Duration.minutes(5)')(props),
  between('standingHeadroom', 0, 1, 'give the share of the peak that is ready at all times: 0 for what the base needs, 1 for the whole peak'),
  ({ events = [] }) => {
    const names = events.map(({ name }) => name);
    const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    return twice.size === 0 ? undefined : `'events' must each have a name of their own, got ${[...twice].join(', ')} more than once: name them apart`;
  },
  ({ events = [] }) => {
    const clashes = pairsOf(events).filter(([one, other]) => clash(one._calendar, other._calendar));
    return clashes.length === 0 ? undefined
      : `'events' must not overlap or touch, lead time included, got ${clashes.map(([one, other]) => `${one.name} with ${other.name}`).join(', ')}: the end of one would take the floor from the other; make them one event, shorten a 'leadTime', or leave the smaller one out`;
  },
];

/** What a traffic consists of. */
interface TrafficValues {
  readonly baselineRps: number;
  readonly peakMultiplier: number;
  readonly rampUp?: Duration;
  readonly events?: KnownEvent[];
  readonly standingHeadroom?: number;
}

/** The traffic that an application is to carry. With what one unit of it carries (`UnitLoad`), every size follows from it. */
export class Traffic {
  /**
   * Traffic that keeps to one level.
   *
   * @param props the level
   * @throws Error when a number is not above 0, or a token
   */
  public static steady(props: SteadyTrafficProps): Traffic {
    validate('Traffic.steady', props, STEADY);
    return new Traffic({ ...props, baselineRps: props.rps, peakMultiplier: 1 });
  }

  /**
   * Traffic with rare, sharp peaks.
   *
   * @param props the base, the height of the peaks, how fast they rise and which are known beforehand
   * @throws Error when a number is not above 0, or a token; when the peak is below the base; when two events overlap
   */
  public static spiky(props: SpikyTrafficProps): Traffic {
    validate('Traffic.spiky', props, SPIKY);
    return new Traffic({ ...props, peakMultiplier: props.peakMultiplier ?? 30, rampUp: props.rampUp ?? Duration.minutes(5) });
  }

  /** Requests per second outside of peaks. */
  public readonly baselineRps: number;
  /** How many times the base the highest peak reaches, events included. */
  public readonly peakMultiplier: number;
  /** How fast a peak rises that nobody announced; steady traffic has none. */
  public readonly rampUp?: Duration;
  /** Peaks that are known beforehand. */
  public readonly events: KnownEvent[];
  /** Share of the peak that is ready at all times, 0 to 1. */
  public readonly standingHeadroom: number;
  private readonly unannouncedMultiplier: number;

  private constructor(values: TrafficValues) {
    this.baselineRps = values.baselineRps;
    this.events = [...values.events ?? []];
    this.unannouncedMultiplier = values.peakMultiplier;
    this.peakMultiplier = Math.max(values.peakMultiplier, ...this.events.map(({ multiplier = 1 }) => multiplier));
    this.rampUp = values.rampUp;
    this.standingHeadroom = values.standingHeadroom ?? 0;
  }

  /** Requests per second at the top of a peak. */
  public get peakRps(): number {
    return this.baselineRps * this.peakMultiplier;
  }

  /**
   * Requests per second at the top of an event.
   *
   * @param event one of the events
   */
  public rpsDuring(event: KnownEvent): number {
    return this.baselineRps * (event.multiplier ?? this.unannouncedMultiplier);
  }
}

function pairsOf<T>(all: T[]): [T, T][] {
  return all.flatMap((one, index) => all.slice(index + 1).map((other): [T, T] => [one, other]));
}
