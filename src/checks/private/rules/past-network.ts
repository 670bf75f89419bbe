import { openGraphs } from './doors/apis';
import { labelOf, toFinding } from './findings';
import { Topology } from './topology';
import { names } from '../../../template/private/mentions';
import { ReachabilityFinding } from '../../reachability-finding';
import { Store } from '../stores/stores';

const DATA_API = 'Data API';

/** Ways to the data of a closed store that no security group sees. */
export function findWaysPastNetwork(topology: Topology): ReachabilityFinding[] {
  return topology.stores.all.filter(store => topology.declarations.isClosed(store))
    .flatMap(store => [...dataApi(store, topology), ...graphSources(store, topology)]);
}

/** Whoever has the rights may query it over the public endpoint of the Data API. */
function dataApi({ resource, ...store }: Store, { resolver, declarations }: Topology): ReachabilityFinding[] {
  if (resource.type !== 'AWS::RDS::DBCluster' || !resolver.mayBe(resource, 'EnableHttpEndpoint', ['true'])) { return []; }
  return declarations.allows({ resource, ...store }, [DATA_API]) ? []
    : [toFinding('reachability-undeclared-workload', resource, DATA_API, ['whoever may call rds-data', `${DATA_API} (EnableHttpEndpoint true)`])];
}

/** An AppSync API that queries it, by the Data API. */
function graphSources(store: Store, topology: Topology): ReachabilityFinding[] {
  const { assembly, resolver, declarations } = topology;
  return assembly.ofType('AWS::AppSync::DataSource')
    .filter(source => names(source, 'RelationalDatabaseConfig.RdsHttpEndpointConfig.DbClusterIdentifier', store.resource, resolver))
    .filter(source => !declarations.allows(store, [], source))
    .map(source => {
      const open = openGraphs(topology).find(api => names(source, 'ApiId', api, resolver));
      const hops = open === undefined ? [labelOf(source)] : ['internet', `${labelOf(open)} (API_KEY)`, labelOf(source)];
      return toFinding(open === undefined ? 'reachability-undeclared-workload' : 'reachability-internet', store.resource,
        open === undefined ? labelOf(source) : 'internet', hops);
    });
}
