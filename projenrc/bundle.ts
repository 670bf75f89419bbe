import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** Where the package begins. */
export const ENTRYPOINT = 'lib/bundle.js';

/**
 * What users load is one file, whose parts run when something of them is first used: requiring the package costs next to nothing, and using it
 * opens no file for each of its modules.
 */
export class Bundle extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.addDevDeps('esbuild@^0.28');
    project.compileTask.exec('node projenrc/scripts/bundle.js');
    project.addPackageIgnore('/lib/**/*.js');
    project.addPackageIgnore(`!/${ENTRYPOINT}`);
  }
}
