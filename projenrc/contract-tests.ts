import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** What the contract tests read besides the sources: the jsii assembly, and cfn-lint in the virtual environment. */
export class ContractTests extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    // Which properties replace a resource; the version that integ-runner brings anyway.
    project.addDevDeps('@aws-cdk/aws-service-spec@0.1.167');
    project.addTask('contract:record', {
      description: 'Add new stateful resources to the list of the contract tests, and write the reasons of acknowledged rules and the pages of alarms and cost',
      exec: 'tsx test/contract/record.ts',
    });
    project.addTask('surface:diff', {
      description: 'Print what changed of the public surface since what landed last (.ci/surface.gz)',
      exec: 'node projenrc/scripts/surface.js diff',
    });
    project.addTask('surface:record', {
      description: 'Keep the public surface of .jsii as what landed last: the first thing after it has',
      exec: 'node projenrc/scripts/surface.js record',
    });
    // Compares with what npm has: nothing yet.
    project.removeTask('compat');
    project.addTask('test:newest', {
      description: 'Run the tests that synthesize on the newest aws-cdk-lib, constructs, cdk-monitoring-constructs and cdk-nag',
      exec: 'tsx test/contract/newest.ts',
    });
    // Fixtures of the examples, what rosetta leaves behind, and what the CDK command line looked up.
    ['/rosetta/', '/.jsii.tabl.json', '/cdk.context.json'].forEach(file => project.addPackageIgnore(file));

    const assembly = project.addTask('assembly', {
      description: 'Compile with jsii when .jsii is missing or older than a source',
      condition: 'node projenrc/scripts/assembly-is-stale.js',
    });
    assembly.spawn(project.compileTask);
    project.testTask.prependSpawn(assembly);
    project.testTask.prependSpawn(project.tasks.tryFind('venv')!);
  }
}
