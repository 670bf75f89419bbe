import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IAttachable, SecretReference } from '../../../core';
import { Rule, validate } from '../../../core/private/validation';
import { Variables, variablesOf } from '../../../workload/private/attached';
import { WithVariables } from '../../../workload/private/variables';

/** Tells the application where its secrets are: `[{"arn": "…", "variables": {"DB_USER": "username", "TOKEN": null}}]`. */
export const SECRETS_VARIABLE = 'APPLICATION_SECRETS';

/** Names that Lambda keeps for itself (Lambda developer guide, "Defined runtime environment variables"). */
const RESERVED = /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|LAMBDA_\w+|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|XRAY_CONTEXT_MISSING|XRAY_DAEMON_ADDRESS)|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR)$/;
/** Of all names and values together (Lambda quotas, "Environment variables"). */
const MOST_BYTES = 4096;

/** No name may be one that is taken. */
export const RESERVED_NAMES_RULE: Rule<WithVariables> = ({ environment }) => {
  const taken = Object.keys(environment ?? {}).filter(name => name === SECRETS_VARIABLE || RESERVED.test(name));
  return taken.length === 0 ? undefined
    : `'environment' must not have names that are taken, got ${taken.join(', ')}: Lambda sets those of its own, and ${SECRETS_VARIABLE} says where the secrets are; choose other names`;
};

const SIZE_RULES: Rule<{ readonly variables: { [name: string]: string } }>[] = [
  ({ variables }) => {
    const bytes = Object.entries(variables).flat().map(knownBytes).reduce((one, other) => one + other, 0);
    return bytes <= MOST_BYTES ? undefined
      : `'environment' must have at most ${MOST_BYTES} bytes with the platform's own, got ${bytes} and what is known only when it is deployed: Lambda takes no more; keep settings in a file of the code`;
  },
];

/** What a function is told, and what it may read. */
interface FunctionVariables {
  readonly variables: { [name: string]: string };
  readonly secrets: SecretReference[];
}

/** What the function is told, as plain text alone: of each secret its ARN, and which of its fields is which variable. */
export function functionVariables(scope: Construct, attachments: IAttachable[], given: Variables): FunctionVariables {
  const { environment, secrets } = variablesOf(attachments, given);
  const references = Object.values(secrets);
  const variables = { ...environment };
  if (references.length > 0) variables[SECRETS_VARIABLE] = Stack.of(scope).toJsonString(placesOf(scope, secrets));
  validate(scope.node.path, { variables }, SIZE_RULES);
  return { variables, secrets: references };
}

/** Each secret once, however many of its fields are asked for. */
function placesOf(scope: Construct, secrets: { [name: string]: SecretReference }) {
  const places = new Map<string, { arn: string; variables: { [name: string]: string | null } }>();
  for (const [name, { secret: { secretArn: arn }, field = null }] of Object.entries(secrets)) {
    const key = JSON.stringify(Stack.of(scope).resolve(arn));
    const place = places.get(key) ?? { arn, variables: {} };
    place.variables[name] = field;
    places.set(key, place);
  }
  return [...places.values()];
}

/** Without what is known only when it is deployed. */
function knownBytes(value: string): number {
  return Buffer.byteLength(value.replace(/\$\{Token\[[^\]]*\]\}/g, ''));
}
