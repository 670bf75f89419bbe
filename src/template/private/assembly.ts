import { existsSync, readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { asList, asObject, at, Json, JsonObject } from './json';
import { isLoop, writeOutLoops } from './loops';

/** A resource of a template. */
export interface Resource {
  /** Unique over all templates. */
  readonly key: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** Name of the condition under which it is made. */
  readonly condition?: string;
  readonly metadata: JsonObject;
  readonly template: Template;
  /** Construct path without the `/Resource` that the CDK adds, when the assembly tells it. */
  readonly constructPath?: string;
}

/** A template, of a stack or of a stack nested in another. */
export interface Template {
  readonly path: string;
  readonly body: JsonObject;
  readonly resources: Map<string, Resource>;
  /** The `AWS::CloudFormation::Stack` that nests this template. */
  readonly parent?: Resource;
}

/** Chooses what a template leaves open; without it, all of it counts. */
export type Settle = (template: Template, assembly: Assembly) => JsonObject;

/** All templates of an app, and what one finds in another. */
export class Assembly {
  public static fromFiles(paths: string[], settle?: Settle): Assembly {
    const assembly = new Assembly(settle);
    paths.forEach(path => assembly.load(path, readFileSync(path, 'utf8')));
    return assembly;
  }

  public static fromJson(json: string, settle?: Settle): Assembly {
    const assembly = new Assembly(settle);
    assembly.load('template.json', json);
    return assembly;
  }

  public readonly templates: Template[] = [];
  private readonly byType = new Map<string, Resource[]>();
  private readonly nestedStacks = new Map<string, Template>();
  private readonly exports = new Map<string, { value: Json; template: Template }>();

  private constructor(private readonly settle?: Settle) {}

  public get resources(): Resource[] {
    return this.templates.flatMap(template => [...template.resources.values()]);
  }

  public ofType(...types: string[]): Resource[] {
    return types.flatMap(type => this.byType.get(type) ?? []);
  }

  /** The template that an `AWS::CloudFormation::Stack` deploys, if it is at hand. */
  public nestedIn(stack: Resource): Template | undefined {
    return this.nestedStacks.get(stack.key);
  }

  public exported(name: string): { value: Json; template: Template } | undefined {
    return this.exports.get(name);
  }

  private load(path: string, json: string, parent?: Resource): Template {
    const parsed = parse(path, json);
    const body = json.includes('Fn::ForEach') ? writeOutLoops(parsed) : parsed;
    const written: Template = { path, body, resources: new Map(), parent };
    const template: Template = this.settle === undefined ? written : { ...written, body: this.settle(written, this) };
    const paths = parent === undefined ? constructPaths(path) : new Map<string, string>();
    this.templates.push(template);
    for (const [logicalId, resource] of Object.entries(asObject(template.body.Resources))) {
      if (!isLoop(logicalId) && logicalId !== 'Fn::Transform') { this.add(toResource(template, logicalId, asObject(resource), paths)); }
    }
    for (const output of Object.values(asObject(template.body.Outputs))) {
      at(output, 'Export.Name').forEach(name => this.exports.set(exportKey(name), { value: asObject(output).Value, template }));
    }
    return template;
  }

  private add(resource: Resource): void {
    resource.template.resources.set(resource.logicalId, resource);
    this.byType.set(resource.type, [...this.byType.get(resource.type) ?? [], resource]);
    if (resource.type === 'AWS::CloudFormation::Stack') { this.loadNested(resource); }
    // What the CDK writes for references between regions: parameters that the other stack reads by name.
    for (const [name, value] of at(resource.properties, 'WriterProps.exports').flatMap(each => Object.entries(asObject(each)))) {
      this.exports.set(name, { value, template: resource.template });
    }
  }

  private loadNested(stack: Resource): void {
    const asset = stack.metadata['aws:asset:path'] ?? assetOf(stack) ?? localOf(stack);
    const path = typeof asset === 'string' ? join(dirname(stack.template.path), asset) : undefined;
    if (path === undefined || !existsSync(path)) { return; }
    this.nestedStacks.set(stack.key, this.load(path, readFileSync(path, 'utf8'), stack));
  }
}

/** Names of exports are text, or the same intrinsic function on both sides. */
export function exportKey(name: Json): string {
  return typeof name === 'string' ? name : JSON.stringify(name);
}

function parse(path: string, json: string): JsonObject {
  try {
    return asObject(JSON.parse(json) as Json);
  } catch (error) {
    throw new Error(`[${path}] the template must be JSON, as the CDK synthesizes it: ${(error as Error).message}`);
  }
}

function toResource(template: Template, logicalId: string, body: JsonObject, paths: Map<string, string>): Resource {
  const metadata = asObject(body.Metadata);
  const path = metadata['aws:cdk:path'] ?? paths.get(logicalId);
  return {
    key: `${template.path}#${logicalId}`,
    logicalId,
    type: String(body.Type),
    properties: asObject(body.Properties),
    condition: typeof body.Condition === 'string' ? body.Condition : undefined,
    metadata,
    template,
    constructPath: typeof path === 'string' ? path.replace(/\/(Resource|Default)$/, '') : undefined,
  };
}

/** The file of a nested stack, which its URL names by hash. The CDK's CLI adds the file's name to the metadata, an app alone does not. */
function assetOf(stack: Resource): Json {
  const root = rootOf(stack.template);
  const url = JSON.stringify(stack.properties.TemplateURL ?? '');
  const files = Object.entries(asObject(beside(root.path, '.assets.json').files));
  return at(files.find(([hash]) => url.includes(hash))?.[1], 'source.path')[0];
}

/** A template that `aws cloudformation package` has still to upload goes by its path. */
function localOf({ properties: { TemplateURL: url } }: Resource): Json {
  return typeof url === 'string' && !/^\w+:/.test(url) ? url : undefined;
}

function rootOf(template: Template): Template {
  return template.parent === undefined ? template : rootOf(template.parent.template);
}

/** The construct paths that the assembly keeps beside a template, by logical id. */
function constructPaths(templatePath: string): Map<string, string> {
  return new Map(Object.entries(beside(templatePath, '.metadata.json')).flatMap(([path, records]) => asList(records)
    .map(asObject)
    .filter(record => record.type === 'aws:cdk:logicalId')
    .map(record => [String(record.data), path.replace(/^\//, '')] as [string, string])));
}

/** Another file that the assembly keeps for the same stack, if there is one. */
function beside(templatePath: string, suffix: string): JsonObject {
  const file = join(dirname(templatePath), basename(templatePath).replace(/\.template\.json$/, suffix));
  return file === templatePath || !existsSync(file) ? {} : parse(file, readFileSync(file, 'utf8'));
}
