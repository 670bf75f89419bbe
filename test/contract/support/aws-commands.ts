import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT } from './assembly';

/** A command of the AWS CLI as a page has it. */
export interface AwsCommand {
  readonly service: string;
  readonly operation: string;
  readonly options: string[];
}

/** Options of every command (AWS CLI command reference, "Global options"), and those of commands with several pages of answers. */
const GLOBAL = [
  'query', 'output', 'region', 'profile', 'max-items', 'starting-token', 'page-size', 'no-paginate', 'cli-binary-format', 'cli-read-timeout', 'cli-input-json',
];
/** Commands that the CLI has beside the services' own operations (AWS CLI command reference). */
const ADDED: { [command: string]: string[] } = {
  'ecs wait': ['cluster', 'tasks'],
  's3 cp': ['recursive', 'exclude', 'include', 'content-type', 'metadata-directive'],
  's3 ls': ['recursive'],
  's3 mb': [],
  'cloudfront create-invalidation': ['distribution-id', 'invalidation-batch', 'paths'],
  'logs tail': ['since', 'follow', 'format', 'filter-pattern', 'log-stream-names', 'log-stream-name-prefix'],
};
/** What the CLI says in its own words: a flag for a service's boolean. */
const FLAG = /^no-/;

interface Model {
  readonly operations: { readonly [name: string]: { readonly input?: { readonly shape: string } } };
  readonly shapes: { readonly [name: string]: { readonly members?: { readonly [member: string]: unknown } } };
}

/** Every command of the AWS CLI in a page, in its blocks and in its text. */
export function commandsIn(markdown: string): AwsCommand[] {
  const blocks = [...markdown.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].map(([, block]) => block.replace(/\\\n/g, ' '));
  const spans = [...markdown.replace(/^ *```[^]*?^ *```$/gm, '').matchAll(/`([^`]+)`/g)].map(([, span]) => span.replace(/\s+/g, ' '));
  return [...blocks, ...spans].flatMap(piecesOf).flatMap(piece => {
    const [, service, operation, rest] = /\baws ([a-z0-9-]+) ([a-z0-9-]+)(.*)/.exec(piece) ?? [];
    return service === undefined ? [] : [{ service, operation, options: [...rest.matchAll(/ --([a-z0-9-]+)/g)].map(([, option]) => option) }];
  });
}

/** The commands of a script, those inside others apart; what is quoted or in parentheses is no part of them. */
function piecesOf(script: string): string[] {
  const inner: string[] = [];
  let left = script.replace(/(^|\s)#\s.*$/gm, '').replace(/'[^']*'/g, 'text');
  for (let before = ''; before !== left;) {
    before = left;
    left = left.replace(/(\$?)\(([^()]*)\)/g, (_, sign: string, content: string) => {
      if (sign === '$') inner.push(content);
      return 'nested';
    });
  }
  return [left, ...inner].flatMap(each => each.split(/\n|\||;|&&/));
}

/** What the CLI would say of a command: the service, the operation or an option is not known. */
export function mistakesIn({ service, operation, options }: AwsCommand): string[] {
  const known = optionsOf(service, operation);
  if (known === undefined) return [`aws ${service} ${operation} is no command`];
  return options.filter(option => ![...GLOBAL, ...known].includes(option) && !known.includes(option.replace(FLAG, '')))
    .map(option => `aws ${service} ${operation} has no --${option}`);
}

function optionsOf(service: string, operation: string): string[] | undefined {
  if (`${service} ${operation}` in ADDED) return ADDED[`${service} ${operation}`];
  const model = modelOf(service.replace(/^s3api$/, 's3'));
  const name = Object.keys(model?.operations ?? {}).find(each => kebab(each) === operation);
  if (model === undefined || name === undefined) return undefined;
  const { input } = model.operations[name];
  return Object.keys(input === undefined ? {} : model.shapes[input.shape].members ?? {}).map(kebab);
}

const models = new Map<string, Model | undefined>();

/** The newest description of the service in botocore, which the CLI is made of; it comes with cfn-lint. */
function modelOf(service: string): Model | undefined {
  if (!models.has(service)) models.set(service, readModel(service));
  return models.get(service);
}

function readModel(service: string): Model | undefined {
  const libraries = path.join(ROOT, '.venv', 'lib');
  if (!existsSync(libraries)) throw new Error('There is no .venv: run `npx projen venv`, which `npx projen test` does before the tests');
  const [python] = readdirSync(libraries);
  const folder = path.join(libraries, python, 'site-packages', 'botocore', 'data', service);
  if (!existsSync(folder)) return undefined;
  const newest = readdirSync(folder).filter(each => /^\d{4}-/.test(each)).sort().at(-1)!;
  return JSON.parse(gunzipSync(readFileSync(path.join(folder, newest, 'service-2.json.gz'))).toString('utf8')) as Model;
}

/** As botocore turns names into options (`xform_name`). */
function kebab(name: string): string {
  const whole = name.replace(/(?<=[a-z])([A-Z]{2,}s)$/, match => `-${match.toLowerCase()}`).replace(/^([A-Z]{2,}s)$/, match => match.toLowerCase());
  return whole.replace(/(.)([A-Z][a-z]+)/g, '$1-$2').replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
