import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AwsClients } from './aws';

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

/** The shop's containers behind their load balancer: in turn, and past one that refuses the connection. */
export class ContainersOrigin implements Origin {
  private turn = 0;

  constructor(private readonly addresses: () => readonly string[]) {}

  async ask(request: OriginRequest): Promise<OriginAnswer> {
    const addresses = this.addresses();
    let refused: unknown;
    for (let attempt = 0; attempt < addresses.length; attempt++) {
      const address = addresses[this.turn++ % addresses.length];
      try {
        return await forward(address, request);
      } catch (error) {
        if (!isRefused(error)) throw error;
        refused = error;
      }
    }
    throw refused ?? new Error('No container runs');
  }
}

async function forward(address: string, request: OriginRequest): Promise<OriginAnswer> {
  const response = await fetch(`${address}${request.path}`, {
    method: request.method,
    headers: request.headers,
    body: request.body.length > 0 ? request.body : undefined,
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !CHANGED_BY_FETCH.includes(name)));
  return { status: response.status, headers: { ...headers, 'set-cookie': response.headers.getSetCookie() }, body };
}

/** `fetch` has undone the compression by the time the body is read. */
const CHANGED_BY_FETCH = ['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'set-cookie'];

/** No connection was made, so nothing of the request was done: another container may have it. */
function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause as { code?: string } | undefined : undefined;
  return cause?.code === 'ECONNREFUSED';
}
