import { readFileSync } from 'node:fs';
import * as path from 'node:path';

export interface TemplateResource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
}

/** A stack of a cloud assembly: where it is deployed, and its resources by logical id. */
export interface AssemblyStack {
  readonly name: string;
  readonly region: string;
  readonly resources: { readonly [logicalId: string]: TemplateResource };
}

/** The stacks of a cloud assembly in a folder. */
export function stacksOf(folder: string): AssemblyStack[] {
  const { artifacts } = read(path.join(folder, 'manifest.json')) as { artifacts: { [id: string]: Artifact } };
  return Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack').map(([id, artifact]) => ({
    name: artifact.properties.stackName ?? id,
    region: artifact.environment.split('/').pop() ?? '',
    resources: (read(path.join(folder, artifact.properties.templateFile)) as { Resources: AssemblyStack['resources'] }).Resources,
  }));
}

interface Artifact {
  readonly type: string;
  readonly environment: string;
  readonly properties: { readonly stackName?: string; readonly templateFile: string };
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Types of the resources whose declaration is another one in the second list of stacks. */
export function changedTypes(before: AssemblyStack[], after: AssemblyStack[]): string[] {
  return [...new Set(after.flatMap(({ name, resources }) => {
    const old = before.find(stack => stack.name === name)?.resources ?? {};
    return Object.entries(resources)
      .filter(([id, resource]) => JSON.stringify(resource) !== JSON.stringify(old[id]))
      .map(([, { Type }]) => Type);
  }))].sort();
}
