import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, succeeds } from './command';
import { removeFolder } from './temporary-folder';

/** A Docker engine of the proof's own: everything it has is in one temporary folder, which goes when it stops. */
export class PrivateDaemon {
  static async start(): Promise<PrivateDaemon> {
    const daemon = new PrivateDaemon(mkdtempSync(join(tmpdir(), 'container-proof-')));
    try {
      await eventually('The Docker engine answers', 60, () => daemon.answers());
    } catch (error) {
      const log = readFileSync(join(daemon.folder, 'log'), 'utf8').trimEnd().split('\n').slice(-5).join('\n');
      await daemon.stop();
      throw new Error(`${String(error)}\n${log}`);
    }
    return daemon;
  }

  readonly host: string;
  private readonly process: ChildProcess;

  private constructor(private readonly folder: string) {
    this.host = `unix://${folder}/docker.sock`;
    const log = openSync(join(folder, 'log'), 'w');
    this.process = spawn('dockerd', [
      '--host', this.host,
      '--data-root', join(folder, 'data'),
      '--exec-root', join(folder, 'exec'),
      '--pidfile', join(folder, 'docker.pid'),
      '--default-ulimit', 'nofile=20000:20000',
      // The machine's own firewall and routes stay as they are: containers talk to each other and to loopback alone.
      '--bridge', 'none', '--iptables=false', '--ip6tables=false', '--ip-forward=false', '--ip-masq=false',
      // Detached, so that Ctrl-C does not end the engine before its containers are removed.
    ], { detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
  }

  async stop(): Promise<void> {
    this.process.kill('SIGTERM');
    await eventually('The Docker engine ends', 20, async () => !this.runs()).catch(() => this.process.kill('SIGKILL'));
    await removeFolder(this.folder);
  }

  private runs(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  private async answers(): Promise<boolean> {
    if (!this.runs()) throw new Error('The Docker engine ended while it was starting');
    return succeeds('docker', ['version'], { environment: { DOCKER_HOST: this.host }, seconds: 10 });
  }
}
