import { App, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Compute, ElasticWebPlatform, EnvironmentProfile, Sessions } from '../../src';

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const compute = Compute.fargate({ image: ContainerImage.fromRegistry('php-shop') });

/** The platform that the container proof deploys: nothing but the application is given, so every default is at work. */
new ElasticWebPlatform(new Stack(app, 'ContainerProof', { env }), 'Shop', { compute });

/** Another, for what it says of sessions on nodes. */
new ElasticWebPlatform(new Stack(app, 'ContainerProofNodes', { env }), 'Shop', {
  compute, sessions: Sessions.valkeyNodes(), profile: EnvironmentProfile.development(),
});
