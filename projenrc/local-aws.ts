import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** Services that assertions ask: their Lambda functions find the SDK in node_modules, as they find it beside them in AWS. */
const SERVICES = [
  'application-auto-scaling', 'auto-scaling', 'cloudformation', 'cloudfront', 'cloudwatch', 'cloudwatch-logs', 'database-migration-service',
  'datasync', 'ec2', 'ecr', 'ecs', 'efs', 'elastic-load-balancing-v2', 'elasticache', 'lambda', 'rds', 'route-53', 's3', 'scheduler', 'sqs',
];

/** The local AWS: a Python virtual environment of the project's own, and the tasks that use it. */
export class LocalAws extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.gitignore.exclude('/.local-aws/', '/.life-cycle/', '/cdk.context.json', '.pytest_cache/');
    project.addPackageIgnore('/.local-aws/');
    project.addPackageIgnore('/.life-cycle/');
    project.addDevDeps(...SERVICES.map(service => `@aws-sdk/client-${service}@^3`));

    const venv = project.addTask('venv', {
      description: 'Make .venv with the emulator and cfn-lint, when missing or older than its requirements',
      exec: 'node projenrc/scripts/venv.js',
    });

    // The SDK warns at every start on Node 20, which we support.
    const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
    const tasks = {
      'emulator:start': ['Start the local AWS on 127.0.0.1 (port 4566, or LOCAL_AWS_PORT)', 'tsx integ/emulator/start.ts'],
      'emulator:stop': ['Stop the local AWS', 'tsx integ/emulator/stop.ts'],
      'integ:local': ['Deploy the integ cases on the local AWS and assert them', 'tsx integ/emulator/run-integ.ts local'],
      'integ:alarms': ['Put the metrics of every alarm of a platform on the local AWS over its threshold, and read what people are told', 'tsx integ/alarms/alarms.ts'],
      'integ:life-cycle': ['Deploy each integ case on the local AWS, resize it, change its image, delete it, and look at what is left', 'tsx integ/life-cycle/life-cycle.ts'],
      'emulator:test': ['Test the handlers of the local AWS', '.venv/bin/python -m pytest integ/emulator -q'],
    };
    Object.entries(tasks).forEach(([name, [description, exec]]) => {
      project.addTask(name, { description, env: quiet, steps: [{ spawn: venv.name }, { exec, receiveArgs: true }] });
    });

    project.addTask('integ:snapshots', {
      description: 'Check without a deploy that the integ cases still make the templates that were deployed last',
      exec: "integ-runner --directory integ --language typescript --app 'tsx {filePath}' --parallel-regions us-east-1 sa-east-1 --strict",
      receiveArgs: true,
    });
    project.addTask('integ:sandbox', {
      description: 'Deploy the integ cases in the AWS account of your credentials and assert them; this costs money',
      exec: 'tsx integ/emulator/run-integ.ts sandbox',
      receiveArgs: true,
      env: quiet,
    });
    project.addTask('demo', {
      description: 'Deploy the sample platform on the local AWS, and say what was made',
      exec: 'tsx integ/demo/demo.ts',
      env: quiet,
    });
  }
}
