import { eventually } from '../engine/command';
import { Docker } from '../engine/docker';
import { DeclaredWorkload } from '../platform/declared-workload';

/** MariaDB where the platform says that Aurora MySQL is: same name, port, database, user and password. */
export class Database {
  static async start(docker: Docker, place: { name: string; image: string; network: string }, workload: DeclaredWorkload): Promise<Database> {
    const { DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD } = workload.environment;
    await docker.start({ ...place, aliases: [DB_HOST], environment: { DB_PORT }, command: ['sh', '/services/mariadb.sh'] });
    const database = new Database(docker, place.name, DB_NAME);
    await eventually('MariaDB answers', 60, () => database.run('SELECT 1').then(() => true, () => false));
    await database.run([
      `CREATE DATABASE \`${DB_NAME}\``,
      `CREATE USER ${text(DB_USER)}@'%' IDENTIFIED BY ${text(DB_PASSWORD)}`,
      `GRANT ALL ON \`${DB_NAME}\`.* TO ${text(DB_USER)}@'%'`,
    ].join(';'));
    return database;
  }

  private constructor(private readonly docker: Docker, private readonly container: string, private readonly name: string) {}

  /** Runs statements as the server's administrator, and returns the rows without their heading. */
  run(sql: string): Promise<string> {
    return this.docker.exec(this.container, ['mariadb', '--batch', '--skip-column-names'], sql);
  }

  /** The one number that a query in the shop's database finds. */
  async number(sql: string): Promise<number> {
    const found = (await this.change(sql)).trim();
    if (!/^\d+$/.test(found)) throw new Error(`Not one number but '${found}': ${sql}`);
    return Number(found);
  }

  /** Runs statements in the shop's database. */
  change(sql: string): Promise<string> {
    return this.run(`USE \`${this.name}\`; ${sql}`);
  }
}

function text(value: string): string {
  return `'${value.replace(/[\\']/g, character => `\\${character}`)}'`;
}
