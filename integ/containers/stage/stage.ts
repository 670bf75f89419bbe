import { Database } from './database';
import { Images, trusting } from './images';
import { Network, Place } from './network';
import { SessionStore } from './session-store';
import { Unit } from './unit';
import { Cleanup } from '../engine/cleanup';
import { eventually } from '../engine/command';
import { ContainerEngine } from '../engine/container-engine';
import { Docker } from '../engine/docker';
import { DeclaredWorkload } from '../platform/declared-workload';

/** A session store, as a platform declares it, and two shops that keep their sessions there. */
export interface SessionStage {
  readonly title: string;
  readonly workload: DeclaredWorkload;
  readonly store: SessionStore;
  readonly shops: readonly Unit[];
}

/** Everything that runs for the proof: the database, the session stores and their shops, on a network of their own. */
export class Stage {
  static async set(
    engine: ContainerEngine, images: Images, workload: DeclaredWorkload, nodesWorkload: DeclaredWorkload, cleanup: Cleanup,
  ): Promise<Stage> {
    const network = await Network.create(engine, cleanup);
    const { docker } = network;
    const [database, sessions, nodes, cluster] = await Promise.all([
      Database.start(docker, network.place('database', images.services), workload),
      SessionStore.start(docker, network.place('sessions', images.services), workload),
      SessionStore.start(docker, network.place('nodes', images.services), nodesWorkload),
      startCluster(docker, network.place('cluster', images.services)),
    ]);
    const shopImage = await trusting(docker, images.application, await Promise.all([sessions, nodes].map(each => each.authority())), cleanup);
    const migration = { ...network.place('migration', shopImage), aliases: [], environment: workload.environment };
    // Twice: the second run must leave the database as the first has made it.
    const command = ['sh', '-c', 'php bin/migrate.php && php bin/migrate.php'];
    await docker.runOnce({ ...migration, command });
    const shops = await Promise.all([1, 2].map(number => Unit.start(docker, network.place(`shop-${number}`, shopImage), workload)));
    // The same shop, told of sessions what the other platform says.
    const withNodes = { ...workload, environment: { ...workload.environment, ...sessionVariables(nodesWorkload) } };
    const others = await Promise.all([1, 2].map(number => Unit.start(docker, network.place(`nodes-shop-${number}`, shopImage), withNodes)));
    const newcomer = () => Unit.start(docker, network.place('distrustful-shop', images.application), workload);
    return new Stage(database, sessions, shops, [
      { title: 'a user with rights of its own, as on serverless Valkey', workload, store: sessions, shops },
      { title: 'an AUTH token, as on Valkey nodes', workload: withNodes, store: nodes, shops: others },
    ], cluster, newcomer);
  }

  private constructor(
    readonly database: Database,
    readonly sessions: SessionStore,
    readonly shops: readonly Unit[],
    readonly sessionStages: readonly SessionStage[],
    /** Host of a cluster of three nodes, on ports 7001 to 7003, without TLS or password: no platform makes one. */
    readonly cluster: string,
    /** Starts a shop whose image does not trust the session store's authority. */
    readonly startDistrustfulShop: () => Promise<Unit>,
  ) {}

  /** The shop that answered, by the host name that it gave. */
  shopOf(hostName: string): Unit {
    const found = this.shops.find(shop => shop.hostName === hostName);
    if (found === undefined) throw new Error(`No shop has the host name '${hostName}'`);
    return found;
  }
}

async function startCluster(docker: Docker, place: Place): Promise<string> {
  await docker.start({ ...place, aliases: [place.name], environment: {}, command: ['sh', '/services/cluster.sh'] });
  const isWhole = async () => (await docker.exec(place.name, ['redis-cli', '-p', '7003', 'CLUSTER', 'INFO'])).includes('cluster_state:ok');
  await eventually('The cluster is whole', 60, () => isWhole().catch(() => false));
  return place.name;
}

function sessionVariables({ environment }: DeclaredWorkload): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('SESSION_')));
}
