import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { GetBucketPolicyCommand, GetPublicAccessBlockCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Scene } from './scene';
import { AwsClients } from '../platform/aws';
import { Shopper } from '../stage/shopper';

const MEGABYTE = 1_000_000;
const GIGABYTE = 1000 * MEGABYTE;

/** Images come from the bucket, by the edge, and no container has any. */
export async function checkMedia(scene: Scene): Promise<void> {
  const { report, stage, edge, aws, mediaBucket, mediaOrigin } = scene;
  const image = Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), randomBytes(1.2 * MEGABYTE)]);
  const path = await imagePathOn(new Shopper(edge.address));
  report.heading('Images');
  await report.check('an image is served from the bucket by a signed request of the edge', async () => {
    await aws.s3.send(new PutObjectCommand({ Bucket: mediaBucket, Key: path.slice(1), Body: image, ContentType: 'image/jpeg' }));
    const answer = await fetch(edge.address + path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'image/jpeg');
    assert.ok(image.equals(Buffer.from(await answer.arrayBuffer())), 'other bytes than those in the bucket');
    assert.equal(answer.headers.get('x-served-by'), null, 'a container served it');
    assert.equal(mediaOrigin.lastSignature, 'AWS4-HMAC-SHA256');
    return `${path}, ${(image.length / MEGABYTE).toFixed(1)} MB`;
  });
  await report.check('the bucket is closed to everyone but the distribution', () => checkBucketIsPrivate(aws, mediaBucket, path));
  await report.check('no container holds or serves the images', async () => {
    for (const shop of stage.shops) {
      assert.deepEqual(await shop.mounts(), []);
      assert.deepEqual(await shop.find(['/'], ['-name', '*.jpg', '-o', '-name', basename(path)]), []);
      assert.ok(await shop.imageSize() < GIGABYTE, 'the image is as large as if it held the folder');
      assert.equal((await new Shopper(shop.address).get(path)).status, 404);
    }
    return 'no mount, no such file, 404 from the shop itself';
  });
}

async function imagePathOn(visitor: Shopper): Promise<string> {
  const path = /<img src="(?<path>\/[^"]+)"/.exec((await visitor.get('/')).body)?.groups?.path;
  if (path === undefined) throw new Error('The catalogue shows no image');
  return path;
}

async function checkBucketIsPrivate(aws: AwsClients, bucket: string, path: string): Promise<string> {
  const { PublicAccessBlockConfiguration: block } = await aws.s3.send(new GetPublicAccessBlockCommand({ Bucket: bucket }));
  assert.deepEqual(block, { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
  const { Policy = '{}' } = await aws.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
  const { Statement } = JSON.parse(Policy) as { Statement: { Effect: string; Principal: unknown; Condition?: Record<string, object> }[] };
  const allowing = Statement.filter(({ Effect }) => Effect === 'Allow');
  assert.ok(allowing.length > 0, 'nobody may read');
  for (const { Principal, Condition } of allowing) {
    assert.deepEqual(Principal, { Service: 'cloudfront.amazonaws.com' });
    assert.ok(JSON.stringify(Condition).includes(':distribution/'), 'any distribution may read');
  }
  const anonymous = await fetch(`${aws.endpoint}/${bucket}${path}`);
  // The local AWS does not judge requests by their signature; a real bucket answers 403 to this one.
  return `policy and public-access block; an anonymous request to the local AWS: ${anonymous.status}`;
}
