import { App, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Compute, ElasticWebPlatform } from '../../src';

/** The platform that the container proof deploys: nothing but the application is given, so every default is at work. */
const app = new App();
const stack = new Stack(app, 'ContainerProof', {
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
new ElasticWebPlatform(stack, 'Shop', {
  compute: Compute.fargate({ image: ContainerImage.fromRegistry('php-shop') }),
});
