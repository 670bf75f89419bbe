import { StatefulResource } from './stateful';

/** What became of a recorded resource, in a sentence for each variant and change. */
export function harmfulChanges(recorded: StatefulResource[], present: StatefulResource[]): string[] {
  return [...new Set(recorded.flatMap(before => before.variants.flatMap(variant => {
    const after = present.find(({ path, variants }) => path === before.path && variants.includes(variant));
    return changes(before, after).map(change => `${before.type} ${before.path} (${variant}) ${change}`);
  })))];
}

/** Resources that no variant of the list has yet. */
export function notRecorded(recorded: StatefulResource[], present: StatefulResource[]): string[] {
  return present.flatMap(({ type, path, variants }) => variants
    .filter(variant => !recorded.some(each => each.path === path && each.variants.includes(variant)))
    .map(variant => `${type} ${path} (${variant})`));
}

/** The list with what is new in it; what is recorded stays, so that recording never hides a harmful change. */
export function withNew(recorded: StatefulResource[], present: StatefulResource[]): StatefulResource[] {
  const added = present.map(resource => ({
    ...resource,
    variants: resource.variants.filter(variant => !recorded.some(({ path, variants }) => path === resource.path && variants.includes(variant))),
  }));
  return [...recorded, ...added.filter(({ variants }) => variants.length > 0)].sort((a, b) => a.path.localeCompare(b.path, 'en'));
}

function changes(before: StatefulResource, after: StatefulResource | undefined): string[] {
  if (after === undefined) return ['is gone from the template: its data is deleted, or left behind without an owner'];
  if (after.type !== before.type) return [`became ${after.type}: a new, empty resource`];
  if (after.logicalId !== before.logicalId) return [`has the logical id ${after.logicalId} instead of ${before.logicalId}: a new, empty resource`];
  return [...new Set([...Object.keys(before.fixed), ...Object.keys(after.fixed)])]
    .filter(property => JSON.stringify(before.fixed[property]) !== JSON.stringify(after.fixed[property]))
    .map(property => `is replaced, since ${property} changes from ${JSON.stringify(before.fixed[property])} to ${JSON.stringify(after.fixed[property])}`);
}
