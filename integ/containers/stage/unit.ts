import { eventually } from '../engine/command';
import { Docker } from '../engine/docker';
import { DeclaredWorkload } from '../platform/declared-workload';

export interface UnitPlace {
  readonly name: string;
  readonly image: string;
  readonly network: string;
  /** Volumes that stand for file systems, by the folder that they are mounted at. */
  readonly volumes?: Readonly<Record<string, string>>;
}

/** One container of the application, with what is declared of it and nothing else. */
export class Unit {
  /** Creates the container and waits until it is healthy, as the load balancer would. */
  static async start(docker: Docker, place: UnitPlace, workload: DeclaredWorkload): Promise<Unit> {
    const { port, ...declared } = workload;
    const id = await docker.start({ ...declared, ...place, aliases: [place.name], publish: port });
    const unit = new Unit(docker, place.name, id.slice(0, HOST_NAME_LENGTH), port);
    await unit.becomeHealthy();
    return unit;
  }

  private currentAddress = '';

  private constructor(private readonly docker: Docker, readonly name: string, readonly hostName: string, private readonly port: number) {}

  /** Where the container is reached; another one after each start. */
  get address(): string {
    return this.currentAddress;
  }

  async kill(): Promise<void> {
    await this.docker.do(['kill', this.name]);
  }

  /** Starts the container again after it has stopped. */
  async restart(): Promise<void> {
    await this.docker.do(['start', this.name]);
    await this.becomeHealthy();
  }

  /** Asks it to stop as ECS does, and returns its exit code. */
  async stop(secondsToDrain: number): Promise<number> {
    await this.docker.do(['stop', '--time', String(secondsToDrain), this.name]);
    return Number(await this.docker.inspect(this.name, '.State.ExitCode'));
  }

  /** Paths below the folders that `find` selects, as root sees them. */
  async find(folders: readonly string[], expression: readonly string[]): Promise<string[]> {
    const found = await this.docker.do(['exec', '--user', '0', this.name, 'find', ...folders, '-xdev', ...expression]);
    return found.split('\n').filter(path => path !== '');
  }

  /** The content of a file. */
  async read(path: string): Promise<string> {
    return this.docker.exec(this.name, ['cat', path]);
  }

  /** What a shell in it says, as the application's user. */
  async sh(command: string): Promise<string> {
    return this.docker.exec(this.name, ['sh', '-c', command]);
  }

  /**
   * Runs a script of PHP in it as for a page: with the platform's configuration of sessions, and settings that differ. Returns
   * what it printed, errors too.
   */
  async php(script: string, settings: Readonly<Record<string, string>> = {}): Promise<string> {
    const given = Object.entries({ display_errors: 'stderr', log_errors: '0', ...settings }).flatMap(([name, value]) => ['-d', `${name}="${value}"`]);
    const command = ['sh', '-c', 'PHP_INI_SCAN_DIR=:/tmp/conf.d php "$@" 2>&1 || true', 'php', ...given];
    return (await this.docker.exec(this.name, command, `<?php ${script}`)).trim();
  }

  /** Environment given to the container, its image's own apart. */
  async environment(): Promise<Record<string, string>> {
    const given = await this.docker.inspect(this.name, '.Config.Env') as string[];
    const image = await this.docker.inspect(this.name, '.Image') as string;
    const own = await this.docker.inspect(image, '.Config.Env') as string[] | null ?? [];
    return Object.fromEntries(given.filter(entry => !own.includes(entry)).map(entry => {
      const at = entry.indexOf('=');
      return [entry.slice(0, at), entry.slice(at + 1)];
    }));
  }

  /** Size of the image that it runs, in bytes. */
  async imageSize(): Promise<number> {
    return Number(await this.docker.inspect(String(await this.docker.inspect(this.name, '.Image')), '.Size'));
  }

  async mounts(): Promise<unknown[]> {
    return await this.docker.inspect(this.name, '.Mounts') as unknown[];
  }

  /** Files and folders that the container has written since it was created. */
  async written(): Promise<string[]> {
    const changes = await this.docker.do(['diff', this.name]);
    return changes.trimEnd().split('\n').filter(line => line !== '').map(line => line.slice(2));
  }

  async logs(): Promise<string> {
    return this.docker.do(['logs', '--tail', '50', this.name], { withErrors: true });
  }

  private async becomeHealthy(): Promise<void> {
    this.currentAddress = await this.docker.addressOf(this.name, this.port);
    const healthy = async () => (await fetch(`${this.currentAddress}/healthz`, { signal: AbortSignal.timeout(2000) })).ok;
    await eventually(`${this.name} is healthy`, 30, () => healthy().catch(() => false));
  }
}

/** A container's host name is the beginning of its id. */
const HOST_NAME_LENGTH = 12;
