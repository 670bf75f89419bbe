import { Severity, Symptom } from '../../severity';
import { Rule } from '../validation';

/** Each severity, the most urgent first. */
export const SEVERITIES = [Severity.CRITICAL, Severity.WARNING];
/** Each symptom, the worst first. */
export const SYMPTOMS = [Symptom.DOWN, Symptom.FAILING, Symptom.SLOW];

/** A tag that is meant to be a symptom, however it is written. */
const MEANT = /^symptoms?\b/i;
const NAMED = '\'symptom:down\', \'symptom:failing\' or \'symptom:slow\'';
const MEND = 'give Symptom.DOWN, Symptom.FAILING or Symptom.SLOW';

/**
 * What is no severity would be told to nobody in particular: text has no compiler that refuses it.
 *
 * @param path of whoever receives it
 * @param severity what a user gave; none is well, where an alarm may have none
 * @param where what it was given for, such as `the alarm 'Orders-None'`
 */
export function mustBeSeverity(path: string, severity: string | undefined, where: string): void {
  if (severity === undefined || SEVERITIES.includes(severity)) return;
  throw new Error(`[${path}] the severity of ${where} must be '${SEVERITIES.join('\' or \'')}', got '${severity}': give Severity.CRITICAL or Severity.WARNING`);
}

/**
 * A tag that is meant to be a symptom, and is none, would be on no operations board.
 *
 * @param path of whoever receives them
 * @param tags what a user gave; all that are not meant to be a symptom are the user's own
 * @param where what they were given for
 */
export function mustBeSymptoms(path: string, tags: string[], where: string): void {
  const wrong = tags.find(tag => MEANT.test(tag) && !SYMPTOMS.includes(tag));
  if (wrong === undefined) return;
  throw new Error(`[${path}] the symptom of ${where} must be ${NAMED}, got '${wrong}': ${MEND}`);
}

/** The symptom in `symptom`, when given, must be one. */
export const SYMPTOM_RULE: Rule<{ readonly symptom?: string }> = ({ symptom }) =>
  symptom === undefined || SYMPTOMS.includes(symptom) ? undefined : `'symptom' must be ${NAMED}, got ${JSON.stringify(symptom)}: ${MEND}, or leave it out`;
