import { CfnParameter, SecretValue, Stack, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NAME_OF_VARIABLE } from './variables';
import { BindContext, SecretReference } from '../../core';
import { isGiven, Rule, validate } from '../../core/private/validation';
import { IApplicationSecret } from '../application-secret';

/** What takes secrets. */
export interface WithSecrets {
  readonly environment?: { [name: string]: string };
  readonly secrets?: { [name: string]: IApplicationSecret };
}

/** What must hold of secrets before anything is made. */
export const SECRET_RULES: Rule<WithSecrets>[] = [
  ({ secrets }) => {
    const none = Object.entries(secrets ?? {}).filter(([, secret]: [string, Partial<IApplicationSecret>]) => typeof secret?.bind !== 'function');
    return none.length === 0 ? undefined
      : `'secrets' must hold an application secret by each name, got ${none.map(([name, secret]) => `${name} ${isGiven(secret) ? typeof secret : secret}`).join(', ')}: give ApplicationSecret.fromSecretsManager(secret) or ApplicationSecret.generated()`;
  },
  ({ secrets }) => {
    const wrong = Object.keys(secrets ?? {}).filter(name => !NAME_OF_VARIABLE.test(name));
    return wrong.length === 0 ? undefined
      : `'secrets' must be named by letters, digits and underscores, the first no digit, got ${wrong.map(name => JSON.stringify(name)).join(', ')}: give names such as 'API_KEY'`;
  },
  ({ secrets = {}, environment = {} }) => {
    const both = Object.keys(secrets).filter(name => name in environment);
    return both.length === 0 ? undefined
      : `'secrets' and 'environment' must not have one name, got ${both.join(', ')} in both: leave it out of one of them`;
  },
];

/** Binds each secret in a namespace of its own beside the compute, so that another compute receives the same one. */
export function bindSecrets(
  scope: Construct, secrets: { [name: string]: IApplicationSecret }, context: BindContext,
): { [name: string]: SecretReference } {
  const bound = Object.entries(secrets);
  if (bound.length === 0) return {};
  const namespace = new Construct(scope, 'Secrets');
  return Object.fromEntries(bound.map(([name, secret]) => [name, secret.bind(new Construct(namespace, name), context)]));
}

/** Texts that end in the template, by the prop that takes them, such as `environment`. */
export interface PlainTexts {
  readonly [prop: string]: { readonly [name: string]: string } | undefined;
}

const DYNAMIC_REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

/** Refuses secrets where whoever reads the template, the task definition or the user data would read them. */
export function refuseSecretsInClear(scope: Construct, texts: PlainTexts): void {
  validate(scope.node.path, texts, Object.keys(texts).map(prop => ({ [prop]: values = {} }: PlainTexts) => {
    const clear = Object.entries(values).filter(([, value]) => holdsSecret(scope, value)).map(([name]) => name);
    return clear.length === 0 ? undefined
      : `'${prop}' must hold no secret, got one in ${clear.join(', ')}: it would be readable for whoever sees how the units are set up; give it in 'secrets', such as ApplicationSecret.fromSecretsManager(secret, 'field')`;
  }));
}

function holdsSecret(scope: Construct, value: string): boolean {
  if (Tokenization.reverseString(value).tokens.some(token => SecretValue.isSecretValue(token))) return true;
  const resolved = JSON.stringify(Stack.of(scope).resolve(value)) ?? '';
  return DYNAMIC_REFERENCE.test(resolved) || hiddenParameters(scope).some(id => resolved.includes(`{"Ref":${JSON.stringify(id)}}`));
}

/** Parameters of the stack that CloudFormation shows to nobody. */
function hiddenParameters(scope: Construct): string[] {
  const stack = Stack.of(scope);
  return stack.node.findAll()
    .filter((each): each is CfnParameter => each instanceof CfnParameter && each.noEcho)
    .map(({ logicalId }) => stack.resolve(logicalId));
}
