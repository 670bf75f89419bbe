import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/**
 * Jest on swc: a test file starts in tenths of a second, and types are checked once for the whole tree by
 * `projen typecheck` (part of `projen test`) instead of once per test file.
 */
export class FastJest extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    const jest = project.jest!;
    jest.config.transform = {
      '^.+\\.ts$': ['@swc/jest', {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true },
        module: { type: 'commonjs' },
      }],
    };
    // By default Jest leaves one core alone, which on two cores is half of them.
    jest.config.maxWorkers = '100%';
    // Neither compiled code nor a synthesized app holds tests.
    jest.addIgnorePattern('/cdk.out/');
    jest.addIgnorePattern('/dist/');
    jest.addTestMatch('<rootDir>/integ/emulator/**/*.test.ts');
    project.deps.removeDependency('ts-jest');

    const typecheck = project.addTask('typecheck', {
      description: 'Type-check sources, tests, integ cases and project files',
      exec: 'tsc --noEmit -p tsconfig.dev.json',
    });
    project.testTask.prependSpawn(typecheck);
  }
}
