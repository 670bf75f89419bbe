import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** What a spike does to the default platform and to others; fails when the platform misses its goals. `-- --quick` draws less often, `-- --write` writes it into the docs. */
export class Simulation extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.addTask('simulate', {
      description: 'Replay spikes through synthesized templates, ours and those of ecs-patterns, and print what becomes of the requests (-- --quick, --write into the docs)',
      env: { CDK_VALIDATION: 'false' },
      exec: 'tsx bench/simulation/simulate.ts',
      receiveArgs: true,
    });
  }
}
