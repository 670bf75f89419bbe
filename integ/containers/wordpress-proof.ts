import { checkCommenting } from './checks/wordpress/commenting';
import { checkMovingIn } from './checks/wordpress/moving-in';
import { checkOnAnInstance } from './checks/wordpress/on-an-instance';
import { WordPressScene } from './checks/wordpress/scene';
import { checkWriting } from './checks/wordpress/writing';
import { obtainBase } from './engine/base-image';
import { Cleanup } from './engine/cleanup';
import { ContainerEngine, obtainEngine } from './engine/container-engine';
import { readDeclaredWorkload } from './platform/declared-workload';
import { deploy, Deployment } from './platform/deployment';
import { openEdge } from './platform/edge';
import { Report, timed } from './report';
import { runProof } from './run-proof';
import { buildImages, Images, WORDPRESS } from './stage/images';
import { WordPressStage } from './stage/wordpress-stage';
import { WordPressUser } from './stage/wordpress-user';

const PLATFORM = { file: 'wordpress-app.ts', stacks: ['ContainerProofWordPress'] };

async function prove(cleanup: Cleanup): Promise<boolean> {
  const engine = await obtainEngine(cleanup);
  console.log(`Containers run on ${engine.description}`);
  const [images, deployment] = await Promise.all([
    prepareImages(engine, cleanup),
    timed('deployed the platform on the local AWS', () => deploy(PLATFORM, cleanup)),
  ]);
  const scene = await timed('started two units, MariaDB and Redis as declared', () => setScene(engine, images, deployment, cleanup));
  for (const check of [checkMovingIn, checkWriting, checkCommenting, checkOnAnInstance]) await check(scene);
  const held = scene.report.close();
  if (!held) console.log(`What the units say:\n${(await Promise.all(scene.stage.units.map(unit => unit.logs()))).join('\n')}`);
  return held;
}

async function prepareImages(engine: ContainerEngine, cleanup: Cleanup): Promise<Images> {
  const base = await timed('got the base image', () => obtainBase(engine, cleanup));
  return timed('built the images of WordPress and of its services', () => buildImages(engine.docker, base, WORDPRESS, cleanup));
}

async function setScene(
  engine: ContainerEngine, images: Images, { aws, resources: [resources] }: Deployment, cleanup: Cleanup,
): Promise<WordPressScene> {
  const workload = await readDeclaredWorkload(aws, resources);
  const stage = await WordPressStage.set(engine, images, workload, cleanup);
  const { standIn, distribution } = await openEdge(aws, resources, () => stage.units.map(({ address }) => address), cleanup);
  return { report: new Report(), workload, stage, distribution, edge: standIn.address, editor: WordPressUser.from('198.51.100.10', standIn.address) };
}

void runProof(prove);
