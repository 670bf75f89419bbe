/** Stands for the first part of the launched stack's own id, which has 8 letters and digits. */
const STAND_IN = 'StackGuid';

/**
 * The name of the stack as it is synthesized. Some resources need a name that is unique in the account, and the library
 * begins it with the stack's. Whoever launches a template chooses that name, of any length; so the names begin with a part
 * of the stack's id instead, which is always different and always fits.
 */
export const STACK_NAME = `Web-${STAND_IN}`;

/** Logical ids have no dash, and keep the stand-in. */
const IN_TEXT = new RegExp(`(?<=web-)${STAND_IN}`, 'gi');

/** `arn:aws:cloudformation:<region>:<account>:stack/<name>/<first part>-…` */
const FIRST_PART = {
  'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }],
};

/** A part of a template in which names that begin with the stack's are told apart by the stack's own id. */
export function withLaunchNames(value: unknown): unknown {
  if (typeof value === 'string') return joined(value.split(IN_TEXT));
  if (Array.isArray(value)) return value.map(withLaunchNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withLaunchNames(each)]));
}

function joined(parts: string[]): unknown {
  if (parts.length === 1) return parts[0];
  return { 'Fn::Join': ['', parts.flatMap((part, index) => index === 0 ? [part] : [FIRST_PART, part])] };
}
