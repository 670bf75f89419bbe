import { resolve } from 'node:path';
import { Place } from './network';
import { Docker } from '../engine/docker';

/** Folder of the image's Dockerfile. */
export const INSTANCE = resolve(__dirname, '..', 'instance');

const PORT = 8080;

/** A machine for the user data of `Compute.instances`, as far as a container can be one. */
export class Machine {
  /** Its web server, seen from within. */
  static readonly WITHIN = `http://127.0.0.1:${PORT}`;

  /**
   * Starts it, with the user data in `/tmp/user-data`, which has not run yet.
   *
   * @param secret what every secret holds
   */
  static async start(docker: Docker, place: Place, userData: string, secret: string): Promise<Machine> {
    const publish = place.network === 'none' ? undefined : PORT;
    await docker.start({ ...place, aliases: [], environment: {}, command: ['sleep', '900'], publish });
    const machine = new Machine(docker, place.name);
    await machine.write('/tmp/secret.json', JSON.stringify({ SecretString: secret }));
    await machine.write('/tmp/user-data', userData.replace(/\$\{AWS::(\w+)\}/g, '$1'));
    return machine;
  }

  private constructor(private readonly docker: Docker, private readonly id: string) {}

  sh(command: string): Promise<string> {
    return this.docker.exec(this.id, ['bash', '-c', command]);
  }

  async write(file: string, text: string): Promise<void> {
    await this.docker.exec(this.id, ['tee', file], text);
  }

  /** Status, headers and body of an answer. */
  get(path: string, ...options: string[]): Promise<string> {
    return this.sh(`curl --silent --include ${options.map(option => `'${option}'`).join(' ')} '${Machine.WITHIN}${path}'`);
  }

  /** Where it is reached from this machine. */
  address(): Promise<string> {
    return this.docker.addressOf(this.id, PORT);
  }
}
