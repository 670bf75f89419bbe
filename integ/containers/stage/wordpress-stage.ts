import { Database } from './database';
import { Images, trusting } from './images';
import { Network } from './network';
import { SessionStore } from './session-store';
import { Unit } from './unit';
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
    return new WordPressStage(units);
  }

  private constructor(readonly units: readonly Unit[]) {}

  /** The unit that answered, by the host name that it gave; and the other one. */
  pairOf(hostName: string): { readonly unit: Unit; readonly other: Unit } {
    const unit = this.units.find(each => each.hostName === hostName);
    const other = this.units.find(each => each.hostName !== hostName);
    if (unit === undefined || other === undefined) throw new Error(`No unit has the host name '${hostName}'`);
    return { unit, other };
  }
}
