import { Cleanup } from '../engine/cleanup';
import { ContainerEngine } from '../engine/container-engine';
import { Docker } from '../engine/docker';
import { DeclaredWorkload } from '../platform/declared-workload';

/** Where a container is put. */
export interface Place {
  readonly name: string;
  readonly image: string;
  readonly network: string;
}

/** A network of the proof's own. What is put on it goes with it. */
export class Network {
  static async create({ docker, networkOptions }: ContainerEngine, cleanup: Cleanup): Promise<Network> {
    const name = `container-proof-${process.pid}`;
    await docker.do(['network', 'create', ...networkOptions, name]);
    cleanup.add('the network', () => docker.do(['network', 'rm', name]));
    return new Network(docker, name, cleanup);
  }

  private constructor(readonly docker: Docker, private readonly name: string, private readonly cleanup: Cleanup) {}

  place(part: string, image: string): Place {
    const name = `${this.name}-${part}`;
    this.cleanup.add(`the container ${name}`, () => this.docker.remove([name]));
    return { name, image, network: this.name };
  }

  /** A volume for each file system that the units share, owned by whom its access point makes of everyone; by the folder. */
  async volumesFor({ sharedFolders }: DeclaredWorkload, image: string): Promise<Record<string, string>> {
    const volumes: Record<string, string> = {};
    for (const [index, { path, owner }] of sharedFolders.entries()) {
      const volume = `${this.name}-shared-${index}`;
      await this.docker.do(['volume', 'create', volume]);
      this.cleanup.add(`the volume ${volume}`, () => this.docker.do(['volume', 'rm', '--force', volume]));
      const place = this.place(`owner-${index}`, image);
      await this.docker.runOnce({ ...place, aliases: [], environment: {}, user: '0', volumes: { [path]: volume }, command: ['chown', owner, path] });
      volumes[path] = volume;
    }
    return volumes;
  }
}
