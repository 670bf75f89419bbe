import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Cleanup } from '../../containers/engine/cleanup';
import { run } from '../../containers/engine/command';
import { AwsClients } from '../../containers/platform/aws';

const ROOT = resolve(__dirname, '..', '..', '..');
const SITE = resolve(ROOT, 'integ', 'apps', 'portal', 'site');
/** The command of the guide for teams. */
const RELEASE = resolve(ROOT, 'examples', 'teams', 'common', 'release.sh');
const TOOLS = resolve(ROOT, '.venv-workflows', 'bin');

/** What a team does with its site: builds it, and releases it by the command of its guide. */
export class SiteTeam {
  static async set(aws: AwsClients, parameter: string, cleanup: Cleanup): Promise<SiteTeam> {
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: SITE, seconds: 120 });
    const folder = mkdtempSync(join(tmpdir(), 'portal-proof-'));
    cleanup.add('the builds', async () => rmSync(folder, { recursive: true, force: true }));
    return new SiteTeam(aws, parameter, folder);
  }

  private constructor(private readonly aws: AwsClients, private readonly parameter: string, private readonly folder: string) {}

  /** Builds the site with the sample's own command; answers with the names of its files. */
  async build(release: string): Promise<string[]> {
    const folder = join(this.folder, release);
    await run('npx', ['vite', 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
      cwd: SITE, environment: { VITE_RELEASE: release }, seconds: 60,
    });
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)).filter(file => statSync(file).isFile());
    return files.map(file => relative(folder, file));
  }

  release(release: string): Promise<Record<string, unknown>> {
    return this.ask(join(this.folder, release), release);
  }

  takeBack(): Promise<Record<string, unknown>> {
    return this.ask('--take-back');
  }

  private async ask(...args: string[]): Promise<Record<string, unknown>> {
    const environment = { ...this.aws.environment, RELEASE_PARAMETER: this.parameter, PATH: `${TOOLS}:${process.env.PATH}` };
    return JSON.parse(await run(RELEASE, args, { environment, seconds: 60 })) as Record<string, unknown>;
  }
}
