import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Reachability } from '../../src';
import { REACHABLE_BY } from '../../src/core/private/reachable-by';

const INTEG = path.resolve(__dirname, '..', '..', 'integ');
const CASES = readdirSync(INTEG).flatMap(file => /^integ\.(.+)\.ts$/.exec(file)?.[1] ?? []);

interface Template {
  readonly Resources: { [id: string]: { Type: string; Metadata?: { [key: string]: unknown }; Properties?: { [name: string]: unknown } } };
}

/** The templates that the case was deployed with last; those of its assertions are no part of the platform. */
function templatesOf(name: string): string[] {
  const snapshot = path.join(INTEG, `integ.${name}.ts.snapshot`);
  return readdirSync(snapshot)
    .filter(file => file.endsWith('.template.json') && !file.startsWith('Assertions') && !file.includes('DeployAssert'))
    .map(file => path.join(snapshot, file));
}

describe.each(CASES)('the integration case %s', name => {
  test('has closed data stores, which nothing reaches but what is declared', () => {
    const stores = templatesOf(name).flatMap(file => Object.values(read(file).Resources)).filter(({ Metadata }) => REACHABLE_BY in (Metadata ?? {}));
    // A database; where there are sessions, their store as well.
    expect(stores.length).toBeGreaterThan(name.startsWith('spa-api-platform.') ? 0 : 1);
    expect(Reachability.analyze(templatesOf(name))).toEqual([]);
  });

  test('would not pass with one more rule', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'opened-'));
    try {
      const opened = templatesOf(name).map(file => open(file, folder));
      expect(Reachability.analyze(opened).map(({ ruleName }) => ruleName)).toContain(Reachability.WIDE_INGRESS);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** A copy of the template in which every security group lets all private addresses in. */
function open(file: string, folder: string): string {
  const copy = path.join(folder, path.basename(file));
  copyFileSync(file, copy);
  const template = read(copy);
  Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::EC2::SecurityGroup').forEach(({ Properties = {} }) => {
    Properties.SecurityGroupIngress = [{ IpProtocol: '-1', CidrIp: '10.0.0.0/8' }];
  });
  writeFileSync(copy, JSON.stringify(template));
  return copy;
}

function read(file: string): Template {
  return JSON.parse(readFileSync(file, 'utf8')) as Template;
}
