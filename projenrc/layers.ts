import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** Folders of `src`, from the ground up. A folder imports from the rows above its own, and from itself. */
const LAYERS = [
  ['core'],
  ['monitors'],
  ['capacity'],
  ['network'],
  ['data', 'storage', 'compute', 'cluster', 'edge', 'workflow'],
  ['observability', 'access', 'migration'],
  ['patterns'],
];

/** Read finished templates and trees; they import `core` alone, and no building block imports them. */
const READERS = ['checks', 'report'];

/** Imports go one way, without cycles, and files and functions stay short: as ESLint rules, proved by test/contract. */
export class Layers extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.eslint!.addRules({
      'import/no-cycle': ['error', { ignoreExternal: true }],
      'import/no-restricted-paths': ['error', { zones: [...layerZones(), ...readerZones()] }],
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

function layerZones() {
  return LAYERS.flatMap((row, level) => row.map(folder => ({
    target: `./src/${folder}`,
    from: './src',
    except: [...LAYERS.slice(0, level).flat(), folder].map(allowed => `./${allowed}`),
    message: `${folder} may import only from the layers below it`,
  })));
}

function readerZones() {
  return READERS.map(folder => ({
    target: `./src/${folder}`,
    from: './src',
    except: ['./core', `./${folder}`],
    message: `${folder} reads finished templates; it imports core alone`,
  }));
}
