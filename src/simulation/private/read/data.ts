import { Reader } from './reader';
import { vcpusOf } from './vcpus';
import { Resource } from '../../../template/private/assembly';
import { DatabaseSpec, SessionsSpec } from '../system';

/** Four ACU have the memory and about the compute of one vCPU of the families that Aurora runs on (8 GiB; Aurora user guide). */
const ACU_PER_VCPU = 4;
/** GiB of memory of one ACU (Aurora user guide). */
const GIB_PER_ACU = 2;

/** The database that the application writes to: a cluster, or an instance of its own. */
export function readDatabase(reader: Reader): DatabaseSpec | undefined {
  const cluster = reader.ofType('AWS::RDS::DBCluster')[0];
  const instances = reader.ofType('AWS::RDS::DBInstance');
  const writer = cluster === undefined ? instances[0] : instances.find(each => reader.names(each, 'DBClusterIdentifier', cluster));
  const first = cluster ?? writer;
  if (first === undefined) {
    reader.note('there is no database in the template: none slows the units down');
    return undefined;
  }
  if (reader.ofType('AWS::RDS::DBCluster').length > 1) reader.note(`of several databases ${first.logicalId} is replayed`);
  const capacity = capacityOf(reader, cluster, writer);
  const engine = reader.text(first, 'Engine') ?? 'mysql';
  const connections = connectionsOf(engine, capacity.maxAcu * GIB_PER_ACU);
  const proxy = reader.ofType('AWS::RDS::DBProxyTargetGroup')[0];
  const percent = proxy && (reader.number(proxy, 'ConnectionPoolConfigurationInfo.MaxConnectionsPercent') ?? 100);
  return { ...capacity, connections, proxyShare: percent === undefined ? undefined : percent / 100 };
}

function capacityOf(reader: Reader, cluster: Resource | undefined, writer: Resource | undefined): { minAcu: number; maxAcu: number } {
  const instanceClass = writer && reader.text(writer, 'DBInstanceClass');
  if (cluster !== undefined && (instanceClass === undefined || instanceClass === 'db.serverless')) {
    const range = 'ServerlessV2ScalingConfiguration';
    const maxAcu = reader.number(cluster, `${range}.MaxCapacity`) ?? 1;
    return { minAcu: reader.number(cluster, `${range}.MinCapacity`) ?? 0.5, maxAcu };
  }
  const acu = vcpusOf(instanceClass ?? 'db.t4g.medium') * ACU_PER_VCPU;
  reader.note(`${instanceClass} is taken for ${acu} ACU`);
  return { minAcu: acu, maxAcu: acu };
}

/** `max_connections` of the default parameter groups, in their formulas (RDS and Aurora user guides). */
function connectionsOf(engine: string, gib: number): number {
  const bytes = gib * 2 ** 30;
  if (engine.includes('postgres')) return Math.min(5000, Math.floor(bytes / 9_531_392));
  if (engine === 'aurora-mysql') {
    const log = (per: number) => Math.log2(bytes / per);
    return Math.floor(Math.max(log(805_306_368) * 45, log(8_187_281_408) * 1000));
  }
  return Math.floor(bytes / 12_582_880);
}

/** The session store, when it is a serverless cache; nodes are taken to be large enough. */
export function readSessions(reader: Reader): SessionsSpec | undefined {
  const cache = reader.ofType('AWS::ElastiCache::ServerlessCache')[0];
  if (cache === undefined) return undefined;
  return {
    minEcpu: reader.number(cache, 'CacheUsageLimits.ECPUPerSecond.Minimum') ?? 0,
    maxEcpu: reader.number(cache, 'CacheUsageLimits.ECPUPerSecond.Maximum') ?? Infinity,
  };
}
