import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** Linters over the workflow files of the examples, from a virtual environment of their own; actionlint is built by Go. */
export class Workflows extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.gitignore.exclude('/.venv-workflows/');
    project.addPackageIgnore('/.venv-workflows/');
    const task = project.addTask('test:workflows', { description: 'Show the workflow files of the teams to actionlint, shellcheck and zizmor' });
    task.exec('node projenrc/scripts/venv.js .venv-workflows test/workflows/requirements.txt');
    task.exec('tsx test/workflows/run.ts');
  }
}
