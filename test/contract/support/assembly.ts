import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

export const ROOT = path.resolve(__dirname, '..', '..', '..');

export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly example?: string;
}

export interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
}

export interface Parameter {
  readonly name: string;
  readonly docs?: Docs;
}

export interface Member {
  readonly name: string;
  readonly docs?: Docs;
  readonly optional?: boolean;
  readonly overrides?: string;
  readonly parameters?: Parameter[];
}

export interface AssemblyType {
  readonly name: string;
  readonly fqn: string;
  readonly kind: 'class' | 'enum' | 'interface';
  readonly base?: string;
  /** What an interface extends. */
  readonly interfaces?: string[];
  /** Whether an interface is a struct: properties alone. */
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly initializer?: { readonly parameters?: Parameter[] };
  readonly methods?: Member[];
  readonly properties?: Member[];
  /** Members of an enum. */
  readonly members?: Member[];
}

/** What the contract tests read of a jsii assembly. */
export interface Assembly {
  readonly name: string;
  readonly dependencies: { readonly [name: string]: string };
  readonly readme?: { readonly markdown: string };
  readonly types: { readonly [fqn: string]: AssemblyType };
}

/** The assembly of the library, as the compiler left it. */
export function readAssembly(): Assembly {
  const file = path.join(ROOT, '.jsii');
  if (!existsSync(file)) throw new Error('There is no .jsii: run `npx projen assembly`, which `npx projen test` does before the tests');
  return JSON.parse(readFileSync(file, 'utf8')) as Assembly;
}
