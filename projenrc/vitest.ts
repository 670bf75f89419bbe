import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/**
 * Tests run by Vitest (`vitest.config.mts`); types are checked once for the whole tree by `projen typecheck`, which is part
 * of `projen test` too.
 */
export class Vitest extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    // Vite 7 needs Node 20.19, and we support 20.16
    project.addDevDeps('vitest@^4', 'vite@^6');
    project.addPackageIgnore('/vitest.config.mts');
    project.gitignore.exclude('/test-reports/');
    project.addPackageIgnore('/test-reports/');
    project.eslint?.addLintPattern('vitest.config.mts');
    project.eslint?.allowDevDeps('vitest.config.mts');

    project.testTask.prependExec('vitest run', { receiveArgs: true });
    project.addTask('test:watch', { description: 'Run tests as files change', exec: 'vitest', receiveArgs: true });
    const typecheck = project.addTask('typecheck', {
      description: 'Type-check sources, tests, integ cases and project files',
      exec: 'tsc --noEmit -p tsconfig.dev.json',
    });
    project.testTask.prependSpawn(typecheck);
  }
}
