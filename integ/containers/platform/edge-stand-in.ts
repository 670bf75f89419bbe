import { randomUUID } from 'node:crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Behaviour, DistributionView } from './distribution-view';
import { Origin } from './origins';

/** Headers that belong to one connection, or that CloudFront sets or removes itself. */
const NOT_FORWARDED = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'host', 'x-forwarded-proto'];

/**
 * Stands where CloudFront stands: for each request it looks into the deployed distribution's configuration for the
 * behaviour that matches the path, and asks that behaviour's origin. It caches nothing.
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
    const path = request.url ?? '/';
    const method = request.method ?? 'GET';
    const behaviour = this.distribution.behaviourFor(path.split('?')[0]);
    if (!behaviour.allowedMethods.includes(method)) return void response.writeHead(403).end();
    const origin = this.origins.get(behaviour.originId);
    if (origin === undefined) throw new Error(`No origin ${behaviour.originId}`);
    const answer = await origin.ask({ method, path, headers: forwarded(request, behaviour), body: await bodyOf(request) });
    response.writeHead(answer.status, { ...answer.headers, 'x-edge-origin': behaviour.originId });
    return void response.end(answer.body);
  }
}

function forwarded(request: IncomingMessage, { forwardsCookies }: Behaviour): Record<string, string> {
  const headers = Object.entries(request.headers)
    .filter(([name]) => !NOT_FORWARDED.includes(name) && !name.startsWith('cloudfront-') && (forwardsCookies || name !== 'cookie'))
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']);
  return { ...Object.fromEntries(headers), 'x-amz-cf-id': randomUUID(), 'via': '1.1 stand-in.cloudfront.net (CloudFront)' };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
