import { checkCartAndOrders } from './checks/cart-and-orders';
import { checkCatalogue } from './checks/catalogue';
import { checkDraining } from './checks/draining';
import { checkMedia } from './checks/media';
import { Scene } from './checks/scene';
import { checkSessionCluster } from './checks/session-cluster';
import { checkSessionFaults } from './checks/session-faults';
import { checkSessionStores } from './checks/session-stores';
import { checkSessionTransport } from './checks/session-transport';
import { checkSessions } from './checks/sessions';
import { checkVisitors } from './checks/visitors';
import { obtainBase } from './engine/base-image';
import { Cleanup } from './engine/cleanup';
import { ContainerEngine, obtainEngine } from './engine/container-engine';
import { readDeclaredWorkload } from './platform/declared-workload';
import { deploy, Deployment } from './platform/deployment';
import { openEdge } from './platform/edge';
import { Report, timed } from './report';
import { runProof } from './run-proof';
import { buildImages, Images, SHOP } from './stage/images';
import { Stage } from './stage/stage';

const PLATFORMS = { file: 'app.ts', stacks: ['ContainerProof', 'ContainerProofNodes'] };

const CHECKS = [
  checkCatalogue, checkVisitors, checkSessions, checkSessionStores, checkSessionFaults, checkSessionCluster,
  checkCartAndOrders, checkMedia, checkSessionTransport, checkDraining,
];

async function prove(cleanup: Cleanup): Promise<boolean> {
  const engine = await obtainEngine(cleanup);
  console.log(`Containers run on ${engine.description}`);
  const [images, deployment] = await Promise.all([
    prepareImages(engine, cleanup),
    timed('deployed the sample platforms on the local AWS', () => deploy(PLATFORMS, cleanup)),
  ]);
  const scene = await timed('started four shops, MariaDB and two kinds of Redis as declared', () => setScene(engine, images, deployment, cleanup));
  for (const check of CHECKS) await check(scene);
  const held = scene.report.close();
  if (!held) console.log(`What the first shop says:\n${await scene.stage.shops[0].logs()}`);
  return held;
}

async function prepareImages(engine: ContainerEngine, cleanup: Cleanup): Promise<Images> {
  const base = await timed('got the base image', () => obtainBase(engine, cleanup));
  return timed('built the images of the shop and of its services', () => buildImages(engine.docker, base, SHOP, cleanup));
}

async function setScene(
  engine: ContainerEngine, images: Images, { aws, resources: [resources, nodesResources] }: Deployment, cleanup: Cleanup,
): Promise<Scene> {
  const workload = await readDeclaredWorkload(aws, resources);
  const stage = await Stage.set(engine, images, workload, await readDeclaredWorkload(aws, nodesResources), cleanup);
  const { standIn: edge, distribution, buckets } = await openEdge(aws, resources, () => stage.shops.map(({ address }) => address), cleanup);
  if (buckets.length !== 1) throw new Error(`The distribution has ${buckets.length} buckets that it signs its requests to, not one`);
  const [{ bucket: mediaBucket, origin: mediaOrigin }] = buckets;
  return { report: new Report(), aws, workload, stage, edge, distribution, mediaBucket, mediaOrigin };
}

void runProof(prove);
