import { App, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { testMutationsOf } from './mutation/all';
import {
  Compute, Database, ElasticWebPlatform, ElasticWebPlatformProps, EnvironmentProfile, Reachability, Sessions,
} from '../../src';

function platformTemplate(props: Partial<ElasticWebPlatformProps> = {}): string {
  const stack = new Stack(new App(), 'Shop', { env: { account: '111111111111', region: 'us-east-1' } });
  const compute = Compute.fargate({ image: ContainerImage.fromRegistry('nginx') });
  new ElasticWebPlatform(stack, 'Platform', { compute, ...props });
  return JSON.stringify((stack.node.root as App).synth().getStackByName(stack.stackName).template);
}

describe('ElasticWebPlatform', () => {
  const json = platformTemplate();

  test.each<[string, Partial<ElasticWebPlatformProps>]>([
    ['its defaults', {}],
    ['RDS MySQL', { database: Database.rdsMysql() }],
    ['Valkey nodes', { sessions: Sessions.valkeyNodes() }],
    ['a development profile', { profile: EnvironmentProfile.development() }],
  ])('with %s lets nothing reach its stores but the application', (_, props) => {
    expect(Reachability.analyzeTemplate(platformTemplate(props))).toEqual([]);
  });

  testMutationsOf(json);
});
