/** The steps of a life cycle: a first deploy, another size, another image of the application. */
export const STEPS = ['first', 'resized', 'new-image'] as const;

export type Step = typeof STEPS[number];

/** The variable that says which step a case is to synthesize. */
export const STEP_VARIABLE = 'INTEG_STEP';

/** The step to synthesize; none outside of a life cycle, when the case is deployed once and asked with assertions. */
export function step(): Step | undefined {
  const given = process.env[STEP_VARIABLE];
  if (given === undefined) return undefined;
  const found = STEPS.find(each => each === given);
  if (found === undefined) throw new Error(`${STEP_VARIABLE} must be one of ${STEPS.join(', ')}, got ${given}`);
  return found;
}
