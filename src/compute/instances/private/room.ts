import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Rule, validate } from '../../../core/private/validation';

/** Characters of user data, before it is encoded (EC2 user guide, "Run commands when you launch an EC2 instance"). */
const MOST = 16 * 1024;

/** Of a name, an ARN or an address that is known at deployment alone: a stack's name is as long at the most (CloudFormation quotas). */
const UNKNOWN = 128;

/** What a user data comes to. */
interface Room {
  readonly total: number;
  /** What the user gave of it, by prop. */
  readonly given: { readonly [prop: string]: number };
}

const RULES: Rule<Room>[] = [
  ({ total, given }) => total <= MOST ? undefined
    : `user data must have at most ${MOST} characters, got ${total}, ${Object.entries(given).map(([prop, length]) => `${length} of '${prop}'`).join(', ')}: `
      + 'keep large settings in a file of the code, and several secrets in the fields of one that the application reads',
];

/** Refuses user data that EC2 would refuse, and names what each part takes of it. */
export function keepRoomInUserData(scope: Construct, script: string, parts: { readonly [prop: string]: string }): void {
  const length = (text: string) => longest(Stack.of(scope).resolve(text));
  validate(scope.node.path, {
    total: length(script),
    given: Object.fromEntries(Object.entries(parts).map(([prop, text]) => [prop, length(text)])),
  }, RULES);
}

/** How long a value of a template may become. */
function longest(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return String(value).length;
  const { 'Fn::Join': join, 'Fn::Base64': encoded } = value as { 'Fn::Join'?: [string, unknown[]]; 'Fn::Base64'?: unknown };
  if (Array.isArray(join?.[1])) return join[1].reduce((sum: number, part) => sum + longest(part) + join[0].length, 0);
  if (encoded !== undefined) return Math.ceil(longest(encoded) / 3) * 4;
  return UNKNOWN;
}
