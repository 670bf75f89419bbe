import { Browser, Page } from './browser';
import { WebRequest } from '../web';

/** A visitor of the shop. */
export class Shopper extends Browser {
  private csrf = '';

  /** The same visitor, with the same cookies, at another address. */
  at(address: string): Shopper {
    return new Shopper(address, { cookies: this.cookies, headers: this.headers });
  }

  /** Posts a form as the shop's own pages do: with the token of the session, from a page that has one. */
  async post(path: string, fields: Readonly<Record<string, string>>): Promise<Page> {
    if (this.csrf === '') await this.get('/login');
    return this.submit(path, { csrf: this.csrf, ...fields });
  }

  logIn(name: string, password: string): Promise<Page> {
    return this.post('/login', { name, password });
  }

  override async send(path: string, request: WebRequest): Promise<Page> {
    const page = await super.send(path, request);
    this.csrf = /name="csrf" value="(?<token>[0-9a-f]+)"/.exec(page.body)?.groups?.token ?? this.csrf;
    return page;
  }
}
