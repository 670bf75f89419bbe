import { Match } from '@aws-cdk/integ-tests-alpha';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnService, CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnListenerRule, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { SpaApiPlatform } from '../src';
import { PlatformCase } from './support/platform-case';
import { Proof } from './support/proof';
import { siteReleaseOf } from './support/site-release';

/** A site and an API, with every default: files at the edge, containers, Aurora PostgreSQL. */
const test = new PlatformCase('SpaApiPlatformFargatePostgres');
const platform = new SpaApiPlatform(test.stack, 'Portal', { backend: { compute: test.fargate, traffic: test.traffic }, profile: test.profile });

test.prove(platform, proof => {
  // The API runs, and is told where its database is.
  const service = proof.only(CfnService);
  proof.assert('ecs', 'describeServices', { cluster: service.cluster, services: [service.ref] }, { services: [Match.objectLike({ status: 'ACTIVE' })] });
  proof.assert('ecs', 'describeTaskDefinition', { taskDefinition: proof.only(CfnTaskDefinition).ref }, {
    taskDefinition: {
      containerDefinitions: [Match.objectLike({
        environment: Match.arrayWith([{ name: 'DB_ENGINE', value: 'postgresql' }]),
        secrets: Match.arrayWith([Match.objectLike({ name: 'DB_PASSWORD' })]),
      })],
    },
  });

  // Its paths are led to it, and no other.
  const rule = proof.all(CfnListenerRule).find(({ node }) => node.id === 'Production')!;
  proof.assert('elastic-load-balancing-v2', 'describeRules', { RuleArns: [rule.ref] }, {
    Rules: [Match.objectLike({
      Conditions: [Match.objectLike({ PathPatternConfig: { Values: ['/backend', '/backend/*'] } })],
      Actions: [Match.objectLike({ Type: 'forward', TargetGroupArn: proof.only(CfnTargetGroup).ref })],
    })],
  }, 'elasticloadbalancing:DescribeRules');

  // The edge has a behavior for each, and one function for the site's alone.
  proof.assert('cloudfront', 'getDistributionConfig', { Id: proof.only(CfnDistribution).ref }, {
    DistributionConfig: {
      CacheBehaviors: {
        Items: [
          ...['/backend', '/backend/*'].map(PathPattern => Match.objectLike({ PathPattern })),
          ...['/frontend', '/frontend/*'].map(PathPattern => Match.objectLike({ PathPattern, FunctionAssociations: Match.objectLike({ Quantity: 1 }) })),
        ],
      },
    },
  });

  askReleases(proof);
});

/** Nothing is released, and the site says so; then the team releases a build, another one, and takes that back. */
function askReleases(proof: Proof): void {
  const { bucket, functionName } = siteReleaseOf(platform);
  const upload = (build: string) => ({ Bucket: bucket, Key: `builds/${build}/index.html`, Body: `<h1>${build}</h1>` });
  const served = (text: string) => ({ Body: Match.stringLikeRegexp(text) });
  const document = { Bucket: bucket, Key: 'live/frontend/index.html' };
  proof.story()
    .until('s3', 'getObject', document, served('Nothing here yet'))
    .then('s3', 'putObject', upload('one'))
    .invoke(functionName, JSON.stringify({ release: 'one' }), { Payload: Match.stringLikeRegexp('"current": ?"one"') })
    .until('s3', 'getObject', document, served('<h1>one</h1>'))
    .then('s3', 'putObject', upload('two'))
    .invoke(functionName, JSON.stringify({ release: 'two' }), { Payload: Match.stringLikeRegexp('"current": ?"two"') })
    .until('s3', 'getObject', document, served('<h1>two</h1>'))
    .invoke(functionName, JSON.stringify({ takeBack: true }), { Payload: Match.stringLikeRegexp('"current": ?"one"') })
    .until('s3', 'getObject', document, served('<h1>one</h1>'));
}
