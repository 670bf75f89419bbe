import { request } from 'node:http';
import { Browser, chromium } from 'playwright-core';
import { Cleanup } from '../../containers/engine/cleanup';
import { installIfMissing } from '../../containers/engine/container-engine';

/** What somebody gets who asks the distribution by its own name. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
}

/** Who asks the deployed distribution: by single requests, or in a browser. */
export class Viewer {
  constructor(private readonly endpoint: URL, readonly host: string) {}

  /** A request as it is sent, by HTTPS as the edge is told. */
  ask(path: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: { [name: string]: string }; body?: string } = {}): Promise<Answer> {
    return new Promise((answered, failed) => {
      const asked = request({
        host: this.endpoint.hostname, port: this.endpoint.port, path, method, headers: { 'host': this.host, 'x-forwarded-proto': 'https', ...headers },
      }, answer => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => answered({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString(), headers: answer.headers }));
      });
      asked.on('error', failed);
      asked.end(body);
    });
  }

  /** Debian's Chromium, for which the name of the distribution is on loopback. */
  async browser(cleanup: Cleanup): Promise<Browser> {
    const { CHROMIUM: executablePath = '/usr/bin/chromium' } = process.env;
    if (process.env.CHROMIUM === undefined) await installIfMissing('chromium', 'chromium');
    const browser = await chromium.launch({
      executablePath, args: ['--no-sandbox', `--host-resolver-rules=MAP ${this.host} ${this.endpoint.host}`],
    });
    cleanup.add('the browser', () => browser.close());
    return browser;
  }
}
