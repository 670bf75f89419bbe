import { CsvArrivalsProps, RampArrivalsProps, SyntheticArrivalsProps } from './arrivals-props';
import { countsFromCsv } from './private/csv';
import { ramp } from './private/ramp';
import { syntheticCounts } from './private/synthetic';
import { between, known, positive, Rule, validate } from '../core/private/validation';

const KNOWN_MEND = 'the replay runs at synthesis or in a test, so give a number';

const RAMP: Rule<RampArrivalsProps>[] = [
  known('baselineRps', KNOWN_MEND),
  known('peakMultiplier', KNOWN_MEND),
  positive('baselineRps', 'give the requests per second outside of the peak'),
  between('peakMultiplier', 1, Infinity, 'a peak is not below the base'),
];

const CSV: Rule<CsvArrivalsProps>[] = [positive('scale', 'give what every count is multiplied by')];

const SYNTHETIC: Rule<SyntheticArrivalsProps>[] = [
  positive('medianRps', 'give the requests per second of the median minute'),
  between('days', 1, 366, 'give whole days; a year is as long as the model of traffic reaches'),
];

/** Requests over time: what a simulation replays. They count as the edge sees them, for pages rather than files and images. */
export class Arrivals {
  /**
   * A day with one peak.
   *
   * @param props the base, the height and the times of the peak
   * @throws Error when a number is not above 0, or the peak is below the base
   */
  public static ramp(props: RampArrivalsProps): Arrivals {
    validate('Arrivals.ramp', props, RAMP);
    return new Arrivals(ramp(props), 1, props.start ?? aMonday());
  }

  /**
   * Counts of requests per minute.
   *
   * @param text lines with a count, or with a date or the number of a minute and a count, separated by a comma, a
   * semicolon or a tab; a heading may come first. Minutes that are left out had no requests.
   * @param props when it began, and a scale. Default: as the text says
   * @throws Error when a line holds no count, or the lines are not in order
   */
  public static csv(text: string, props: CsvArrivalsProps = {}): Arrivals {
    validate('Arrivals.csv', props, CSV);
    const { counts, start } = countsFromCsv(text);
    return new Arrivals(Float64Array.from(counts, count => count * (props.scale ?? 1) / 60), 60, props.start ?? start ?? aMonday());
  }

  /**
   * Traffic with the statistics of a public event site of 1998 (125,300 counts of one minute): the highest minute is 59
   * times the median and 21 times the mean; the steepest rises are 12, 20, 48 and 54 times in 1, 2, 5 and 10 minutes.
   *
   * @param props the median, the length and the seed
   * @throws Error when the median is not above 0, or the days are not between 1 and 366
   */
  public static synthetic(props: SyntheticArrivalsProps): Arrivals {
    validate('Arrivals.synthetic', props, SYNTHETIC);
    const rates = syntheticCounts(Math.round((props.days ?? 7) * 1440), props.seed ?? 1).map(relative => relative * props.medianRps);
    return new Arrivals(rates, 60, props.start ?? aMonday());
  }

  private constructor(
    private readonly rates: Float64Array,
    private readonly secondsPerRate: number,
    /** The moment at which they begin. */
    public readonly start: Date,
  ) {}

  /** How many seconds they last. */
  public get seconds(): number {
    return this.rates.length * this.secondsPerRate;
  }

  /**
   * Requests per second that are expected in a second.
   *
   * @param second counted from the beginning
   */
  public rateAt(second: number): number {
    return this.rates[Math.floor(second / this.secondsPerRate)];
  }

  /** Requests that are expected in each minute. */
  public get perMinute(): number[] {
    const counts = new Array<number>(Math.ceil(this.seconds / 60)).fill(0);
    for (let second = 0; second < this.seconds; second++) counts[Math.floor(second / 60)] += this.rateAt(second);
    return counts;
  }
}

function aMonday(): Date {
  return new Date(Date.UTC(2027, 0, 4));
}
