/** A list that something is in: of an empty one all that is said would hold. */
export function filled<T>(list: readonly T[]): readonly T[] {
  if (list.length === 0) throw new Error('the list is empty, so that nothing is asserted');
  return list;
}
