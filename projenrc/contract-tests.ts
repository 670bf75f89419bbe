import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** What the contract tests read besides the sources: the jsii assembly, and cfn-lint in the virtual environment. */
export class ContractTests extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    const assembly = project.addTask('assembly', {
      description: 'Compile with jsii when .jsii is missing or older than a source',
      condition: 'node projenrc/scripts/assembly-is-stale.js',
    });
    assembly.spawn(project.compileTask);
    project.testTask.prependSpawn(assembly);
    project.testTask.prependSpawn(project.tasks.tryFind('venv')!);
  }
}
