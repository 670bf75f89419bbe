import { COMES_FROM } from '../platform/edge-stand-in';
import { ask, WebRequest } from '../web';

export interface Page {
  readonly status: number;
  readonly body: string;
  /** Host name of the container that answered. */
  readonly servedBy: string;
  readonly headers: Headers;
}

/** What a visitor may bring. */
export interface BrowserProps {
  readonly cookies?: Map<string, string>;
  /** Headers of every request; `host` among them, for a name that leads nowhere here. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A visitor with a cookie jar, who can go to one address or another with the same cookies. */
export class Browser {
  protected readonly cookies: Map<string, string>;
  protected readonly headers: Readonly<Record<string, string>>;

  constructor(readonly address: string, { cookies = new Map<string, string>(), headers = {} }: BrowserProps = {}) {
    this.cookies = cookies;
    this.headers = headers;
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  get(path: string): Promise<Page> {
    return this.send(path, {});
  }

  /** Posts a form. */
  submit(path: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    const body = new URLSearchParams(fields).toString();
    return this.send(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  }

  async send(path: string, request: WebRequest): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const { status, headers, body } = await ask(this.address + path, {
      ...request, headers: { ...this.headers, ...request.headers, ...cookie === '' ? {} : { cookie } },
    });
    for (const set of headers.getSetCookie()) {
      const [pair] = set.split(';');
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return { status, body: body.toString(), servedBy: headers.get('x-served-by') ?? '', headers };
  }
}

/** Headers of a visitor who comes from there, as the edge's stand-in sees it. */
export function comingFrom(address: string): Record<string, string> {
  return { [COMES_FROM]: `${address}:51234` };
}
