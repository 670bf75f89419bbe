import { randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Behaviour, DistributionView } from './distribution-view';
import { Origin } from './origins';

/** Headers that belong to one connection, or that CloudFront sets or removes itself. */
const NOT_FORWARDED = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'cookie', 'x-forwarded-for', 'x-forwarded-proto'];

/** In which a visitor of a proof says from where he comes, as address and port: all of them connect from this machine. */
export const COMES_FROM = 'x-proof-comes-from';
const SOMEWHERE = '192.0.2.1:50000';

/**
 * Stands where CloudFront stands: for each request it looks into the deployed distribution's configuration for the
 * behaviour that matches the path, and asks that behaviour's origin with what the behaviour's policies let through and
 * ask for. Its viewers speak HTTPS. It caches nothing, and runs no functions.
 */
export class EdgeStandIn {
  static async start(distribution: DistributionView, origins: ReadonlyMap<string, Origin>): Promise<EdgeStandIn> {
    const edge = new EdgeStandIn(distribution, origins);
    await new Promise<void>((resolve, reject) => edge.server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return edge;
  }

  private readonly server: Server;

  private constructor(private readonly distribution: DistributionView, private readonly origins: ReadonlyMap<string, Origin>) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        response.writeHead(502, { 'x-edge-error': String(error).replace(/[^ -~]/g, ' ') }).end();
      });
    });
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const url = request.url ?? '/';
    const behaviour = this.distribution.behaviourFor(url.split('?')[0]);
    if (!behaviour.allowedMethods.includes(method)) return void response.writeHead(403).end();
    const origin = this.origins.get(behaviour.originId);
    if (origin === undefined) throw new Error(`No origin ${behaviour.originId}`);
    const answer = await origin.ask({ method, path: pathOf(url, behaviour), headers: headersOf(request, behaviour), body: await bodyOf(request) });
    response.writeHead(answer.status, { ...answer.headers, 'x-edge-origin': behaviour.originId });
    return void response.end(answer.body);
  }
}

/** The path with those parameters of the query that are sent on, as they were written. */
function pathOf(url: string, { forwarding }: Behaviour): string {
  const [path, query = ''] = url.split(/\?(.*)/s);
  const kept = query.split('&').filter(each => each !== '' && forwarding.parameter(decodeURIComponent(each.split('=')[0])));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

/** The viewer's headers that the policies let through, CloudFront's own that they ask for, and those that it always sends. */
function headersOf(request: IncomingMessage, { forwarding }: Behaviour): Record<string, string> {
  const viewer = flat(request.headers[COMES_FROM]) || SOMEWHERE;
  const sent = Object.entries(request.headers)
    .filter(([name]) => name !== COMES_FROM && !NOT_FORWARDED.includes(name) && forwarding.header(name))
    .map(([name, value]): [string, string] => [name, flat(value)]);
  const cookies = flat(request.headers.cookie).split(/; */).filter(each => each !== '' && forwarding.cookie(each.split('=')[0]));
  const known = knownOf(viewer);
  return {
    ...Object.fromEntries(sent),
    ...cookies.length === 0 ? {} : { cookie: cookies.join('; ') },
    ...Object.fromEntries(forwarding.added.filter(name => known[name] !== undefined).map(name => [name, known[name]])),
    // What the viewer wrote comes first: CloudFront puts his address behind it (CloudFront developer guide, "Custom origins").
    'x-forwarded-for': [flat(request.headers['x-forwarded-for']), addressOf(viewer)].filter(each => each !== '').join(', '),
    'x-amz-cf-id': randomUUID(),
    'via': '1.1 stand-in.cloudfront.net (CloudFront)',
  };
}

/** Of CloudFront's headers, those that an application looks at. Where the viewer is, and on which device, it does not say. */
function knownOf(viewer: string): Record<string, string> {
  return {
    'cloudfront-viewer-address': viewer,
    'cloudfront-forwarded-proto': 'https',
    'cloudfront-viewer-http-version': '2.0',
    'cloudfront-viewer-tls': 'TLSv1.3:TLS_AES_128_GCM_SHA256:fullHandshake',
    'cloudfront-viewer-country': 'BR',
    'cloudfront-is-desktop-viewer': 'true',
    'cloudfront-is-mobile-viewer': 'false',
    'cloudfront-is-smarttv-viewer': 'false',
    'cloudfront-is-tablet-viewer': 'false',
  };
}

/** Without the port, which stands behind the last colon, also of IPv6. */
export function addressOf(viewer: string): string {
  return viewer.replace(/:\d+$/, '');
}

function flat(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.join(', ') : value ?? '';
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
