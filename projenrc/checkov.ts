import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** Checkov over the templates of all variants, from a virtual environment of its own. */
export class Checkov extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.gitignore.exclude('/.venv-checkov/');
    project.addPackageIgnore('/.venv-checkov/');
    const task = project.addTask('test:checkov', {
      description: 'Show the templates of all variants to Checkov: nothing is found but what they answer',
      env: { CDK_VALIDATION: 'false' },
    });
    task.exec('node projenrc/scripts/venv.js .venv-checkov test/checkov/requirements.txt');
    task.exec('tsx test/checkov/run.ts');
  }
}
