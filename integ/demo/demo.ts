import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { CloudWatchClient, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { DeployedStack } from '../emulator/deployed-stack';
import { LocalAws, REGION } from '../emulator/local-aws';
import { main, Problem, step, stopAtSignal } from '../emulator/progress';
import { printRecordedOnly } from '../emulator/recorded-only';

const ROOT = path.resolve(__dirname, '..', '..');
const OUTPUT = path.join(ROOT, '.demo');
const ASSEMBLY = path.join(OUTPUT, 'cdk.out');
const STACK = 'Demo';

/** What a reader looks for first, by the type of its resource. */
const KEY_RESOURCES: [string, string][] = [
  ['Distribution', 'AWS::CloudFront::Distribution'],
  ['Web firewall', 'AWS::WAFv2::WebACL'],
  ['Load balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
  ['Application', 'AWS::ECS::Service'],
  ['Database', 'AWS::RDS::DBCluster'],
  ['Sessions', 'AWS::ElastiCache::ServerlessCache'],
  ['Buckets', 'AWS::S3::Bucket'],
  ['Network', 'AWS::EC2::VPC'],
  ['Alarm topic', 'AWS::SNS::Topic'],
  ['Dashboards', 'AWS::CloudWatch::Dashboard'],
];

main(async () => {
  const aws = new LocalAws();
  rmSync(OUTPUT, { recursive: true, force: true });
  mkdirSync(OUTPUT, { recursive: true });
  const forget = stopAtSignal(() => aws.stopOwn());
  try {
    await step('making the Python environment of the local AWS (.venv)', () => run('node', ['projenrc/scripts/venv.js']));
    await step('synthesizing the sample platform (integ/demo/app.ts)', () => run(tool('cdk'), [
      'synth', '--quiet', '--app', `${tool('tsx')} integ/demo/app.ts`, '--output', ASSEMBLY,
    ]));
    await step(`starting the local AWS on ${aws.url}`, () => aws.start());
    await step('bootstrapping its account for CDK', () => aws.bootstrap());
    await step('deploying with the CDK command line', () => run(tool('cdk'), [
      'deploy', STACK, '--app', ASSEMBLY, '--require-approval', 'never', '--progress', 'bar',
    ], aws.environment));
    await report(aws);
  } finally {
    if (aws.started) await step('stopping the local AWS, and the demo with it', () => aws.stopOwn());
    forget();
  }
});

async function report(aws: LocalAws): Promise<void> {
  const stack = await DeployedStack.of(aws.url, STACK);
  console.log(`\nDeployed ${stack.resources.length} resources of ${stack.counts().length} types:`);
  countsByService(stack).forEach(line => console.log(`  ${line}`));
  console.log('\nThe platform:');
  Object.entries(stack.outputs).forEach(([key, value]) => console.log(`  ${key}: ${value}`));
  KEY_RESOURCES.forEach(([title, type]) => console.log(`  ${title}: ${stack.ids(type).join(', ') || 'none'}`));
  console.log(`  Alarms: ${stack.ids('AWS::CloudWatch::Alarm').length}\n`);
  printRecordedOnly(aws.recordedOnly());

  const template = path.join(OUTPUT, 'template.json');
  copyFileSync(path.join(ASSEMBLY, `${STACK}.template.json`), template);
  console.log(`\nTemplate:  ${path.relative(ROOT, template)} (${Math.round(readFileSync(template).length / 1024)} KiB)`);
  for (const name of stack.ids('AWS::CloudWatch::Dashboard')) console.log(`Dashboard: ${path.relative(ROOT, await saveBoard(aws, name))}`);
  console.log('           (paste one into CloudWatch: a dashboard\'s Actions, View/edit source)\n');
}

async function saveBoard(aws: LocalAws, name: string): Promise<string> {
  const file = path.join(OUTPUT, `${name}.json`);
  writeFileSync(file, await dashboardBody(aws, name));
  return file;
}

/** Such as `RDS 5: 2 DBInstance, 1 DBCluster, ...`. */
function countsByService(stack: DeployedStack): string[] {
  const services = new Map<string, [string, number][]>();
  stack.counts().forEach(([type, count]) => {
    const [, service, kind = service] = type.split('::');
    const group = type.startsWith('Custom::') ? 'Custom' : service;
    services.set(group, [...services.get(group) ?? [], [kind, count]]);
  });
  return [...services].map(([service, kinds]) => {
    const total = kinds.reduce((sum, [, count]) => sum + count, 0);
    return `${service} ${total}: ${kinds.map(([kind, count]) => `${count} ${kind}`).join(', ')}`;
  });
}

/** The dashboard as CloudWatch gives it back, with the deployed names in it. */
async function dashboardBody(aws: LocalAws, name: string): Promise<string> {
  const client = new CloudWatchClient({
    endpoint: aws.url, region: REGION, credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
  });
  const { DashboardBody } = await client.send(new GetDashboardCommand({ DashboardName: name }));
  if (!DashboardBody) throw new Problem(`The dashboard ${name} is empty`);
  return `${JSON.stringify(JSON.parse(DashboardBody), null, 2)}\n`;
}

function tool(name: string): string {
  return path.join(ROOT, 'node_modules', '.bin', name);
}

/** Runs a command with its output on the console only when it fails. */
function run(command: string, args: string[], environment: NodeJS.ProcessEnv = process.env): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.once('error', reject);
    child.once('close', status => {
      if (status === 0) resolve();
      else reject(new Problem(`"${path.basename(command)} ${args[0]}" failed:\n${output.trim()}`));
    });
  });
}
