import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { once } from '../support/platform';
import { CHOICES, DEFAULT } from './support/alarm-platforms';
import { ROOT } from './support/assembly';
import { commandsIn, mistakesIn } from './support/aws-commands';
import { stacksOf } from './support/variant';

const FOLDER = path.join(ROOT, 'docs', 'runbooks');
const INDEX = 'README.md';
const PAGES = readdirSync(FOLDER).filter(file => file.endsWith('.md') && file !== INDEX).sort();
const read = (page: string) => readFileSync(path.join(FOLDER, page), 'utf8');
/** What each page is made of. */
const PARTS = [/^\*\*Customers notice\*\*/m, /\*\*It\s+means\*\*/, /^## Find the cause$/m, /^## Mend it$/m, /^## What prevents it$/m, /^\*\*Escalate\*\*/m];

/** Types and logical ids of all resources of the platforms. */
const resources = once(() => [DEFAULT, ...CHOICES].flatMap(stacksOf).flatMap(({ template }) =>
  Object.entries((template as { Resources: { [id: string]: { Type: string } } }).Resources).map(([id, { Type }]) => ({ id, type: Type }))));

/** What a page looks for in the stack: `of AWS::RDS::DBCluster` and, where there are several, a part of the logical id. */
function lookUps(markdown: string): { type: string; word: string }[] {
  return [...markdown.matchAll(/\bof\s+(AWS::[A-Za-z0-9:]+)(?: ([A-Z][A-Za-z]+))?/g)].map(([, type, word = '']) => ({ type, word }));
}

function linksOf(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
}

/** As GitHub makes them of headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));
}

function deadLinks(file: string): string[] {
  const markdown = readFileSync(file, 'utf8');
  return linksOf(markdown).filter(link => !/^[a-z]+:/.test(link)).filter(link => {
    const [target, anchor] = link.split('#');
    const to = target === '' ? file : path.resolve(path.dirname(file), target);
    return !existsSync(to) || (anchor !== undefined && !anchorsOf(readFileSync(to, 'utf8')).includes(anchor));
  });
}

describe.each(PAGES)('the runbook page %s', page => {
  test('says what customers notice, what it means, how to find the cause, how to mend it, what prevents it, and when to escalate', () => {
    expect(PARTS.filter(part => !part.test(read(page)))).toEqual([]);
  });

  test('has commands that the AWS CLI knows, with options that they have', () => {
    const commands = commandsIn(read(page));
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.flatMap(mistakesIn)).toEqual([]);
  });

  test('looks for resources that a platform has, each by a word that tells it apart', () => {
    const found = lookUps(read(page));
    expect(found.filter(({ type, word }) => !resources().some(each => each.type === type && each.id.includes(word)))).toEqual([]);
  });
});

describe('the runbook', () => {
  test('finds the names of resources the same way on each page', () => {
    const [way] = /^STACK=Shop[^]*?PhysicalResourceId"; }$/m.exec(read(PAGES[0]))!;
    expect(PAGES.filter(page => !read(page).includes(way))).toEqual([]);
    expect(read(INDEX).replace(/^ {2}/gm, '')).toContain(way);
  });

  test('has an index that begins with the application that cannot reach its database, and names each page', () => {
    const linked = linksOf(read(INDEX)).filter(link => PAGES.includes(link));
    expect(linked[0]).toBe('application-cannot-reach-database.md');
    expect([...new Set(linked)].sort()).toEqual(PAGES);
  });
});

describe('the documents', () => {
  const pages = (folder: string): string[] => readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.md') && !file.includes('node_modules')).map(file => path.join(folder, file));

  test.each(['README.md', ...pages('docs'), ...pages('examples'), ...pages('bench')])('have no dead link in %s', file => {
    expect(deadLinks(path.join(ROOT, file))).toEqual([]);
  });
});

describe('the check of commands itself', () => {
  test('reads commands in blocks, in text, over several lines and within one another', () => {
    const markdown = '```sh\naws rds describe-db-clusters \\\n  --db-cluster-identifier "$(aws ecs list-tasks --cluster x)" --query \'[]\' | head\n```\nRun `aws s3 cp a b --recursive`.';
    expect(commandsIn(markdown)).toEqual([
      { service: 'rds', operation: 'describe-db-clusters', options: ['db-cluster-identifier', 'query'] },
      { service: 'ecs', operation: 'list-tasks', options: ['cluster'] },
      { service: 's3', operation: 'cp', options: ['recursive'] },
    ]);
  });

  test('tells what the CLI does not have', () => {
    const [noService, noOperation, noOption] = commandsIn('`aws nothing at-all`, `aws rds describe-moon`, `aws rds describe-db-clusters --moon`');
    expect(mistakesIn(noService)).toEqual(['aws nothing at-all is no command']);
    expect(mistakesIn(noOperation)).toEqual(['aws rds describe-moon is no command']);
    expect(mistakesIn(noOption)).toEqual(['aws rds describe-db-clusters has no --moon']);
  });
});
