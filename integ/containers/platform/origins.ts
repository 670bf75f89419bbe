import { randomBytes } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AwsClients } from './aws';
import { ask } from '../web';

export interface OriginRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface OriginAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

export interface Origin {
  ask(request: OriginRequest): Promise<OriginAnswer>;
}

/** A private bucket, asked by requests signed with SigV4, as an origin access control does it. */
export class SignedBucketOrigin implements Origin {
  /** The signing algorithm of the last request, from its `Authorization` header as it was sent. */
  lastSignature?: string;

  constructor(private readonly aws: AwsClients, private readonly bucket: string, private readonly originPath: string) {
    aws.s3.middlewareStack.add(next => async args => {
      const { headers } = args.request as { headers: Record<string, string> };
      this.lastSignature = headers.authorization?.split(' ')[0];
      return next(args);
    }, { step: 'finalizeRequest', priority: 'low', name: `seeSignature-${bucket}`, override: true });
  }

  async ask({ path }: OriginRequest): Promise<OriginAnswer> {
    const Key = decodeURIComponent(`${this.originPath}${path.split('?')[0]}`.replace(/^\//, ''));
    try {
      const object = await this.aws.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key }));
      const body = Buffer.from(await object.Body?.transformToByteArray() ?? []);
      return { status: 200, headers: { 'content-type': object.ContentType ?? 'application/octet-stream' }, body };
    } catch (error) {
      const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
      if (status === undefined) throw error;
      return { status, headers: {}, body: Buffer.alloc(0) };
    }
  }
}

/** How CloudFront speaks to the load balancer. */
export interface LastLeg {
  readonly protocol: string;
  readonly port: number;
}

/** From where CloudFront reaches the balancer: an address within the VPC. */
const EDGE_ADDRESS = '10.0.1.7';

/** The units behind their load balancer: in turn, and past one that refuses the connection. */
export class BalancerOrigin implements Origin {
  private turn = 0;

  constructor(private readonly addresses: () => readonly string[], private readonly host: string, private readonly lastLeg: LastLeg) {}

  async ask(request: OriginRequest): Promise<OriginAnswer> {
    const addresses = this.addresses();
    const headers = this.headersOf(request);
    let refused: unknown;
    for (let attempt = 0; attempt < addresses.length; attempt++) {
      const address = addresses[this.turn++ % addresses.length];
      try {
        return await forward(address, { ...request, headers });
      } catch (error) {
        if (!isRefused(error)) throw error;
        refused = error;
      }
    }
    throw refused ?? new Error('No container runs');
  }

  /** As an Application Load Balancer writes them with its defaults (user guide, "HTTP headers and Application Load Balancers"). */
  private headersOf({ headers }: OriginRequest): Record<string, string> {
    return {
      // Where no policy sends the viewer's name, CloudFront asks for the origin by its own.
      'host': this.host,
      ...headers,
      'x-forwarded-for': [headers['x-forwarded-for'], EDGE_ADDRESS].filter(each => each !== undefined).join(', '),
      'x-forwarded-proto': this.lastLeg.protocol,
      'x-forwarded-port': String(this.lastLeg.port),
      'x-amzn-trace-id': `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
    };
  }
}

async function forward(address: string, { path, method, headers, body }: OriginRequest): Promise<OriginAnswer> {
  const answer = await ask(address + path, { method, headers, body });
  const plain = Object.fromEntries([...answer.headers].filter(([name]) => !OF_ONE_CONNECTION.includes(name)));
  return { status: answer.status, headers: { ...plain, 'set-cookie': answer.headers.getSetCookie() }, body: answer.body };
}

/** Headers that are about the connection to the unit, not about the answer; and the cookies, which are a list. */
const OF_ONE_CONNECTION = ['transfer-encoding', 'connection', 'keep-alive', 'set-cookie'];

/** No connection was made, so nothing of the request was done: another unit may have it. */
function isRefused(error: unknown): boolean {
  return (error as { code?: string }).code === 'ECONNREFUSED';
}
