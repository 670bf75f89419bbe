import assert from 'node:assert/strict';
import { DeclaredWorkload } from '../platform/declared-workload';
import { Unit } from '../stage/unit';

/** That units have the environment that the stack declares and nothing else, these of it from Secrets Manager. */
export async function haveDeclaredEnvironment(
  units: readonly Unit[], { environment, secretNames }: DeclaredWorkload, secrets: readonly string[],
): Promise<string> {
  assert.ok(units.length > 1, 'one unit proves little');
  for (const unit of units) assert.deepEqual(await unit.environment(), environment);
  assert.deepEqual(secrets.filter(name => !secretNames.includes(name)), [], 'not secrets');
  return `${Object.keys(environment).length} variables, ${secretNames.length} of them from Secrets Manager`;
}
