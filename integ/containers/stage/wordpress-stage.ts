import { Database } from './database';
import { Images, trusting } from './images';
import { INSTANCE, Machine } from './machine';
import { Network } from './network';
import { SessionStore } from './session-store';
import { Unit } from './unit';
import { instances, userDataOf } from '../../../test/support/instances';
import { Cleanup } from '../engine/cleanup';
import { ContainerEngine } from '../engine/container-engine';
import { DeclaredWorkload } from '../platform/declared-workload';

/** WordPress in two containers, with the database, the session store and the file system that the platform declares. */
export class WordPressStage {
  static async set(engine: ContainerEngine, images: Images, workload: DeclaredWorkload, cleanup: Cleanup): Promise<WordPressStage> {
    const network = await Network.create(engine, cleanup);
    const { docker } = network;
    const [, sessions] = await Promise.all([
      Database.start(docker, network.place('database', images.services), workload),
      SessionStore.start(docker, network.place('sessions', images.services), workload),
    ]);
    const image = await trusting(docker, images.application, [await sessions.authority()], cleanup);
    const volumes = await network.volumesFor(workload, image);
    const units = await Promise.all([1, 2].map(number => Unit.start(docker, { ...network.place(`wordpress-${number}`, image), volumes }, workload)));
    return new WordPressStage(units, () => startInstance(network, images.application, workload, cleanup));
  }

  private constructor(
    readonly units: readonly Unit[],
    /** Starts the same application on an instance, beside the units: with their variables, and no uploads. */
    readonly anInstance: () => Promise<Machine>,
  ) {}

  /** The unit that answered, by the host name that it gave; and the other one. */
  pairOf(hostName: string): { readonly unit: Unit; readonly other: Unit } {
    const unit = this.units.find(each => each.hostName === hostName);
    const other = this.units.find(each => each.hostName !== hostName);
    if (unit === undefined || other === undefined) throw new Error(`No unit has the host name '${hostName}'`);
    return { unit, other };
  }
}

/** Debian's files as an archive of code has them, which the user data fetches. */
const ARCHIVE = [
  'cp -a /usr/share/wordpress /tmp/code && rm -rf /tmp/code/wp-content && cp -aL /var/lib/wordpress/wp-content /tmp/code/',
  'python3 -c "import shutil; shutil.make_archive(\'/tmp/archive\', \'zip\', \'/tmp/code\')"',
];

async function startInstance(network: Network, application: string, workload: DeclaredWorkload, cleanup: Cleanup): Promise<Machine> {
  const { docker } = network;
  const image = `container-proof/instance:${process.pid}`;
  await docker.build({ tag: image, folder: INSTANCE, base: application });
  cleanup.add('the image of the instance', () => docker.do(['rmi', '--force', image]));
  const { SESSION_PHP_INI, ...environment } = workload.environment;
  const userData = userDataOf(instances({ props: { documentRoot: '.', environment } }));
  const machine = await Machine.start(docker, network.place('instance', image), userData, '{"username":"nobody"}');
  for (const step of ARCHIVE) await machine.sh(step);
  // What it asks the instance's metadata for is refused at once, and not waited for.
  await machine.sh('export http_proxy=http://127.0.0.1:9 no_proxy=127.0.0.1; bash /tmp/user-data > /tmp/output 2>&1 || { tail -n 20 /tmp/output >&2; exit 1; }');
  return machine;
}
