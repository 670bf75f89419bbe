import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** The local AWS: a Python virtual environment of the project's own, and the tasks that use it. */
export class LocalAws extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.gitignore.exclude('/.local-aws/', '/cdk.context.json', '.pytest_cache/');
    project.addPackageIgnore('/.local-aws/');
    // The Lambda functions of the integ assertions find the SDK here, as they do in AWS.
    project.addDevDeps('@aws-sdk/client-cloudformation@^3', '@aws-sdk/client-cloudwatch@^3', '@aws-sdk/client-elasticache@^3',
      '@aws-sdk/client-rds@^3', '@aws-sdk/client-s3@^3');

    const venv = project.addTask('venv', {
      description: 'Make .venv with the emulator and cfn-lint, when missing or older than its requirements',
      exec: 'node projenrc/scripts/venv.js',
    });

    const tasks = {
      'emulator:start': ['Start the local AWS on 127.0.0.1 (port 4566, or LOCAL_AWS_PORT)', 'tsx integ/emulator/start.ts'],
      'emulator:stop': ['Stop the local AWS', 'tsx integ/emulator/stop.ts'],
      'emulator:test': ['Test the handlers of the local AWS', '.venv/bin/python -m pytest integ/emulator -q'],
    };
    Object.entries(tasks).forEach(([name, [description, exec]]) => {
      project.addTask(name, { description, steps: [{ spawn: venv.name }, { exec, receiveArgs: true }] });
    });

    project.addTask('demo', {
      description: 'Deploy the sample platform on the local AWS, and say what was made',
      exec: 'tsx integ/demo/demo.ts',
    });
  }
}
