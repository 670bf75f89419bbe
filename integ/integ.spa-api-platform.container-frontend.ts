import { Match } from '@aws-cdk/integ-tests-alpha';
import { CfnElement, Stack } from 'aws-cdk-lib';
import { CfnDistribution, CfnVpcOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { CfnService, CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { CfnListener, CfnListenerRule, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnDBProxy } from 'aws-cdk-lib/aws-rds';
import { Compute, Frontend, ReleasedImage, SpaApiPlatform } from '../src';
import { imageReleaseOf } from './support/image-release';
import { PlatformCase } from './support/platform-case';
import { Proof } from './support/proof';

/** Pages that containers make, and an API of images that its team releases: each in the stack of its team, deployed after the platform, which knows neither. */
const test = new PlatformCase('SpaApiPlatformContainerFrontend');
const [site, api] = ['Site', 'Api'].map(name => new Stack(test.app, `SpaApiPlatformContainerFrontend${name}`, { env: test.env }));

const platform = new SpaApiPlatform(test.stack, 'Portal', {
  frontend: { site: Frontend.container({ compute: Compute.inStack(site, test.fargateWith({ environment: { API_PATH: '/backend' } })), traffic: test.traffic }) },
  backend: { compute: Compute.inStack(api, Compute.fargate({ image: ReleasedImage.byTeam() })), traffic: test.traffic },
  profile: test.profile,
});

test.prove(platform, proof => {
  askTeam(proof, site, '/frontend');
  askTeam(proof, api, '/backend');
  askData(proof);
  askReleases(proof);

  // The edge leads the paths of both to the one load balancer, and has no files of its own.
  const origin = proof.only(CfnVpcOrigin).attrId;
  proof.assert('cloudfront', 'getDistributionConfig', { Id: proof.only(CfnDistribution).ref }, {
    DistributionConfig: {
      Origins: { Items: [Match.objectLike({ VpcOriginConfig: Match.objectLike({ VpcOriginId: origin }) })] },
      CacheBehaviors: { Items: ['/backend', '/backend/*', '/frontend', '/frontend/*'].map(PathPattern => Match.objectLike({ PathPattern })) },
    },
  });
}, site, api);

/** The team's service runs behind the platform's listener, which leads the team's paths, and no other, to it. */
function askTeam(proof: Proof, stack: Stack, path: string): void {
  const [service, group] = [inStack(proof, stack, CfnService), inStack(proof, stack, CfnTargetGroup)];
  proof.assert('ecs', 'describeServices', { cluster: service.cluster, services: [service.ref] }, {
    services: [Match.objectLike({ status: 'ACTIVE', loadBalancers: [Match.objectLike({ targetGroupArn: group.ref })] })],
  });
  proof.assert('elastic-load-balancing-v2', 'describeRules', { ListenerArn: proof.only(CfnListener).ref }, {
    Rules: Match.arrayWith([Match.objectLike({
      RuleArn: inStack(proof, stack, CfnListenerRule, 'Production').ref,
      Conditions: [Match.objectLike({ PathPatternConfig: { Values: [path, `${path}/*`] } })],
      Actions: [Match.objectLike({ Type: 'forward', TargetGroupArn: group.ref })],
    })]),
  }, 'elasticloadbalancing:DescribeRules');
}

/** The API alone is told of the database, and let in: the site asks the API. */
function askData(proof: Proof): void {
  const told = (stack: Stack, environment: object) => proof.assert('ecs', 'describeTaskDefinition', { taskDefinition: inStack(proof, stack, CfnTaskDefinition).ref }, {
    taskDefinition: { containerDefinitions: [Match.objectLike({ environment })] },
  });
  told(site, [{ name: 'API_PATH', value: '/backend' }]);
  told(api, Match.arrayWith([{ name: 'DB_ENGINE', value: 'postgresql' }]));
  const [{ securityGroupId }] = platform.backend.connections.securityGroups;
  proof.assert('ec2', 'describeSecurityGroups', { GroupIds: proof.only(CfnDBProxy).vpcSecurityGroupIds! }, {
    SecurityGroups: [Match.objectLike({
      IpPermissions: [Match.objectLike({ FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [Match.objectLike({ GroupId: securityGroupId })] })],
    })],
  });
}

/** The team pushes and releases an image, another one, and takes that back; the template names the tag that follows. */
function askReleases(proof: Proof): void {
  const { repositoryName, functionName } = imageReleaseOf(platform.backend);
  const push = (tag: string) => ({ repositoryName, imageTag: tag, imageManifest: JSON.stringify({ schemaVersion: 2, name: tag }) });
  const live = (...tags: string[]) => ({ imageDetails: [Match.objectLike({ imageTags: Match.arrayWith([...tags, 'live']) })] });
  const asked = { repositoryName, imageIds: [{ imageTag: 'live' }] };
  const answers = (tag: string) => ({ Payload: Match.stringLikeRegexp(`"current": ?\\["${tag}"\\].*SUCCESSFUL`) });
  proof.story()
    .until('ecr', 'describeImages', asked, live('first'))
    .then('ecr', 'putImage', push('one'))
    .invoke(functionName, JSON.stringify({ release: 'one' }), answers('one'))
    .until('ecr', 'describeImages', asked, live('one'))
    .then('ecr', 'putImage', push('two'))
    .invoke(functionName, JSON.stringify({ release: 'two' }), answers('two'))
    .until('ecr', 'describeImages', asked, live('two'))
    .invoke(functionName, JSON.stringify({ takeBack: true }), answers('one'))
    .until('ecr', 'describeImages', asked, live('one'));
}

/** The one of a type that a team deploys, by its id where there are several. */
function inStack<T extends CfnElement>(proof: Proof, stack: Stack, kind: abstract new (...args: never[]) => T, id?: string): T {
  const found = proof.all(kind).filter(each => Stack.of(each) === stack && (id === undefined || each.node.id === id));
  if (found.length !== 1) throw new Error(`expected one ${kind.name} in ${stack.stackName}, found ${found.length}`);
  return found[0];
}
