import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Cleanup } from '../../containers/engine/cleanup';
import { run } from '../../containers/engine/command';
import { AwsClients } from '../../containers/platform/aws';

const SITE = resolve(__dirname, '..', '..', 'apps', 'portal', 'site');

/** What a team does with its site: builds it, and asks the platform to release it. */
export class SiteTeam {
  static async set(aws: AwsClients, bucket: string, releaseFunction: string, cleanup: Cleanup): Promise<SiteTeam> {
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: SITE, seconds: 120 });
    const folder = mkdtempSync(join(tmpdir(), 'portal-proof-'));
    cleanup.add('the builds', async () => rmSync(folder, { recursive: true, force: true }));
    return new SiteTeam(aws, bucket, releaseFunction, folder);
  }

  private constructor(
    private readonly aws: AwsClients, private readonly bucket: string, private readonly releaseFunction: string, private readonly folder: string,
  ) {}

  /** Builds the site with the sample's own command, and uploads it; answers with the names of its files. */
  async build(release: string): Promise<string[]> {
    const folder = join(this.folder, release);
    await run('npx', ['vite', 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], {
      cwd: SITE, environment: { VITE_RELEASE: release }, seconds: 60,
    });
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)).filter(file => statSync(file).isFile());
    await Promise.all(files.map(file => this.aws.s3.send(new PutObjectCommand({
      Bucket: this.bucket, Key: `builds/${release}/${relative(folder, file)}`, Body: readFileSync(file),
    }))));
    return files.map(file => relative(folder, file));
  }

  release(release: string): Promise<Record<string, unknown>> {
    return this.ask({ release });
  }

  takeBack(): Promise<Record<string, unknown>> {
    return this.ask({ takeBack: true });
  }

  private async ask(question: object): Promise<Record<string, unknown>> {
    const call = new InvokeCommand({ FunctionName: this.releaseFunction, Payload: JSON.stringify(question) });
    const { Payload, FunctionError } = await this.aws.lambda.send(call);
    const answer = Buffer.from(Payload ?? []).toString();
    if (FunctionError !== undefined) throw new Error(answer);
    return JSON.parse(answer) as Record<string, unknown>;
  }
}
