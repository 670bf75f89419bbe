import { App, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { AccountRootPrincipal } from 'aws-cdk-lib/aws-iam';
import { Compute, Frontend, Pipeline, SpaApiPlatform } from '../../src';

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };

/** The sample portal: its site is released by its team, its API's units are registered by the proof, which runs them itself. */
new SpaApiPlatform(new Stack(app, 'PortalProof', { env }), 'Portal', {
  frontend: { site: Frontend.staticSite(), pipeline: Pipeline.assumedBy(new AccountRootPrincipal()) },
  backend: { compute: Compute.fargate({ image: ContainerImage.fromRegistry('portal-api') }) },
});
