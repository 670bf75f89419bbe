import { BlockDescription, IDescribable } from '../../src';

/** What a block says of itself in words; the construct that it names is the tree itself. */
export function saidBy(block: IDescribable): Omit<BlockDescription, 'construct'> {
  const { construct, ...said } = block.describe();
  return said;
}
