/** What the person needs to know whom an alarm calls: in its description, in the alarm catalogue, on the boards. */
export interface AlarmAdvice {
  /** What it means, in one sentence. */
  readonly why: string;
  /** What to look at first, in one sentence. */
  readonly firstCheck: string;
  /** The page of the library's runbook, such as `application-cannot-reach-database`. */
  readonly runbook: string;
  /** What customers notice meanwhile, one of `Symptom`; without it, it is a cause, not a symptom. */
  readonly symptom?: string;
}

/** Where the library's runbook pages are read. */
const RUNBOOKS = 'https://github.com/cdk-platform-patterns/cdk-platform-patterns/blob/main/docs/runbooks';

/** An alarm's texts and tags, for every alarm of cdk-monitoring-constructs: `{ maxUsagePercent: 80, ...withAdvice(BUSY) }`. */
export interface AdvisedThreshold {
  readonly alarmDescriptionOverride: string;
  readonly documentationLink: string;
  readonly customTags: string[];
  readonly customParams: { readonly advice: AlarmAdvice };
}

/**
 * What an alarm says of itself. The facade of a platform adds the owner's runbook, the owner and how to reach them.
 *
 * @param advice what it means, what to look at first, and the page of the runbook
 * @param tags more tags to find the alarm by
 */
export function withAdvice(advice: AlarmAdvice, ...tags: string[]): AdvisedThreshold {
  return {
    alarmDescriptionOverride: `${advice.why} First check: ${advice.firstCheck}`,
    documentationLink: `${RUNBOOKS}/${advice.runbook}.md`,
    customTags: [...advice.symptom === undefined ? [] : [advice.symptom], ...tags],
    customParams: { advice },
  };
}
