import { Match } from '@aws-cdk/integ-tests-alpha';
import { CfnListenerRule, CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { CfnAlias, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Compute, FunctionCode, SpaApiPlatform } from '../src';
import { PlatformCase } from './support/platform-case';
import { Proof } from './support/proof';
import { step } from './support/step';

/** Another first word stands for the next release. */
const CODE = `exports.handler = async ({ httpMethod, path }) => ({
  statusCode: 200,
  multiValueHeaders: { 'content-type': ['text/plain'] },
  body: ['${step() === 'new-image' ? 'next' : 'first'}', httpMethod, path, process.env.DB_ENGINE].join(' '),
});`;

/** A site at the first address, and an API that is a function below a path that it does not see, in São Paulo. */
const test = new PlatformCase('SpaApiPlatformFunction', { region: 'sa-east-1' });
const platform = new SpaApiPlatform(test.stack, 'Portal', {
  frontend: { path: '/' },
  backend: {
    path: '/api',
    stripPath: true,
    compute: Compute.function({
      code: FunctionCode.zip({ code: Code.fromInline(CODE), handler: 'index.handler', lambdaRuntime: Runtime.NODEJS_24_X }),
    }),
    traffic: test.traffic,
  },
  profile: test.profile,
});

test.prove(platform, proof => {
  askBalancer(proof);
  askFunction(proof);
});

/** The API's paths, and no other, are led to the alias, without the path that it does not see. */
function askBalancer(proof: Proof): void {
  const group = proof.only(CfnTargetGroup).ref;
  const rule = proof.all(CfnListenerRule).find(({ node }) => node.id === 'Production')!;
  proof.assert('elastic-load-balancing-v2', 'describeRules', { RuleArns: [rule.ref] }, {
    Rules: [Match.objectLike({
      Conditions: [Match.objectLike({ PathPatternConfig: { Values: ['/api', '/api/*'] } })],
      Transforms: [{ Type: 'url-rewrite', UrlRewriteConfig: { Rewrites: [{ Regex: '^/api/?(.*)$', Replace: '/$1' }] } }],
      Actions: [Match.objectLike({ Type: 'forward', TargetGroupArn: group })],
    })],
  }, 'elasticloadbalancing:DescribeRules');
  proof.assert('elastic-load-balancing-v2', 'describeTargetGroups', { TargetGroupArns: [group] }, {
    TargetGroups: [Match.objectLike({ TargetType: 'lambda', HealthCheckEnabled: true, HealthCheckPath: '/healthz' })],
  }, 'elasticloadbalancing:DescribeTargetGroups');
  proof.assert('elastic-load-balancing-v2', 'describeTargetHealth', { TargetGroupArn: group }, {
    TargetHealthDescriptions: [Match.objectLike({ Target: Match.objectLike({ Id: proof.only(CfnAlias).ref }) })],
  }, 'elasticloadbalancing:DescribeTargetHealth');
}

/** What is live is a version that was published with all settings; it answers an event of the balancer, and may run as often at once as the plan says. */
function askFunction(proof: Proof): void {
  const { functionName, name } = proof.only(CfnAlias);
  const { minUnits, maxUnits } = platform.capacity.computeOf('Backend');
  proof.assert('lambda', 'getAlias', { FunctionName: functionName, Name: name }, { FunctionVersion: '1' });
  proof.assert('lambda', 'getFunctionConfiguration', { FunctionName: functionName, Qualifier: name }, {
    Version: '1',
    Architectures: ['arm64'],
    Environment: { Variables: Match.objectLike({ DB_ENGINE: 'postgresql', APPLICATION_SECRETS: Match.stringLikeRegexp('"DB_PASSWORD":"password"') }) },
    VpcConfig: Match.objectLike({ SubnetIds: platform.vpc.privateSubnets.map(({ subnetId }) => subnetId) }),
  });
  proof.assert('lambda', 'getFunctionConcurrency', { FunctionName: functionName }, { ReservedConcurrentExecutions: maxUnits });
  proof.assert('application-auto-scaling', 'describeScalableTargets', { ServiceNamespace: 'lambda', ResourceIds: [`function:${functionName}:${name}`] }, {
    ScalableTargets: [Match.objectLike({ ScalableDimension: 'lambda:function:ProvisionedConcurrency', MinCapacity: minUnits, MaxCapacity: maxUnits })],
  }, 'application-autoscaling:DescribeScalableTargets');
  const request = { httpMethod: 'GET', path: '/items', multiValueHeaders: { accept: ['*/*'] }, multiValueQueryStringParameters: {}, body: '', isBase64Encoded: false };
  proof.story().invoke(`${functionName}:${name}`, JSON.stringify(request), {
    ExecutedVersion: '1',
    Payload: Match.stringLikeRegexp('"body": ?"first GET /items postgresql"'),
  });
}
