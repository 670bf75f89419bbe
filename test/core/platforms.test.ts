import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Compute, IDescribable, IPlatform, Platforms } from '../../src';
import { addPlatform, EAST, IMAGE } from '../support/platform';
import { saidBy } from '../support/said-by';

class OwnPlatform extends Construct implements IPlatform {
  public readonly blocks: IDescribable[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    Platforms.add(this);
  }
}

describe('the platforms of an app', () => {
  test('are none where there are none', () => {
    const app = new App();
    new Construct(new Stack(app, 'Stack'), 'Shop');
    expect(Platforms.of(app)).toEqual([]);
  });

  test('are found in stacks, in nested ones and in stages, and below a construct alone when that is asked', () => {
    const app = new App({ analyticsReporting: false });
    const stage = new Stage(app, 'Production');
    const one = addPlatform(new Stack(app, 'One', { env: EAST }));
    const two = new OwnPlatform(new Stack(stage, 'Two'), 'Own');
    new OwnPlatform(new NestedStack(new Stack(stage, 'Three'), 'Nested'), 'Own');
    const paths = (scope: Construct) => Platforms.of(scope).map(({ node }) => node.path).sort();
    expect(paths(app)).toEqual(['One/Shop', 'Production/Three/Nested/Own', 'Production/Two/Own']);
    expect(paths(stage)).toEqual(['Production/Three/Nested/Own', 'Production/Two/Own']);
    expect(Platforms.of(two)).toEqual([two]);
    expect(Platforms.of(one)[0].blocks).toBe(one.blocks);
  });

  test('say the same of themselves in each stage, also of what stands in another stack', () => {
    const app = new App({ analyticsReporting: false });
    const said = ['Test', 'Production'].map(id => {
      const stage = new Stage(app, id);
      const platform = new Stack(stage, 'Home', { env: { ...EAST, region: 'sa-east-1' } });
      const team = new Stack(stage, 'Team', { env: { ...EAST, region: 'sa-east-1' } });
      addPlatform(platform, { compute: Compute.inStack(team, Compute.fargate({ image: IMAGE })) });
      return Platforms.of(stage).flatMap(({ blocks }) => blocks.map(saidBy));
    });
    expect(said[0].map(({ id }) => id)).toEqual([
      'Shop/ContentDelivery/CloudFront', 'Shop/Firewall/WebAcl', 'Shop/LoadBalancer', 'Shop/Compute/Fargate', 'Shop/Sessions/ValkeyServerless',
      'Shop/Database/AuroraMysql', 'Shop/Media/Bucket', 'Shop/Network/Vpc', 'Shop/Monitoring',
    ]);
    expect(said[1]).toEqual(said[0]);
    expect(said[0].find(({ title }) => title === 'Load balancer')!.talksTo).toEqual([
      { to: 'Shop/Compute/Fargate', port: 8080, why: 'Leads requests to whichever unit is well' },
    ]);
  });
});
