import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { Told, toldBy } from './told';
import { Watched } from './watched';
import { Severity } from '../../src';
import { DeployedStack } from '../emulator/deployed-stack';
import { LocalAws, REGION } from '../emulator/local-aws';
import { main, Problem, step, stopAtSignal } from '../emulator/progress';
import { STEP_VARIABLE } from '../support/step';

const ROOT = path.resolve(__dirname, '..', '..');
const STACK = 'Alarms';
/** What whoever is woken reads: what to look at, the page that says more, the team's own, and whom to call. */
const SAID = ['First check: ', '/docs/runbooks/', 'https://wiki.example.com/shop', 'Owner: Storefront, storefront@example.com, Mon to Fri, 9:00 to 18:00'];

/**
 * Puts the metrics of each alarm of a deployed platform over its threshold, those of AWS, too, which no account lets anybody
 * put: a handful wakes nobody, much raises every alarm, and each that tells people has told the queue.
 */
main(async () => {
  const aws = new LocalAws();
  const forget = stopAtSignal(() => aws.stopOwn());
  try {
    await step(`starting the local AWS on ${aws.url}`, () => aws.start());
    await step('bootstrapping its account for CDK', () => aws.bootstrap());
    await step('deploying a platform (integ/alarms/app.ts)', () => deploy(aws));
    const checks = await prove(aws);
    const failed = checks.filter(({ problem }) => problem !== undefined);
    checks.forEach(({ what, problem }) => console.log(problem === undefined ? `✓ ${what}` : `✗ ${what}: ${problem}`));
    console.log(`\n${checks.length - failed.length} passed, ${failed.length} failed`);
    if (failed.length > 0) process.exitCode = 1;
  } finally {
    if (aws.started) await aws.stopOwn();
    forget();
  }
});

interface Check {
  readonly what: string;
  readonly problem?: string;
}

async function prove(aws: LocalAws): Promise<Check[]> {
  const { outputs } = await DeployedStack.of(aws.url, STACK);
  const watched = new Watched(aws, STACK);
  // What is made of no alarm, as nothing here has that symptom, is never raised.
  const [alarms, composites] = [await watched.alarms(), (await watched.composites()).filter(({ AlarmRule }) => AlarmRule !== 'FALSE')];
  const tells = ({ ActionsEnabled, AlarmActions = [] }: Pick<MetricAlarm, 'ActionsEnabled' | 'AlarmActions'>) =>
    ActionsEnabled !== false && AlarmActions.includes(outputs.Topic);
  const ours = alarms.filter(alarm => tells(alarm) || composites.some(({ AlarmRule = '' }) => AlarmRule.includes(alarm.AlarmArn ?? '')));

  await watched.putFew(ours);
  const quiet = await watched.all();
  const raised: Named[] = [];
  for (const alarm of ours) {
    await watched.breach(alarm);
    // What raises another one may be what clears this, and what is made of it.
    raised.push(...(await watched.alarms()).filter(({ AlarmName }) => AlarmName === alarm.AlarmName));
    raised.push(...(await watched.composites()).filter(({ StateValue }) => StateValue === 'ALARM'));
  }
  raised.push(...await watched.composites());
  const told = await toldBy(aws, outputs.Queue);

  const wakes = [...ours, ...composites].filter(alarm => tells(alarm) && alarm.AlarmName?.endsWith(`-${Severity.CRITICAL}`));
  return [
    ...wakes.filter(alarm => alarm.StateValue !== 'ALARM').map(alarm => check(`a handful does not raise ${alarm.AlarmName}`,
      stateOf(quiet, alarm) === 'ALARM' ? reasonOf(quiet, alarm) : undefined)),
    ...[...ours, ...composites].map(alarm => check(`much of it raises ${alarm.AlarmName}`,
      stateOf(raised, alarm) === 'ALARM' || alarm.StateValue === 'ALARM' ? undefined : reasonOf(raised, alarm))),
    ...[...ours, ...composites].filter(tells).map(({ AlarmName = '' }) => check(`the queue is told of ${AlarmName}`, lackOf(AlarmName, told))),
    check('the operations board says that the application is ill, and whom to call',
      await linesLack(aws, outputs, ['Not well: 2 of 2', 'Storefront', 'storefront@example.com', 'Mon to Fri'])),
  ];
}

function check(what: string, problem?: string): Check {
  return { what, problem };
}

type Named = Pick<MetricAlarm, 'AlarmName' | 'StateValue' | 'StateReason'>;

function stateOf(alarms: Named[], { AlarmName }: Named): string | undefined {
  return alarms.find(each => each.AlarmName === AlarmName)?.StateValue;
}

function reasonOf(alarms: Named[], { AlarmName }: Named): string | undefined {
  return alarms.find(each => each.AlarmName === AlarmName)?.StateReason;
}

/** What is missing of an alarm's message. */
function lackOf(name: string, told: Told[]): string | undefined {
  const message = told.find(({ AlarmName, NewStateValue }) => AlarmName === name && NewStateValue === 'ALARM');
  if (message === undefined) return 'no message came';
  const lacking = SAID.filter(text => !message.AlarmDescription.includes(text));
  return lacking.length === 0 ? undefined : `it does not say ${lacking.join(', ')}: ${message.AlarmDescription}`;
}

/** What the lines of the operations board do not say. */
async function linesLack(aws: LocalAws, outputs: { [name: string]: string }, texts: string[]): Promise<string | undefined> {
  const client = new LambdaClient({ endpoint: aws.url, region: REGION, credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' } });
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: outputs.OperationsFunction, Payload: outputs.OperationsRequest }));
  const lines = Buffer.from(Payload ?? []).toString();
  const lacking = texts.filter(text => !lines.includes(text));
  return lacking.length === 0 ? undefined : `it does not say ${lacking.join(', ')}: ${lines}`;
}

function deploy(aws: LocalAws): void {
  const bin = path.join(ROOT, 'node_modules', '.bin');
  const { status, stdout, stderr } = spawnSync(path.join(bin, 'cdk'), [
    'deploy', '--all', '--app', `${path.join(bin, 'tsx')} integ/alarms/app.ts`, '--output', path.join(aws.folder, 'cdk.out'),
    '--require-approval', 'never', '--progress', 'events',
  ], { cwd: ROOT, encoding: 'utf8', env: { ...aws.environment, [STEP_VARIABLE]: 'first', CDK_VALIDATION: 'false' }, maxBuffer: 1e8 });
  if (status !== 0) throw new Problem(`the platform was not deployed:\n${stdout}${stderr}`);
}
