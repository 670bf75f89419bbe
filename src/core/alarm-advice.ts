/** How soon somebody must look; the name of each is the disambiguator of its alarms in cdk-monitoring-constructs. */
export enum Severity {
  /** Users notice it now: somebody is woken. */
  CRITICAL = 'Critical',
  /** Users would notice it next, or slowly: somebody looks in working hours. */
  WARNING = 'Warning',
}

/**
 * What customers notice while an alarm is raised, from worst to least. As a custom tag of an alarm (`customTags`) it makes
 * the operations board say so.
 */
export enum Symptom {
  /** Customers reach nothing. */
  DOWN = 'symptom:down',
  /** Some of what customers do fails. */
  FAILING = 'symptom:failing',
  /** Customers wait. */
  SLOW = 'symptom:slow',
}

/** What the person needs to know whom an alarm calls: in its description, in the alarm catalogue, on the boards. */
export interface AlarmAdvice {
  /** What it means, in one sentence. */
  readonly why: string;
  /** What to look at first, in one sentence. */
  readonly firstCheck: string;
  /** The page of the library's runbook, such as `application-cannot-reach-database`. */
  readonly runbook: string;
  /**
   * What customers notice meanwhile.
   *
   * @default - nothing yet: it is a cause, not a symptom
   */
  readonly symptom?: Symptom;
}
