import { join } from 'node:path';
import { CommandOptions, run } from './command';

export interface BuildProps {
  readonly tag: string;
  /** What may be copied into it; with the Dockerfile at its top. */
  readonly folder: string;
  /** The Dockerfile, where it is elsewhere: its path below the folder. */
  readonly file?: string;
  /** The image to build from. */
  readonly base: string;
}

export interface ContainerProps {
  readonly name: string;
  readonly image: string;
  readonly network: string;
  /** Names by which the network's other containers find this one. */
  readonly aliases: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  /** A port to publish on the loopback address, under a number that the engine picks. */
  readonly publish?: number;
  /** Mounts the container's own file system read-only, as the task definition may ask. */
  readonly readOnly?: boolean;
  /** Folders that stay writable all the same. As on ECS each belongs to root, unless the image has a volume there. */
  readonly writableFolders?: readonly string[];
  /** The user, where it is not the image's. */
  readonly user?: string;
  /** Named volumes, by the folder that they are mounted at. */
  readonly volumes?: Readonly<Record<string, string>>;
}

/** The Docker command line against one engine. */
export class Docker {
  constructor(
    private readonly environment: Readonly<Record<string, string>>,
    private readonly buildOptions: readonly string[] = [],
  ) {}

  do(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return run('docker', args, { ...options, environment: { ...this.environment, ...options.environment } });
  }

  async build(props: BuildProps): Promise<void> {
    const file = props.file === undefined ? [] : ['--file', join(props.folder, props.file)];
    const args = ['build', ...this.buildOptions, '--tag', props.tag, '--build-arg', `BASE=${props.base}`, ...file, props.folder];
    await this.do(args, { seconds: 300 });
  }

  /** Starts a container that keeps running, and returns its id. */
  async start(props: ContainerProps): Promise<string> {
    const declared = await this.inspect(props.image, '.Config.Volumes') as Record<string, unknown> | null ?? {};
    const folders = (props.writableFolders ?? []).filter(folder => declared[folder] === undefined);
    const id = await this.do(['run', '--detach', ...containerArguments({ ...props, writableFolders: folders })], { environment: props.environment });
    return id.trim();
  }

  /** Runs a container to its end and returns what it printed. */
  async runOnce(props: ContainerProps): Promise<string> {
    return this.do(['run', '--rm', ...containerArguments(props)], { environment: props.environment });
  }

  /** Stops and removes containers, whether they run or not. */
  async remove(containers: readonly string[]): Promise<void> {
    if (containers.length > 0) await this.do(['rm', '--force', '--volumes', ...containers]);
  }

  exec(container: string, command: readonly string[], input?: string): Promise<string> {
    return this.do(['exec', '--interactive', container, ...command], { input, seconds: 30 });
  }

  async inspect(subject: string, format: string): Promise<unknown> {
    return JSON.parse(await this.do(['inspect', '--format', `{{json ${format}}}`, subject]));
  }

  /** Where a published port is reached from this machine. */
  async addressOf(container: string, port: number): Promise<string> {
    const [address] = (await this.do(['port', container, `${port}/tcp`])).trim().split('\n');
    return `http://${address}`;
  }
}

/** Names from outside of the network have no answer: whoever asks for one need not wait for it as long as by default. */
const IMPATIENT_RESOLVER = ['--dns-opt', 'timeout:1', '--dns-opt', 'attempts:1'];

/** Environment is given by name only: its values reach the engine without passing through a command line. */
function containerArguments(props: ContainerProps): string[] {
  return [
    '--name', props.name,
    '--network', props.network,
    ...IMPATIENT_RESOLVER,
    ...props.aliases.flatMap(alias => ['--network-alias', alias]),
    ...Object.keys(props.environment).flatMap(name => ['--env', name]),
    ...props.publish === undefined ? [] : ['--publish', `127.0.0.1::${props.publish}`],
    ...props.readOnly ? ['--read-only'] : [],
    ...(props.writableFolders ?? []).flatMap(folder => ['--tmpfs', `${folder}:mode=755`]),
    ...Object.entries(props.volumes ?? {}).flatMap(([folder, volume]) => ['--volume', `${volume}:${folder}`]),
    ...props.user === undefined ? [] : ['--user', props.user],
    props.image,
    ...props.command ?? [],
  ];
}
