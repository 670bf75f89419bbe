import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** What the library costs over writing the same by hand; `-- --check` fails above the limits, `--quick` runs less often. */
export class Benchmark extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.gitignore.exclude('/bench/.build/');
    const bench = project.addTask('bench', {
      description: 'Measure synthesis and loading against the same resources by hand (-- --check --quick)',
    });
    bench.spawn(project.tasks.tryFind('assembly')!);
    bench.exec('tsx bench/bench.ts', { receiveArgs: true });
  }
}
