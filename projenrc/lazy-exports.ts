import { Component } from 'projen';
import { TypeScriptProject } from 'projen/lib/typescript';

/** Loads a folder of the package when something of it is first used: requiring the package costs next to nothing. */
export class LazyExports extends Component {
  constructor(project: TypeScriptProject) {
    super(project);
    project.compileTask.exec('node projenrc/scripts/lazy-exports.js');
  }
}
