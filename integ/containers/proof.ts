import { checkCartAndOrders } from './checks/cart-and-orders';
import { checkCatalogue } from './checks/catalogue';
import { checkDraining } from './checks/draining';
import { checkMedia } from './checks/media';
import { Scene } from './checks/scene';
import { checkSessionStores } from './checks/session-stores';
import { checkSessionTransport } from './checks/session-transport';
import { checkSessions } from './checks/sessions';
import { obtainBase } from './engine/base-image';
import { Cleanup } from './engine/cleanup';
import { ContainerEngine, NoContainerEngine, obtainEngine } from './engine/container-engine';
import { readDeclaredWorkload } from './platform/declared-workload';
import { Deployment, deploySamplePlatforms } from './platform/deployment';
import { DistributionView } from './platform/distribution-view';
import { EdgeStandIn } from './platform/edge-stand-in';
import { ContainersOrigin, Origin, SignedBucketOrigin } from './platform/origins';
import { Report, timed } from './report';
import { buildImages, Images } from './stage/images';
import { Stage } from './stage/stage';

/** The longest that a run may take, downloads on a slow line included. */
const MINUTES = 15;

async function prove(cleanup: Cleanup): Promise<boolean> {
  const engine = await obtainEngine(cleanup);
  console.log(`Containers run on ${engine.description}`);
  const [images, deployment] = await Promise.all([
    prepareImages(engine, cleanup),
    timed('deployed the sample platforms on the local AWS', () => deploySamplePlatforms(cleanup)),
  ]);
  const scene = await timed('started four shops, MariaDB and two kinds of Redis as declared', () => setScene(engine, images, deployment, cleanup));
  for (const check of [checkCatalogue, checkSessions, checkSessionStores, checkCartAndOrders, checkMedia, checkSessionTransport, checkDraining]) {
    await check(scene);
  }
  const held = scene.report.close();
  if (!held) console.log(`What the first shop says:\n${await scene.stage.shops[0].logs()}`);
  return held;
}

async function prepareImages(engine: ContainerEngine, cleanup: Cleanup): Promise<Images> {
  const base = await timed('got the base image', () => obtainBase(engine, cleanup));
  return timed('built the images of the shop and of its services', () => buildImages(engine.docker, base, cleanup));
}

async function setScene(
  engine: ContainerEngine, images: Images, { aws, resources, nodesResources }: Deployment, cleanup: Cleanup,
): Promise<Scene> {
  const workload = await readDeclaredWorkload(aws, resources);
  const stage = await Stage.set(engine, images, workload, await readDeclaredWorkload(aws, nodesResources), cleanup);
  const distribution = await DistributionView.of(aws, resources.only('AWS::CloudFront::Distribution'));
  const origins = new Map<string, Origin>();
  const buckets: { readonly bucket: string; readonly origin: SignedBucketOrigin }[] = [];
  for (const declared of distribution.origins) {
    const bucket = distribution.bucketOf(declared);
    if (bucket !== undefined && await distribution.signs(declared)) {
      const origin = new SignedBucketOrigin(aws, bucket, declared.OriginPath ?? '');
      buckets.push({ bucket, origin });
      origins.set(declared.Id ?? '', origin);
    } else if (declared.VpcOriginConfig?.VpcOriginId) {
      origins.set(declared.Id ?? '', new ContainersOrigin(() => stage.shops.map(({ address }) => address)));
    }
  }
  if (buckets.length !== 1) throw new Error(`The distribution has ${buckets.length} buckets that it signs its requests to, not one`);
  const [{ bucket: mediaBucket, origin: mediaOrigin }] = buckets;
  const edge = await EdgeStandIn.start(distribution, origins);
  cleanup.add('the edge stand-in', () => edge.stop());
  return { report: new Report(), aws, workload, stage, edge, distribution, mediaBucket, mediaOrigin };
}

async function main(): Promise<void> {
  const cleanup = new Cleanup();
  const alarm = setTimeout(() => void cleanup.endEarly(`✖ The proof has not ended after ${MINUTES} minutes`, 1), MINUTES * 60_000);
  try {
    const held = await timed('the whole proof', () => prove(cleanup));
    process.exitCode = held ? 0 : 1;
  } catch (error) {
    if (cleanup.endedEarly) return;
    if (error instanceof NoContainerEngine && process.env.CI !== 'true') {
      console.log(`SKIPPED: ${error.message}. Start Docker and run this again.`);
    } else {
      console.error('✖', error instanceof NoContainerEngine ? `${error.message}; in CI the proof must run` : error);
      process.exitCode = 1;
    }
  } finally {
    clearTimeout(alarm);
    await cleanup.run();
  }
}

void main();
