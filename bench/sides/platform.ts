import { App, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Compute, ElasticWebPlatform } from '../../src';

/** The sample platform, by the library. */
const app = new App();
const stack = new Stack(app, 'Bench', { env: { region: 'us-east-1' } });
new ElasticWebPlatform(stack, 'Shop', { compute: Compute.fargate({ image: ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable') }) });
app.synth();
