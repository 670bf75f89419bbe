import { GetDistributionCommand } from '@aws-sdk/client-cloudfront';
import { checkBeforeARelease } from './checks/before-a-release';
import { checkInABrowser } from './checks/in-a-browser';
import { checkPaths } from './checks/paths';
import { checkReleases } from './checks/releases';
import { checkUnits } from './checks/units';
import { Scene } from './scene';
import { ApiUnit, prepareApi } from './stage/api-units';
import { startDatabase } from './stage/database';
import { SiteTeam } from './stage/site-builds';
import { Viewer } from './stage/viewer';
import { Cleanup } from '../containers/engine/cleanup';
import { readDeclaredWorkload } from '../containers/platform/declared-workload';
import { deploy } from '../containers/platform/deployment';
import { Report, timed } from '../containers/report';
import { runProof } from '../containers/run-proof';

const PLATFORM = { file: '../portal/app.ts', stacks: ['PortalProof'] };

async function prove(cleanup: Cleanup): Promise<boolean> {
  const { aws, resources: [resources] } = await timed('deployed the platform on the local AWS', () => deploy(PLATFORM, cleanup));
  const { environment, port } = await readDeclaredWorkload(aws, resources);
  const database = await startDatabase(cleanup);
  // What the stack declares, but for the address of the database, which is on loopback, and speaks no TLS.
  const declared = { ...environment, DB_HOST: '127.0.0.1', DB_PORT: String(database), DB_CA: 'none' };
  await timed('installed the API, and made its tables', () => prepareApi(declared));
  const [targetGroup] = resources.all('AWS::ElasticLoadBalancingV2::TargetGroup');
  const units: ApiUnit[] = [];
  const start = async (name: string, address: string) => {
    const unit = new ApiUnit(aws, targetGroup, name, address, port, declared);
    cleanup.add(name, () => unit.end('SIGKILL'));
    units.push(unit);
    await unit.register();
  };
  await timed('started two units', () => Promise.all([start('one', '127.0.1.1'), start('two', '127.0.1.2')]));

  const { Distribution } = await aws.cloudFront.send(new GetDistributionCommand({ Id: resources.only('AWS::CloudFront::Distribution') }));
  const viewer = new Viewer(new URL(aws.endpoint), Distribution!.DomainName!);
  const team = await SiteTeam.set(aws, resources.only('AWS::SSM::Parameter'), cleanup);
  const scene: Scene = { report: new Report(), viewer, browser: await viewer.browser(cleanup), team, units };
  await checkBeforeARelease(scene);
  const first = await timed('built the first release', () => team.build('v1'));
  await team.release('v1');
  await checkPaths(scene, first);
  await checkInABrowser(scene);
  await checkReleases(scene, first);
  await checkUnits(scene, () => start('three', '127.0.1.3'));
  return scene.report.close();
}

void runProof(prove);
