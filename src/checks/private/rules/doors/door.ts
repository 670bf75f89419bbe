import { Resource } from '../../../../template/private/assembly';
import { mentionedAt } from '../../../../template/private/mentions';
import { Resolver } from '../../../../template/private/resolver';
import { labelOf } from '../findings';

/** A way in from the internet, as far as the first resource that can pass requests on. */
export interface Door {
  /** What somebody has to answer for. */
  readonly door: Resource;
  /** Where requests arrive: a workload, a balancer, an interface. */
  readonly at: Resource;
  /** The path up to there, without it. */
  readonly hops: string[];
}

/** Doors of one resource to whatever it names at some of its paths. */
export function doorsTo(door: Resource, by: Resource, paths: string[], resolver: Resolver, reason: string): Door[] {
  const hops = ['internet', `${labelOf(door)} (${reason})`, ...by === door ? [] : [labelOf(by)]];
  return paths.flatMap(path => mentionedAt(by, path, resolver)).map(at => ({ door, at, hops }));
}
