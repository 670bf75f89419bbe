import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** Real applications in real containers, with the environment and secrets that the deployed stack declares. */
export class ContainerProof extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.addDevDeps(
      '@aws-sdk/client-cloudformation@^3',
      '@aws-sdk/client-cloudfront@^3',
      '@aws-sdk/client-ecs@^3',
      '@aws-sdk/client-efs@^3',
      '@aws-sdk/client-elasticache@^3',
      '@aws-sdk/client-s3@^3',
      '@aws-sdk/client-secrets-manager@^3',
    );
    project.addTask('proof:instance', {
      description: 'Run the user data of instances in a container: nginx and PHP-FPM as they will be configured, also under too much load',
      exec: 'tsx integ/containers/instance-proof.ts',
      env: { CDK_VALIDATION: 'false' },
    });
    project.addTask('proof:shop', {
      description: 'Deploy the sample platform on the local AWS and run the shop in containers with what it declares',
      exec: 'tsx integ/containers/proof.ts',
      // The project supports the oldest Node that CDK does, which the SDK would mention at each start.
      env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    });
    const portal = project.addTask('proof:portal', {
      description: 'Deploy a site and an API on the local AWS, and use them in a browser, through the deployed distribution',
      env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false' },
    });
    portal.exec('node projenrc/scripts/venv.js .venv-workflows test/workflows/requirements.txt');
    portal.exec('tsx integ/portal/proof.ts');
    project.addTask('proof:wordpress', {
      description: 'Deploy a platform for WordPress on the local AWS and run Debian\'s in two containers with what it declares',
      exec: 'tsx integ/containers/wordpress-proof.ts',
      env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', CDK_VALIDATION: 'false' },
    });
  }
}
