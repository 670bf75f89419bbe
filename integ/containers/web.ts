import { request } from 'node:http';

export interface WebRequest {
  readonly method?: string;
  /** `host` among them, which `fetch` would not send. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

const SECONDS = 60;

/** Asks by plain HTTP, with the headers as they are given, and follows no redirect. */
export function ask(url: string, { method = 'GET', headers = {}, body = '' }: WebRequest = {}): Promise<WebAnswer> {
  return new Promise((resolve, reject) => {
    const length = Buffer.byteLength(body);
    const sent = length > 0 || method === 'POST' ? { ...headers, 'content-length': String(length) } : headers;
    const asked = request(url, { method, headers: sent, agent: false, timeout: SECONDS * 1000 }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: headersOf(response.rawHeaders), body: Buffer.concat(chunks) }));
    });
    asked.on('timeout', () => asked.destroy(new Error(`${url} did not answer within ${SECONDS} s`)));
    asked.on('error', reject);
    asked.end(body);
  });
}

function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < raw.length; index += 2) headers.append(raw[index], raw[index + 1]);
  return headers;
}
