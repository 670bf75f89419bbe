import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from './progress';
import { RecordedOnly } from './recorded-only';

const ROOT = path.resolve(__dirname, '..', '..');
const HOST = '127.0.0.1';
const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';
const START_SECONDS = 60;
const STOP_SECONDS = 10;

/**
 * The local AWS on one port: a process of its own on the loopback interface, with its log, pid and leftovers in
 * `.local-aws/<port>`, so that two of them can run side by side.
 */
export class LocalAws {
  public readonly folder: string;
  public readonly url: string;
  private launched = false;

  constructor(public readonly port = portFromEnvironment()) {
    this.folder = path.join(ROOT, '.local-aws', String(port));
    this.url = `http://${HOST}:${port}`;
  }

  /** What the AWS CLI, the SDKs and the CDK CLI need to speak to it, and to nothing else. */
  public get environment(): NodeJS.ProcessEnv {
    const { AWS_PROFILE, AWS_SESSION_TOKEN, ...rest } = process.env;
    return {
      ...rest,
      // The literal address makes the SDKs write bucket names into the path.
      AWS_ENDPOINT_URL: this.url,
      AWS_ACCESS_KEY_ID: ACCOUNT,
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      CDK_DEFAULT_ACCOUNT: ACCOUNT,
      CDK_DEFAULT_REGION: REGION,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }

  public async start(): Promise<void> {
    if (await this.answers()) {
      const owner = this.pid() === undefined ? 'by another program' : 'by a local AWS of this project (npx projen emulator:stop)';
      throw new Problem(`Port ${this.port} is taken ${owner}. Free it, or choose another: LOCAL_AWS_PORT=4567`);
    }
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(path.join(this.folder, 'tmp'), { recursive: true });
    const emulator = this.launch();
    this.launched = true;
    writeFileSync(this.pidFile, String(emulator.pid));
    await this.untilHealthy(emulator);
  }

  /** Makes what CDK keeps in every account: templates above 50 KiB travel by its bucket. */
  public bootstrap(...regions: string[]): void {
    const cdk = path.join(ROOT, 'node_modules', '.bin', 'cdk');
    const places = [REGION, ...regions].map(region => `aws://${ACCOUNT}/${region}`);
    const { status, stderr, stdout } = spawnSync(cdk, ['bootstrap', ...places], {
      cwd: this.folder, env: this.environment, encoding: 'utf8',
    });
    if (status !== 0) throw new Problem(`cdk bootstrap failed on the local AWS:\n${stdout}${stderr}`);
  }

  /** Whether this object started the process. */
  public get started(): boolean {
    return this.launched;
  }

  /** Ends the process that this object started, and leaves alone one that somebody else did. */
  public async stopOwn(): Promise<void> {
    if (!this.launched) return;
    this.launched = false;
    await this.stop();
  }

  /** Ends the process on this port, whoever of this project started it; true when there was one. */
  public async stop(): Promise<boolean> {
    const pid = this.pid();
    rmSync(this.pidFile, { force: true });
    if (pid === undefined) return false;
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; waited < STOP_SECONDS * 10 && alive(pid); waited++) await sleep(100);
    if (alive(pid)) process.kill(pid, 'SIGKILL');
    return true;
  }

  /** What the stacks of this run declared of types whose API the emulator lacks. */
  public recordedOnly(): RecordedOnly[] {
    const file = path.join(this.folder, 'recorded-only.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as RecordedOnly[] : [];
  }

  /** All that it holds at this moment: names by service and store, such as `s3.buckets`. */
  public async inventory(): Promise<{ [store: string]: string[] }> {
    const file = path.join(this.folder, 'inventory.json');
    rmSync(file, { force: true });
    const pid = this.pid();
    if (pid === undefined) throw new Problem('The local AWS does not run');
    process.kill(pid, 'SIGUSR1');
    for (let waited = 0; waited < 100 && !existsSync(file); waited++) await sleep(100);
    return JSON.parse(readFileSync(file, 'utf8')) as { [store: string]: string[] };
  }

  public get logFile(): string {
    return path.join(this.folder, 'emulator.log');
  }

  private get pidFile(): string {
    return path.join(this.folder, 'emulator.pid');
  }

  /** The process of the pid file, if it still runs and is the emulator: pids are reused. */
  private pid(): number | undefined {
    if (!existsSync(this.pidFile)) return undefined;
    const pid = Number(readFileSync(this.pidFile, 'utf8'));
    return commandLine(pid).includes('platform_emulator') ? pid : undefined;
  }

  private launch(): ChildProcess {
    const python = path.join(ROOT, '.venv', 'bin', 'python');
    if (!existsSync(python)) throw new Problem('The Python environment is missing: run "npx projen venv" (Python 3.10 or newer)');
    const log = openSync(this.logFile, 'a');
    const emulator = spawn(python, ['-m', 'platform_emulator'], {
      cwd: this.folder, detached: true, stdio: ['ignore', log, log], env: this.serverEnvironment(),
    });
    emulator.unref();
    return emulator;
  }

  private serverEnvironment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      BIND_HOST: HOST,
      GATEWAY_PORT: String(this.port),
      MINISTACK_REGION: REGION,
      // Both would listen on ports of their own.
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      LOCAL_AWS_RUN: this.folder,
      TMPDIR: path.join(this.folder, 'tmp'),
      // What AWS has beside a function's own code: cfnresponse for Python, the SDK for Node.
      PYTHONPATH: [__dirname, path.join(__dirname, 'lambda_modules')].join(path.delimiter),
      NODE_PATH: path.join(ROOT, 'node_modules'),
    };
  }

  private async untilHealthy(emulator: ChildProcess): Promise<void> {
    for (let waited = 0; waited < START_SECONDS * 10; waited++) {
      if (await this.healthy()) return;
      if (emulator.exitCode !== null) break;
      await sleep(100);
    }
    await this.stop();
    throw new Problem(`The local AWS did not start; its log ends with:\n${readFileSync(this.logFile, 'utf8').slice(-2000)}`);
  }

  private async healthy(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/_ministack/health`)).ok;
    } catch {
      return false;
    }
  }

  private answers(): Promise<boolean> {
    return new Promise(resolve => {
      const socket = connect(this.port, HOST);
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false)).once('close', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  }
}

function portFromEnvironment(): number {
  const given = process.env.LOCAL_AWS_PORT ?? '4566';
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1024 || port > 65535) {
    throw new Problem(`LOCAL_AWS_PORT must be a port from 1024 to 65535, got "${given}"`);
  }
  return port;
}

/** Of a running process; slim Linux images have no `ps`, macOS has no /proc. */
function commandLine(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  if (existsSync('/proc/self')) return existsSync(file) ? readFileSync(file, 'utf8') : '';
  return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
