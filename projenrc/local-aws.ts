import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** The local AWS: a Python virtual environment of the project's own, and the tasks that use it. */
export class LocalAws extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.addTask('venv', {
      description: 'Make .venv with the emulator and cfn-lint, when missing or older than its requirements',
      exec: 'node projenrc/scripts/venv.js',
    });
  }
}
