import { DefaultTokenResolver, IResolvable, IResolveContext, IPostProcessor, Reference, Stack, StringConcat, Tokenization } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { topLevelStack } from '../../core/private/naming';
import { Rule, validate } from '../../core/private/validation';

/** The stacks that are deployed before a platform's, each with that one. */
const BEFORE = new WeakMap<Stack, Stack>();

/** Says that a stack is deployed before the one of its platform. */
export function deployBefore(stack: Stack, platform: Stack): void {
  BEFORE.set(stack, platform);
}

/**
 * Whatever stands in a stack that is deployed before the platform's can be told nothing that the platform's stack knows, such as a
 * parameter of its template: each would wait for the other.
 *
 * @param scope where it stands; anywhere but in such a stack everything is well
 * @param given what a user gave, by what it is called in messages
 * @throws Error when a value is known to the platform's stack alone
 */
export function requireKnownBefore(scope: Construct, given: { readonly [what: string]: unknown }): void {
  const before = Stack.of(scope);
  const platform = BEFORE.get(before);
  if (platform === undefined) return;
  validate(scope.node.path, given, Object.keys(given).map((what): Rule<typeof given> => () => {
    const known = referencesOf(scope, given[what]).find(({ target }) => topLevelStack(target) === platform);
    return known === undefined ? undefined
      : `${what} must be known before ${platform.node.path} is deployed, got a token of '${known.target.node.path}' there: it stands in ${before.region}, in ${before.node.path}, which is deployed first; give the value itself, or one of a stack that needs nothing of the platform`;
  }));
}

/** The references that a value holds, however deep. */
function referencesOf(scope: Construct, value: unknown): Reference[] {
  const resolver = new Finder();
  Tokenization.resolve(value, { scope, resolver, preparing: true });
  return resolver.found;
}

class Finder extends DefaultTokenResolver {
  public readonly found: Reference[] = [];

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) this.found.push(token);
    return super.resolveToken(token, context, postProcessor);
  }
}
