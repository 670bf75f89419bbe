/**
 * How soon somebody must look. The names are the disambiguators of alarms in cdk-monitoring-constructs: plain text, so that they
 * can be keys of its `add…Alarm` props in every language. A platform refuses another text.
 */
export class Severity {
  /** Users notice it now, or will before anybody comes to work: somebody is woken. */
  public static readonly CRITICAL = 'Critical';
  /** Users notice little of it, or would notice it next: somebody looks in working hours. */
  public static readonly WARNING = 'Warning';

  private constructor() {}
}

/**
 * What customers notice while an alarm is raised. As a custom tag of an alarm (`customTags`) it makes the operations board say
 * so: plain text, too. A platform refuses another text that begins with `symptom`.
 */
export class Symptom {
  /** Customers reach nothing. */
  public static readonly DOWN = 'symptom:down';
  /** Some of what customers do fails. */
  public static readonly FAILING = 'symptom:failing';
  /** Customers wait. */
  public static readonly SLOW = 'symptom:slow';

  private constructor() {}
}
