import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** CloudFormation templates for whoever has no CDK: written to dist/templates, and launched on the local AWS. */
export class PlainTemplates extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.addDevDeps('@aws-sdk/client-cloudformation@^3', '@aws-sdk/client-ecs@^3', '@aws-sdk/client-s3@^3');
    project.addTask('template', {
      description: 'Write the patterns as CloudFormation templates that need neither CDK nor bootstrap, to dist/templates',
      exec: 'tsx integ/templates/write.ts',
    });
    const deploy = project.addTask('template:deploy', {
      description: 'Launch the plain templates on the local AWS with calls to CloudFormation, change the image, delete the stacks',
      // The project supports the oldest Node that CDK does, which the SDK would mention at each start.
      env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    });
    deploy.spawn(project.tasks.tryFind('venv')!);
    deploy.exec('tsx integ/templates/deploy.ts', { receiveArgs: true });
  }
}
