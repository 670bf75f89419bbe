import { Assembly } from '../../../template/private/assembly';
import { Resolver } from '../../../template/private/resolver';
import { NetworkAcls } from '../network/acls';
import { Routes } from '../network/routes';
import { SecurityGroups } from '../network/security-groups';
import { Workloads } from '../network/workloads';
import { Allowance, Declarations } from '../stores/declarations';
import { Stores } from '../stores/stores';

/** All that the rules read, computed once from the templates. */
export interface Topology {
  readonly assembly: Assembly;
  readonly resolver: Resolver;
  readonly groups: SecurityGroups;
  readonly routes: Routes;
  readonly acls: NetworkAcls;
  readonly workloads: Workloads;
  readonly stores: Stores;
  readonly declarations: Declarations;
}

export function toTopology(assembly: Assembly, allowed: readonly Allowance[]): Topology {
  const resolver = new Resolver(assembly);
  const groups = new SecurityGroups(assembly, resolver);
  return {
    assembly,
    resolver,
    groups,
    routes: new Routes(assembly, resolver),
    acls: new NetworkAcls(assembly, resolver),
    workloads: new Workloads(assembly, resolver, groups),
    stores: new Stores(assembly, resolver, groups),
    declarations: new Declarations(assembly, resolver, groups, allowed),
  };
}
