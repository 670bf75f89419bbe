import { eventually } from '../engine/command';
import { Docker } from '../engine/docker';
import { DeclaredWorkload } from '../platform/declared-workload';

/** Redis where the platform says that Valkey is: same name, port, user, password and permissions, by TLS. */
export class SessionStore {
  static async start(docker: Docker, place: { name: string; image: string; network: string }, workload: DeclaredWorkload): Promise<SessionStore> {
    const { SESSION_HOST, SESSION_PORT, SESSION_USER, SESSION_PASSWORD } = workload.environment;
    const environment = { SESSION_HOST, SESSION_PORT, SESSION_USER, SESSION_PASSWORD, SESSION_ACCESS: workload.sessionAccess };
    await docker.start({ ...place, aliases: [SESSION_HOST], environment, command: ['sh', '/services/redis.sh'] });
    const store = new SessionStore(docker, place.name);
    await eventually('Redis answers', 30, () => store.command(['PING']).then(answer => answer.trim() === 'PONG', () => false));
    return store;
  }

  private constructor(private readonly docker: Docker, readonly container: string) {}

  /** Runs a command as whoever looks after the store. */
  async look(words: readonly string[]): Promise<string> {
    const connect = 'REDISCLI_AUTH="$(cat /tls/keeper)" redis-cli -s /tls/redis.sock --user keeper "$@"';
    return (await this.docker.exec(this.container, ['sh', '-c', connect, 'redis-cli', ...words])).trim();
  }

  /** The node dies. Another takes its place by itself, with nothing in it. */
  async kill(): Promise<void> {
    await this.look(['SHUTDOWN', 'NOSAVE']).catch(() => undefined);
  }

  /** Waits for the node that takes the place of one that died. */
  async isBack(): Promise<void> {
    await eventually('Another node answers', 30, () => this.command(['PING']).then(answer => answer.trim() === 'PONG', () => false));
  }

  /** Runs a command as the declared user, by TLS. */
  command(words: readonly string[]): Promise<string> {
    const connect = 'redis-cli --tls --cacert /tls/ca.crt -h "$SESSION_HOST" -p "$SESSION_PORT" --user "$SESSION_USER"';
    return this.docker.exec(this.container, ['sh', '-c', `REDISCLI_AUTH="$SESSION_PASSWORD" ${connect} "$@"`, 'redis-cli', ...words]);
  }

  /** The certificate of the authority that signed the store's. */
  authority(): Promise<string> {
    return this.docker.exec(this.container, ['cat', '/tls/ca.crt']);
  }

  /** Opens a connection without TLS to a port of the store, from its own container, and returns what comes back. */
  async speakPlainly(): Promise<string> {
    const ping = 'redis-cli -h "$SESSION_HOST" -p "$SESSION_PORT" PING 2>&1; exit 0';
    return this.docker.exec(this.container, ['sh', '-c', ping]);
  }

  /** The TCP ports that anything in the store's container listens on, its embedded name server apart. */
  async listeningPorts(): Promise<number[]> {
    const sockets = await this.docker.exec(this.container, ['cat', '/proc/net/tcp', '/proc/net/tcp6']);
    const listening = sockets.split('\n').map(line => line.trim().split(/\s+/))
      .filter(([, local, , state]) => state === LISTEN && local !== undefined && !local.startsWith(NAME_SERVER))
      .map(([, local]) => parseInt(local.split(':')[1], 16));
    return [...new Set(listening)];
  }
}

/** Of /proc/net/tcp: the state of a listening socket, and 127.0.0.11, where Docker answers names. */
const LISTEN = '0A';
const NAME_SERVER = '0B00007F';
