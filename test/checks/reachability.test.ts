import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnParameter, CfnResource, NestedStack, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { SoundStack } from './sound-stack';
import { Reachability } from '../../src/checks';
import { declareClosed, REACHABLE_BY } from '../../src/core/private/reachable-by';

let outdir: string;
beforeEach(() => { outdir = mkdtempSync(join(tmpdir(), 'reachability-')); });
afterEach(() => {
  rmSync(outdir, { recursive: true });
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

/** Synthesizes with the plugin; answers the exit code and the report: printed by older releases of CDK, thrown by newer. */
function synthesize(damage: (stack: SoundStack) => void, plugin = new Reachability(), acknowledged?: string) {
  const lines: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((text: string) => { lines.push(text); });
  const app = new App({ outdir });
  Validations.of(app).addPlugins(plugin);
  if (acknowledged !== undefined) { Validations.of(app).acknowledge({ id: acknowledged, reason: 'tested' }); }
  damage(new SoundStack(app, 'Sound'));
  try {
    app.synth();
  } catch (error) {
    if ((error as Error).name !== 'ValidationFailed') throw error;
    return { exitCode: 1, report: (error as Error).message };
  }
  return { exitCode: process.exitCode, report: lines.join('\n') };
}

const openToTheWorld = (stack: SoundStack) => stack.database.connections.allowDefaultPortFromAnyIpv4();

describe('as a plugin of the synthesis', () => {
  test('lets a sound stack pass', () => {
    expect(synthesize(() => {}).exitCode).toBeUndefined();
  });

  test('fails a bad one and prints rule, path and mend', () => {
    const { exitCode, report } = synthesize(openToTheWorld);
    expect(exitCode).toBe(1);
    expect(report).toContain('reachability-wide-ingress');
    expect(report).toMatch(/A data store admits addresses as wide as a network: addresses 0\.0\.0\.0\/0 -> .* from 0\.0\.0\.0\/0 -> AWS::RDS::DBCluster Database/);
    expect(report).toContain('Admit the security groups of the clients instead of addresses.');
  });

  test('tells construct paths from the assembly, so that another workload in the declared group is found', () => {
    const { exitCode, report } = synthesize(stack => new Client(stack, 'Stranger', stack.vpc, stack.service.connections.securityGroups[0]));
    expect(exitCode).toBe(1);
    expect(report).toContain('AWS::EC2::Instance StrangerInstance');
  });

  test('is silenced by allowing both ends, by construct path', () => {
    expect(synthesize(openToTheWorld, new Reachability({ allow: [{ source: '0.0.0.0/0', target: 'Sound/Database' }] })).exitCode).toBeUndefined();
  });

  test('is silenced by acknowledging the rule', () => {
    expect(synthesize(openToTheWorld, new Reachability(), 'Reachability::reachability-wide-ingress').exitCode).toBeUndefined();
    expect(synthesize(openToTheWorld, new Reachability(), 'Reachability::reachability-internet').exitCode).toBe(1);
  });

  test('names its rules', () => {
    expect(new Reachability().ruleIds).toEqual([
      Reachability.INTERNET, Reachability.PUBLIC_PLACEMENT, Reachability.WIDE_INGRESS, Reachability.UNDECLARED_WORKLOAD,
      Reachability.UNKNOWN_SOURCE, Reachability.ENTRANCE,
    ]);
  });
});

/** A machine in a group that is given, or in one of its own. */
class Client extends Construct implements ec2.IConnectable {
  public readonly connections: ec2.Connections;
  constructor(scope: Construct, id: string, vpc: ec2.IVpc, securityGroup?: ec2.ISecurityGroup) {
    super(scope, id);
    const machine = new ec2.Instance(this, 'Instance', {
      vpc, securityGroup, instanceType: new ec2.InstanceType('t3.micro'), machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-1' }),
    });
    this.connections = machine.connections;
  }
}

/** A database in a stack of its own, its client in another or in a nested one. */
function twoStacks(toClientScope: (stack: Stack) => Construct, declare: boolean) {
  const app = new App({ outdir });
  const env = { account: '111111111111', region: 'us-east-1' };
  const base = new Stack(app, 'Base', { env });
  const vpc = new ec2.Vpc(base, 'Vpc', { maxAzs: 2 });
  const scope = toClientScope(new Stack(app, 'Clients', { env }));
  const client = new Client(scope, 'Client', vpc);
  const stack = new Stack(app, 'Data', { env });
  const database = new rds.DatabaseInstance(stack, 'Database', { vpc, engine: rds.DatabaseInstanceEngine.MYSQL, publiclyAccessible: false });
  database.connections.allowDefaultPortFrom(client);
  const store = database.node.defaultChild as CfnResource;
  if (declare) { Reachability.declare(store, client); } else { declareClosed(store); }
  return Reachability.analyze(app.synth().stacks.map(each => each.templateFullPath));
}

describe('between stacks', () => {
  test.each([
    ['another stack', (stack: Stack) => stack as Construct],
    ['a nested stack', (stack: Stack) => new NestedStack(stack, 'Nested')],
  ])('follows a client to %s', (_, scope) => {
    expect(twoStacks(scope, true)).toEqual([]);
  });

  test.each([
    ['another stack', (stack: Stack) => stack as Construct],
    ['a nested stack', (stack: Stack) => new NestedStack(stack, 'Nested')],
  ])('finds the client of %s when nobody declared it', (_, scope) => {
    expect(twoStacks(scope, false)).toEqual([expect.objectContaining({
      ruleName: 'reachability-undeclared-workload', source: expect.stringMatching(/^AWS::EC2::Instance ClientInstance/), store: expect.stringMatching(/^Database/),
    })]);
  });
});

describe('a declaration', () => {
  test('is plain text in the metadata, so that the store does not come to depend on its client', () => {
    const stack = new Stack(new App(), 'Stack');
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const store = new CfnResource(stack, 'Store', { type: 'Test::Store' });
    const securityGroup = new ec2.SecurityGroup(stack, 'Group', { vpc });
    const parameter = new CfnParameter(stack, 'Imported');
    const other = new ec2.SecurityGroup(new Stack(stack.node.root as App, 'Other'), 'Group', { vpc });
    declareClosed(store);
    Reachability.declare(store, new Client(stack, 'Client', vpc, securityGroup));
    Reachability.declare(store, securityGroup);
    Reachability.declare(store, other);
    Reachability.declare(store, ec2.SecurityGroup.fromSecurityGroupId(stack, 'ById', 'sg-0123'));
    Reachability.declare(store, ec2.SecurityGroup.fromSecurityGroupId(stack, 'ByParameter', parameter.valueAsString));
    Reachability.declareFrontDoor(store);
    expect(stack.resolve(store.cfnOptions.metadata)[REACHABLE_BY]).toEqual([
      { workload: 'Stack/Client', securityGroups: ['GroupC77FDACD'], resources: [expect.stringMatching(/^ClientInstance/)] },
      { securityGroups: ['GroupC77FDACD'] },
      { securityGroups: ['Other.template.json#GroupC77FDACD'] },
      { securityGroups: ['sg-0123'] },
      { securityGroups: [{ Ref: 'Imported' }] },
      { workload: 'internet', securityGroups: [] },
    ].map(entry => expect.objectContaining(entry)));
  });

  test('without entries closes the store', () => {
    const stack = new Stack(new App(), 'Stack');
    const store = new CfnResource(stack, 'Store', { type: 'Test::Store' });
    declareClosed(store);
    expect(stack.resolve(store.cfnOptions.metadata)).toEqual({ [REACHABLE_BY]: [] });
  });
});

test('a template that is not JSON is refused by its path', () => {
  const path = join(outdir, 'broken.template.json');
  writeFileSync(path, 'Resources:');
  expect(() => Reachability.analyze([path])).toThrow(`[${path}] the template must be JSON, as the CDK synthesizes it: `);
});

test('a template of 150 resources takes milliseconds', () => {
  const app = new App({ outdir });
  [0, 1].forEach(index => new SoundStack(app, `Sound${index}`));
  const paths = app.synth().stacks.map(each => each.templateFullPath);
  Reachability.analyze(paths);
  const start = process.cpuUsage();
  Reachability.analyze(paths);
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(250);
});
