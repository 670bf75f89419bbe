import { Browser, comingFrom, Page } from './browser';
import { COMES_FROM } from '../platform/edge-stand-in';

/** The name that the site is asked for; it leads nowhere here. */
export const SITE = 'https://site.example.com';
const HOST = new URL(SITE).host;
const MOST_REDIRECTS = 5;

/** A visitor of WordPress, at the edge, or straight at a unit as the edge would ask it. */
export class WordPressUser extends Browser {
  static from(address: string, edge: string, headers: Readonly<Record<string, string>> = {}): WordPressUser {
    return new WordPressUser(edge, { headers: { host: HOST, ...headers, ...comingFrom(address) } });
  }

  /** The same visitor, with the same cookies, straight at a unit: with the headers that the edge sends. */
  at(address: string): WordPressUser {
    const told = { 'cloudfront-viewer-address': this.headers[COMES_FROM] ?? '', 'cloudfront-forwarded-proto': 'https' };
    return new WordPressUser(address, { cookies: this.cookies, headers: { ...this.headers, ...told } });
  }

  /** Goes where redirects lead, as long as that is the site by HTTPS. */
  async follow(page: Page): Promise<Page> {
    let current = page;
    for (let redirects = 0; current.status >= 300 && current.status < 400; redirects++) {
      if (redirects === MOST_REDIRECTS) throw new Error(`Still redirected after ${redirects} times, to ${current.headers.get('location')}`);
      current = await this.get(pathOnSite(current.headers.get('location') ?? ''));
    }
    return current;
  }

  async open(path: string): Promise<Page> {
    return this.follow(await this.get(path));
  }

  async logIn(name: string, password: string): Promise<Page> {
    await this.get('/wp-login.php');
    return this.submit('/wp-login.php', { log: name, pwd: password, testcookie: '1' });
  }

  /** Calls WordPress's API as its editor does: by the cookie, and the token of the session. */
  async call(method: string, route: string, body?: Buffer | object, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const nonce = (await this.get('/wp-admin/admin-ajax.php?action=rest-nonce')).body;
    const json = body === undefined || Buffer.isBuffer(body) ? undefined : JSON.stringify(body);
    const page = await this.send(`/index.php?rest_route=${route}`, {
      method, body: json ?? body as Buffer | undefined, headers: { 'x-wp-nonce': nonce, ...json === undefined ? {} : { 'content-type': 'application/json' }, ...headers },
    });
    if (page.status >= 300) throw new Error(`${method} ${route}: ${page.status} ${page.body.slice(0, 300)}`);
    return JSON.parse(page.body);
  }
}

/** The path of a link to the site; relative ones are, too. */
export function pathOnSite(link: string): string {
  const url = new URL(link, SITE);
  if (url.origin !== SITE) throw new Error(`Leads away from ${SITE}: ${link}`);
  return url.pathname + url.search;
}
