export interface Page {
  readonly status: number;
  readonly body: string;
  /** Host name of the container that answered. */
  readonly servedBy: string;
  readonly headers: Headers;
}

/** A visitor with a cookie jar, who can go to one address or another with the same cookies. */
export class Browser {
  private csrf = '';

  constructor(readonly address: string, private readonly cookies = new Map<string, string>()) {}

  /** The same visitor, with the same cookies, at another address. */
  at(address: string): Browser {
    return new Browser(address, this.cookies);
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  get(path: string): Promise<Page> {
    return this.send(path, {});
  }

  /** Posts a form as the shop's own pages do: with the token of the session, from a page that has one. */
  async post(path: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    if (this.csrf === '') await this.get('/login');
    return this.send(path, { method: 'POST', body: new URLSearchParams({ csrf: this.csrf, ...fields }) });
  }

  async logIn(name: string, password: string): Promise<Page> {
    return this.post('/login', { name, password });
  }

  private async send(path: string, init: RequestInit): Promise<Page> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(this.address + path, {
      ...init,
      headers: { cookie },
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
    });
    for (const set of response.headers.getSetCookie()) {
      const [name, value] = set.split(';')[0].split('=');
      this.cookies.set(name, value);
    }
    const body = await response.text();
    this.csrf = /name="csrf" value="(?<token>[0-9a-f]+)"/.exec(body)?.groups?.token ?? this.csrf;
    return { status: response.status, body, servedBy: response.headers.get('x-served-by') ?? '', headers: response.headers };
  }
}
