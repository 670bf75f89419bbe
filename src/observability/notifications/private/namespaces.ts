import { createHash } from 'crypto';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** A new namespace; one of that name may be there already, of another combination in the same place. */
export function freshNamespace(scope: Construct, id: string, count = 1): Construct {
  const name = count === 1 ? id : `${id}${count}`;
  return scope.node.tryFindChild(name) === undefined ? new Construct(scope, name) : freshNamespace(scope, id, count + 1);
}

/** The namespace of that name, which others may be in, too. */
export function sharedNamespace(scope: Construct, id: string): Construct {
  return scope.node.tryFindChild(id) as Construct | undefined ?? new Construct(scope, id);
}

/** An id for what has no name that an id could hold: the same as long as the value is. */
export function idOfValue(scope: Construct, value: string): string {
  return createHash('sha256').update(JSON.stringify(Stack.of(scope).resolve(value))).digest('hex').slice(0, 8);
}
