import { IConstruct } from 'constructs';
import { topLevelStack } from './naming';
import { BlockDescription, BlockLink, IDescribable } from '../contract';

/** By HTTPS, as the APIs of AWS are reached. */
export const HTTPS = 443;

/**
 * Which block a description is of. Its id is the path below the stack: the same in each stage and Region, and, as a part that
 * stands in another stack has the platform's ids above it there, unique among the platform's blocks.
 *
 * @param construct what the block is made of
 * @param place where it is in the platform, when it exists already and is not below it
 */
export function identityOf(construct: IConstruct, place: IConstruct = construct): Pick<BlockDescription, 'id' | 'construct'> {
  const ids = place.node.scopes.slice(topLevelStack(place).node.scopes.length).map(({ node }) => node.id);
  return { id: ids.join('/').replace(/(\/Resource)+$/, ''), construct };
}

/** What a workload talks to of the services that it is attached to: those that it reaches on a port, for what they are there for. */
export function linksTo(attachments: IDescribable[]): BlockLink[] {
  return attachments.map(each => each.describe()).flatMap(({ id, port, purpose }) => port === undefined ? [] : [{ to: id, port, why: purpose }]);
}
