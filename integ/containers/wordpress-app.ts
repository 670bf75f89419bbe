import { App, Stack } from 'aws-cdk-lib';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationSecret, Compute, ElasticWebPlatform, Media } from '../../src';

const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };

/** A platform for an application that somebody else wrote: uploads at the path that it has, one secret for all units, nothing else is written. */
new ElasticWebPlatform(new Stack(app, 'ContainerProofWordPress', { env }), 'Site', {
  compute: Compute.fargate({
    image: ContainerImage.fromRegistry('wordpress'),
    secrets: { COOKIE_KEY: ApplicationSecret.generated() },
    container: { user: '33:33', readonlyRootFilesystem: true },
  }),
  media: Media.fileSystem({
    mountPath: '/var/lib/wordpress/wp-content/uploads', prefix: 'wp-content/uploads', posixUser: { uid: '33', gid: '33' },
  }),
});
