import { Database } from './database';
import { Images, trusting } from './images';
import { SessionStore } from './session-store';
import { Shop } from './shop';
import { Cleanup } from '../engine/cleanup';
import { ContainerEngine } from '../engine/container-engine';
import { DeclaredWorkload } from '../platform/declared-workload';

/** A session store, as a platform declares it, and two shops that keep their sessions there. */
export interface SessionStage {
  readonly title: string;
  readonly workload: DeclaredWorkload;
  readonly store: SessionStore;
  readonly shops: readonly Shop[];
}

/** Everything that runs for the proof: the database, the session stores and their shops, on a network of their own. */
export class Stage {
  static async set(
    engine: ContainerEngine, images: Images, workload: DeclaredWorkload, nodesWorkload: DeclaredWorkload, cleanup: Cleanup,
  ): Promise<Stage> {
    const { docker } = engine;
    const network = `container-proof-${process.pid}`;
    await docker.do(['network', 'create', ...engine.networkOptions, network]);
    cleanup.add('the network', () => docker.do(['network', 'rm', network]));
    const place = (part: string, image: string) => {
      const name = `${network}-${part}`;
      cleanup.add(`the container ${name}`, () => docker.remove([name]));
      return { name, image, network };
    };
    const [database, sessions, nodes] = await Promise.all([
      Database.start(docker, place('database', images.services), workload),
      SessionStore.start(docker, place('sessions', images.services), workload),
      SessionStore.start(docker, place('nodes', images.services), nodesWorkload),
    ]);
    const shopImage = await trusting(docker, images.shop, await Promise.all([sessions, nodes].map(each => each.authority())), cleanup);
    const migration = { ...place('migration', shopImage), aliases: [], environment: workload.environment };
    // Twice: the second run must leave the database as the first has made it.
    const command = ['sh', '-c', 'php bin/migrate.php && php bin/migrate.php'];
    await docker.runOnce({ ...migration, command });
    const shops = await Promise.all([1, 2].map(number => Shop.start(docker, place(`shop-${number}`, shopImage), workload)));
    // The same shop, told of sessions what the other platform says.
    const withNodes = { ...workload, environment: { ...workload.environment, ...sessionVariables(nodesWorkload) } };
    const others = await Promise.all([1, 2].map(number => Shop.start(docker, place(`nodes-shop-${number}`, shopImage), withNodes)));
    const newcomer = () => Shop.start(docker, place('distrustful-shop', images.shop), workload);
    return new Stage(database, sessions, shops, [
      { title: 'a user with rights of its own, as on serverless Valkey', workload, store: sessions, shops },
      { title: 'an AUTH token, as on Valkey nodes', workload: withNodes, store: nodes, shops: others },
    ], newcomer);
  }

  private constructor(
    readonly database: Database,
    readonly sessions: SessionStore,
    readonly shops: readonly Shop[],
    readonly sessionStages: readonly SessionStage[],
    /** Starts a shop whose image does not trust the session store's authority. */
    readonly startDistrustfulShop: () => Promise<Shop>,
  ) {}

  /** The shop that answered, by the host name that it gave. */
  shopOf(hostName: string): Shop {
    const found = this.shops.find(shop => shop.hostName === hostName);
    if (found === undefined) throw new Error(`No shop has the host name '${hostName}'`);
    return found;
  }
}

function sessionVariables({ environment }: DeclaredWorkload): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('SESSION_')));
}
