import { App, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Compute, ElasticWebPlatform } from '../../src';

/** The sample platform: only what runs is said, so every default of a production platform is at work. */
const app = new App();
const stack = new Stack(app, 'Demo', { env: { region: 'us-east-1' } });
new ElasticWebPlatform(stack, 'Shop', {
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx-unprivileged:stable'),
    healthCheckPath: '/',
  }),
});
