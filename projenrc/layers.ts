import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** Folders of `src`, from the ground up. A folder imports from the rows above its own, and from itself. */
const LAYERS = [
  ['core'],
  ['segments', 'capacity'],
  ['network'],
  ['workload'],
  ['data', 'storage', 'compute', 'cluster', 'edge', 'workflow'],
  ['observability', 'access', 'migration'],
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

/** Imports go one way, without cycles, and files and functions stay short: as ESLint rules, proved by test/contract. */
export class Layers extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.eslint!.addRules({
      'import/no-cycle': ['error', { ignoreExternal: true }],
      'import/no-restricted-paths': ['error', { zones: [...zones(LAYERS, () => []), ...zones(READERS, folder => ['core', ...READS_TOO[folder] ?? []])] }],
    });
    project.eslint!.addRules({ 'max-lines': ['error', { max: 250 }] });
    project.eslint!.addOverride({
      // A `describe` is as long as its tests are many.
      files: ['src/**/*.ts', 'integ/**/*.ts', 'bench/**/*.ts', 'projenrc/**/*.ts'],
      rules: { 'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }] },
    });
    project.eslint!.addIgnorePattern('*.snapshot/');
  }
}

function zones(rows: string[][], readsToo: (folder: string) => string[]) {
  return rows.flatMap((row, level) => row.map(folder => ({
    target: `./src/${folder}`,
    from: './src',
    except: [...rows.slice(0, level).flat(), ...readsToo(folder), folder].map(allowed => `./${allowed}`),
    message: `${folder} may import only from the rows below it (projenrc/layers.ts)`,
  })));
}
