import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ROOT } from './support/assembly';
import { withLaunchNames } from '../../integ/templates/launch-names';
import { PlainStack, Template } from '../../integ/templates/plain-stack';
import { TEMPLATES } from '../../integ/templates/templates';
import { Reachability } from '../../src';
import { once } from '../support/platform';

const NAMES = Object.keys(TEMPLATES);
const templates = once(() => new Map(NAMES.map(name => [name, TEMPLATES[name]()])));
const textOf = (name: string) => JSON.stringify(templates().get(name));
const templateOf = (name: string) => templates().get(name)!;

/** Every text in a value. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

describe.each(NAMES)('the plain template %s', name => {
  test('needs no bootstrap and no assets, and knows nothing of CDK', () => {
    expect(textOf(name)).not.toMatch(/hnb659fds|BootstrapVersion|cdk-assets|aws:cdk|CDKMetadata|AWS::CDK::Metadata/);
  });

  test('is small enough for CloudFormation', () => {
    const { Parameters, Resources, Outputs } = templateOf(name);
    // Quotas of CloudFormation: 1 MB in a bucket, 500 resources, 200 parameters, 200 outputs.
    expect(Buffer.byteLength(textOf(name))).toBeLessThan(1_000_000);
    expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
    expect(Object.keys(Parameters).length).toBeLessThanOrEqual(200);
    expect(Object.keys(Outputs).length).toBeLessThanOrEqual(200);
  });

  test('uses every parameter, and shows each in one group', () => {
    const { Parameters, Metadata } = templateOf(name);
    const { ParameterGroups } = Metadata['AWS::CloudFormation::Interface'] as { ParameterGroups: { Parameters: string[] }[] };
    expect(ParameterGroups.flatMap(group => group.Parameters).sort()).toEqual(Object.keys(Parameters).sort());
    expect(Object.keys(Parameters).length).toBeGreaterThan(5);
    const resources = JSON.stringify(templateOf(name).Resources);
    expect(Object.keys(Parameters).filter(parameter => !resources.includes(`{"Ref":"${parameter}"}`))).toEqual([]);
  });

  test('launches in us-east-1 alone', () => {
    expect(templateOf(name).Rules).toEqual({
      Region: {
        Assertions: [{
          Assert: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
          AssertDescription: 'Launch this template in us-east-1, where CloudFront reads its certificate and its web ACL',
        }],
      },
    });
  });

  test('gives no name that a second stack of it would give too', () => {
    const { Resources } = templateOf(name);
    expect(Object.values(Resources).flatMap(({ Properties }) => texts(Properties)).filter(text => /web-stackguid/i.test(text))).toEqual([]);
    expect(textOf(name)).toContain('{"Ref":"AWS::StackId"}');
  });

  test('makes no role that CAPABILITY_IAM would not be enough for', () => {
    const named = Object.values(templateOf(name).Resources)
      .filter(({ Type, Properties }) => Type.startsWith('AWS::IAM::') && ['RoleName', 'PolicyName', 'ManagedPolicyName', 'UserName', 'GroupName', 'InstanceProfileName']
        .some(property => property in Properties) && Type !== 'AWS::IAM::Policy');
    expect(named).toEqual([]);
  });
});

describe('the plain templates', () => {
  test('ask for what only a launcher knows, and have a default for all else', () => {
    const asked = ({ Parameters }: Template) => Object.entries(Parameters).filter(([, { Default }]) => Default === undefined).map(([key]) => key);
    expect(asked(templateOf('elastic-web-platform.fargate'))).toEqual(['Image', 'AlarmEmail']);
    expect(asked(templateOf('elastic-web-platform.fargate.domain'))).toEqual(['Image', 'AlarmEmail', 'DomainName', 'CertificateArn']);
    expect(Object.entries(templateOf('elastic-web-platform.fargate').Parameters).flatMap(([key, { Default }]) => Default === undefined ? [] : [`${key} ${String(Default)}`]).sort())
      .toEqual(['Cpu 512', 'CpuArchitecture X86_64', 'DeletionProtection true', 'HealthCheckPath /healthz', 'MaxAcu 15', 'MaxUnits 30', 'MinAcu 2', 'MinUnits 2', 'Port 8080', 'TargetRequestsPerMinute 900']);
  });

  test('keep the data of production, and none of a trial', () => {
    const kept = (name: string) => Object.values(templateOf(name).Resources)
      .filter(({ Type, DeletionPolicy }) => ['AWS::RDS::DBCluster', 'AWS::S3::Bucket'].includes(Type) && DeletionPolicy !== 'Delete').length;
    expect(kept('elastic-web-platform.fargate')).toBeGreaterThanOrEqual(3);
    expect(kept('elastic-web-platform.fargate.development')).toBe(0);
  });

  describe('as files', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'plain-'));
    const files = NAMES.map(name => path.join(folder, `${name}.json`));
    beforeAll(() => files.forEach((file, index) => writeFileSync(file, textOf(NAMES[index]))));
    afterAll(() => rmSync(folder, { recursive: true }));

    test('have no error and no warning of cfn-lint', () => {
      const { stdout, error } = spawnSync(path.join(ROOT, '.venv', 'bin', 'cfn-lint'),
        ['--format', 'parseable', '--regions', 'us-east-1', '--', ...files], { encoding: 'utf8' });
      expect(error).toBeUndefined();
      expect(stdout.replaceAll(`${folder}/`, '')).toBe('');
    });

    test.each(NAMES)('let nothing reach the data but the application: %s', name => {
      expect(Reachability.analyze([path.join(folder, `${name}.json`)])).toEqual([]);
    });
  });
});

describe('a plain stack', () => {
  test('refuses what would have to be uploaded first', () => {
    const stack = new PlainStack('');
    expect(() => stack.synthesizer.addFileAsset({ sourceHash: 'x' })).toThrow('A plain template has no assets: whoever launches it has no bucket of CDK\'s');
    expect(() => stack.synthesizer.addDockerImageAsset({ sourceHash: 'x' })).toThrow('A plain template has no assets: whoever launches it has no repository of CDK\'s');
  });

  test('has names that begin with a part of the stack\'s id, in capitals or not, and leaves logical ids alone', () => {
    const id = { 'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }] };
    expect(withLaunchNames({ Name: ['Web-StackGuid-Shop', 'web-stackguid'], Id: { Ref: 'WebStackGuidShop' }, Other: 1, Nothing: null })).toEqual({
      Name: [{ 'Fn::Join': ['', ['Web-', id, '-Shop']] }, { 'Fn::Join': ['', ['web-', id, '']] }], Id: { Ref: 'WebStackGuidShop' }, Other: 1, Nothing: null,
    });
  });
});
