import { between, known, positive, Rule, validate } from './private/validation';

/** Traffic that keeps to one level. */
export interface SteadyTrafficProps {
  /** Requests per second, on average over a busy minute; counted at the application, not at the edge. */
  readonly rps: number;
  /**
   * Requests per second that one unit (task or instance) answers well; measure it with your application.
   *
   * @default 25 - a 0.5 vCPU PHP task whose requests take 20 ms of CPU each
   */
  readonly requestsPerSecondPerUnit?: number;
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
   * Requests per second that one unit (task or instance) answers well; measure it with your application.
   *
   * @default 25 - a 0.5 vCPU PHP task whose requests take 20 ms of CPU each
   */
  readonly requestsPerSecondPerUnit?: number;
}

const PER_UNIT_MEND = 'give what one task or instance answers within its latency objective, from a load test';

const KNOWN_MEND = 'every size is worked out from the traffic, so give a number, not a parameter or an attribute';

const STEADY: Rule<SteadyTrafficProps>[] = [
  known('rps', KNOWN_MEND),
  known('requestsPerSecondPerUnit', KNOWN_MEND),
  positive('rps', 'give the requests per second of a busy minute'),
  positive('requestsPerSecondPerUnit', PER_UNIT_MEND),
];

const SPIKY: Rule<SpikyTrafficProps>[] = [
  known('baselineRps', KNOWN_MEND),
  known('peakMultiplier', KNOWN_MEND),
  known('requestsPerSecondPerUnit', KNOWN_MEND),
  positive('baselineRps', 'give the requests per second of a busy minute outside of peaks'),
  between('peakMultiplier', 1, Infinity, 'a peak is not below the base; for even traffic use Traffic.steady'),
  positive('requestsPerSecondPerUnit', PER_UNIT_MEND),
];

/** The traffic that a platform is to carry: the only source of its sizes. */
export class Traffic {
  /**
   * Traffic that keeps to one level.
   *
   * @param props the level
   * @throws Error when a number is not above 0, or a token
   */
  public static steady(props: SteadyTrafficProps): Traffic {
    validate('Traffic.steady', props, STEADY);
    return new Traffic(props.rps, 1, props.requestsPerSecondPerUnit ?? 25);
  }

  /**
   * Traffic with rare, sharp peaks.
   *
   * @param props the base and the height of the peaks
   * @throws Error when a number is not above 0, or a token, or the peak is below the base
   */
  public static spiky(props: SpikyTrafficProps): Traffic {
    validate('Traffic.spiky', props, SPIKY);
    return new Traffic(props.baselineRps, props.peakMultiplier ?? 30, props.requestsPerSecondPerUnit ?? 25);
  }

  private constructor(
    /** Requests per second outside of peaks. */
    public readonly baselineRps: number,
    /** How many times the base a peak reaches. */
    public readonly peakMultiplier: number,
    /** Requests per second that one unit answers well. */
    public readonly requestsPerSecondPerUnit: number,
  ) {}

  /** Requests per second at the top of a peak. */
  public get peakRps(): number {
    return this.baselineRps * this.peakMultiplier;
  }
}
