import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { RegisterTargetsCommand, DeregisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { eventually, run } from '../../containers/engine/command';
import { AwsClients } from '../../containers/platform/aws';

const API = resolve(__dirname, '..', '..', 'apps', 'portal', 'api');

/** A unit of the API: a process with the environment that the deployed stack declares, behind the deployed load balancer. */
export class ApiUnit {
  private readonly process: ChildProcess;

  /** @param address on loopback, of its own: the local AWS knows targets by their addresses alone */
  constructor(
    private readonly aws: AwsClients, private readonly targetGroup: string, readonly name: string, private readonly address: string,
    private readonly port: number, environment: NodeJS.ProcessEnv,
  ) {
    this.process = spawn(process.execPath, [join(API, 'server.js')], {
      env: { PATH: process.env.PATH, ...environment, PORT: String(port), HOST: address, UNIT: name }, stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  /** Waits until it is well, and has requests led to it. */
  async register(): Promise<void> {
    await eventually(`${this.name} is well`, 20, () => fetch(`http://${this.address}:${this.port}/healthz`).then(({ ok }) => ok, () => false));
    await this.aws.elasticLoadBalancing.send(new RegisterTargetsCommand(this.target));
  }

  /** As ECS does: no more requests are led to it, then it is asked to end. */
  async stop(): Promise<void> {
    await this.aws.elasticLoadBalancing.send(new DeregisterTargetsCommand(this.target));
    await this.end('SIGTERM');
  }

  /** At once, in the middle of whatever it does; the load balancer finds out by its health check, for which the proof stands in. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
    await this.aws.elasticLoadBalancing.send(new DeregisterTargetsCommand(this.target));
  }

  /** Ends it, if it still runs. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill(signal);
    await ended;
  }

  private get target() {
    return { TargetGroupArn: this.targetGroup, Targets: [{ Id: this.address, Port: this.port }] };
  }
}

/** Installs the sample's packages, and brings the database to its schema. */
export async function prepareApi(environment: NodeJS.ProcessEnv): Promise<void> {
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: API, seconds: 120 });
  await run(process.execPath, [join(API, 'migrate.js')], { environment });
}
