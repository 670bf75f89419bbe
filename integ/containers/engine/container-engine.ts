import { existsSync } from 'node:fs';
import { Cleanup } from './cleanup';
import { run, succeeds } from './command';
import { Docker } from './docker';
import { PrivateDaemon } from './private-daemon';

/** Neither a running Docker nor one of our own can be had here; the message says why. */
export class NoContainerEngine extends Error {}

export interface ContainerEngine {
  readonly docker: Docker;
  readonly description: string;
  /** What `docker network create` needs here. */
  readonly networkOptions: readonly string[];
  /** Whether the engine may have images from a registry. Ours has no need of one. */
  readonly pulls: boolean;
}

/** The Docker that runs here; or else, on a Debian as root, one that is started for the proof and stopped after it. */
export async function obtainEngine(cleanup: Cleanup): Promise<ContainerEngine> {
  // The server's version, since `docker info` of some releases succeeds without a server.
  if (await succeeds('docker', ['version', '--format', '{{.Server.Version}}'], { seconds: 20 })) {
    return { docker: new Docker({}), description: 'the Docker that runs here', networkOptions: [], pulls: true };
  }
  if (!existsSync('/etc/debian_version')) throw new NoContainerEngine('no Docker runs here, and this is not a Debian');
  if (process.getuid?.() !== 0) throw new NoContainerEngine('no Docker runs here, and only root can start one');
  await installIfMissing('dockerd', 'docker.io');
  return startOwnEngine(cleanup);
}

async function startOwnEngine(cleanup: Cleanup): Promise<ContainerEngine> {
  const daemon = await PrivateDaemon.start();
  cleanup.add('the Docker engine', () => daemon.stop());
  // Linux takes 15 characters for the name of an interface.
  const bridge = `proof${process.pid}`;
  await allowWithin(bridge, cleanup);
  return {
    // The old builder needs no plugin, and builds have the machine's network since the engine has none to the outside.
    docker: new Docker({ DOCKER_HOST: daemon.host, DOCKER_BUILDKIT: '0' }, ['--network', 'host', '--force-rm']),
    description: 'a Docker engine started for this proof',
    networkOptions: ['--opt', `com.docker.network.bridge.name=${bridge}`],
    pulls: false,
  };
}

/** Lets containers of the bridge reach each other, even where a Docker that ran before has left a firewall that forwards nothing. */
async function allowWithin(bridge: string, cleanup: Cleanup): Promise<void> {
  const rule = ['FORWARD', '--in-interface', bridge, '--out-interface', bridge, '--jump', 'ACCEPT'];
  await run('iptables', ['--wait', '--insert', ...rule]);
  cleanup.add('the firewall rule', () => run('iptables', ['--wait', '--delete', ...rule]));
}

/** Installs a Debian package unless the program that it brings is there. */
export async function installIfMissing(program: string, debianPackage: string): Promise<void> {
  if (await succeeds('which', [program])) return;
  console.log(`  installing ${debianPackage}`);
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { seconds: 120 });
  await run('apt-get', ['install', '--yes', '--no-install-recommends', debianPackage], { environment, seconds: 300 });
}
