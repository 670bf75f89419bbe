import { Component, JsonFile } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** Folders of `src`, from the ground up. A folder imports from the rows above its own, and from itself. */
const LAYERS = [
  ['core'],
  ['segments', 'capacity'],
  ['network'],
  ['workload'],
  ['data', 'storage', 'compute', 'cluster', 'edge', 'workflow'],
  ['frontend', 'observability', 'access', 'migration'],
  ['ground'],
  ['patterns'],
];

/** They read finished templates: each imports `core` and the rows above its own, and no building block imports them. */
const READERS = [
  ['template'],
  ['checks', 'simulation'],
  ['report'],
];

/** Besides the readers below it, the report reads why the sizes are what they are. */
const READS_TOO: { [folder: string]: string[] } = { report: ['capacity'] };

const CONFIG = '.dependency-cruiser.json';

/** Imports go one way, without cycles (dependency-cruiser), and files and functions stay short (ESLint): proved by test/contract. */
export class Layers extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    this.refuseImports(project);
    project.eslint!.addRules({ 'max-lines': ['error', { max: 250 }] });
    project.eslint!.addOverride({
      // A `describe` is as long as its tests are many.
      files: ['src/**/*.ts', 'integ/**/*.ts', 'bench/**/*.ts', 'examples/**/*.ts', 'projenrc/**/*.ts'],
      rules: { 'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }] },
    });
    project.eslint!.addIgnorePattern('*.snapshot/');
  }

  private refuseImports(project: TypeScriptProject) {
    project.addDevDeps('dependency-cruiser@^17');
    project.addPackageIgnore(`/${CONFIG}`);
    new JsonFile(project, CONFIG, {
      // The tool knows each of its options by name, and a comment is none.
      marker: false,
      obj: {
        forbidden: [
          // `import type` is gone when files are loaded: a circle with such a side is none.
          { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
          ...layers(LAYERS, () => []),
          ...layers(READERS, folder => ['core', ...READS_TOO[folder] ?? []]),
        ],
        options: {
          // With imports that only types need: TypeScript leaves them out of what it emits.
          tsPreCompilationDeps: true,
          doNotFollow: { path: 'node_modules' },
          exclude: { path: '\\.snapshot/' },
        },
      },
    });
    const task = project.addTask('layers', {
      description: 'Refuse imports that go up a layer or in a circle',
      exec: `depcruise --config ${CONFIG} src test integ bench docs examples projenrc .projenrc.ts`,
    });
    project.testTask.spawn(task);
  }
}

function layers(rows: string[][], readsToo: (folder: string) => string[]) {
  return rows.flatMap((row, level) => row.map(folder => ({
    name: folder,
    comment: `${folder} may import only from the rows below it (projenrc/layers.ts)`,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: { path: '^src/', pathNot: `^src/(${[...rows.slice(0, level).flat(), ...readsToo(folder), folder].join('|')})/` },
  })));
}
