import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** Platforms of random props: too dear for each run of the tests, and CI runs them. */
export class Properties extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    const task = project.addTask('test:properties', {
      description: 'Make platforms of random props: each is clean, or refused with an error of ours (--runs 1000 --seed 1)',
      env: { CDK_VALIDATION: 'false' },
    });
    task.spawn(project.tasks.tryFind('venv')!);
    task.exec('tsx test/properties/run.ts', { receiveArgs: true });
  }
}
