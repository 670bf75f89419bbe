import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AlarmStatusWidget, CompositeAlarm, CustomWidget, Dashboard, Row, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { createInlineFunction } from '../inline-function';
import { Symptom } from './alarms';

const HANDLER = `import boto3
from datetime import datetime, timezone
from html import escape

DOCS = 'Says in plain words how applications are.'
COLUMNS = 'Application', 'How it is', 'What customers notice', 'Whom to call'
STATES = {
    'Down': ('\\u2716', '#8b0000', 'They cannot use it at all: they see an error, or nothing.'),
    'Failing': ('\\u25b2', '#b45309', 'Some of what they do ends in an error, perhaps all of it.'),
    'Slow': ('\\u25c6', '#6d5f00', 'Many of them wait longer than usual.'),
    'We cannot tell': ('?', '#4a4a8a', 'Not known: this page could not look. Call the team and ask.'),
    'No information yet': ('\\u2026', '#595959', 'Not known yet: it is new. If this stays for an hour, call the team.'),
    'Well': ('\\u2714', '#1d6b3a', 'Nothing that this page sees.'),
}


def judge(alarms):
    try:
        names = list(alarms.values())
        found = boto3.client('cloudwatch').describe_alarms(AlarmNames=names, AlarmTypes=['CompositeAlarm'])
        now = {alarm['AlarmName']: alarm for alarm in found['CompositeAlarms']}
    except Exception as error:
        print(error)
        return 'We cannot tell', None
    seen = []
    for symptom, name in alarms.items():
        alarm = now.get(name, {})
        told = {'OK': 'Well', 'ALARM': symptom, 'INSUFFICIENT_DATA': 'No information yet'}
        seen.append((told.get(alarm.get('StateValue'), 'We cannot tell'), alarm.get('StateTransitionedTimestamp')))
    ranks = list(STATES)
    worst = min((state for state, _ in seen), key=ranks.index)
    times = [time for state, time in seen if state == worst and time]
    return worst, min(times, default=None)


def line(app):
    state, since = judge(app['alarms'])
    sign, colour, notice = STATES[state]
    style = f'padding:4px 10px;border-radius:4px;font-weight:bold;color:#fff;background:{colour}'
    when = f'<br>since {since:%d %b %H:%M} UTC' if since else ''
    cells = escape(app['name']), f'<span style="{style}">{sign} {state}</span>{when}', notice, escape(app['call'])
    return f'<tr><td>{"</td><td>".join(cells)}</td></tr>'


def handler(event, context):
    if event.get('describe'):
        return DOCS
    body = ''.join(line(app) for app in event['applications'])
    looked = f'<p>Looked at {datetime.now(timezone.utc):%H:%M} UTC.</p>'
    return f'{looked}<table width="100%"><tr><th>{"</th><th>".join(COLUMNS)}</th></tr>{body}</table>'
`;

const HEADING = '# How are our applications right now?\nRead the word in each line. If it is **Slow**, **Failing** or **Down**, or the page cannot tell, call the team that the line names. The page says when it last looked: if that was more than 5 minutes ago, press the round arrow at the top right.';
const CALL = 'No team is named here: ask your supervisor.';
const CONTACTS = `## If you cannot see the lines above
You may not have been given the right to see them: ask the team in the list here for it. Until then, read the boxes below. A **red** box means that customers notice something now; its name ends in what: Down, Failing or Slow. Call that application's team.

| Application | Whom to call |
| --- | --- |
| Shop | ${CALL} |`;
const MEANING = `## What the words mean
| Word | What customers notice |
|---|---|
| ✔ **Well** | Nothing that this page sees. |
| … **No information yet** | Not known yet: it is new. If this stays for an hour, call the team. |
| ? **We cannot tell** | Not known: this page could not look. Call the team and ask. |
| ◆ **Slow** | Many of them wait longer than usual. |
| ▲ **Failing** | Some of what they do ends in an error, perhaps all of it. |
| ✖ **Down** | They cannot use it at all: they see an error, or nothing. |`;
const WHAT_TO_DO = `## What to do
1. Call the team that the line names. Say the name of the application, the word, and since when.
2. If nobody answers within 15 minutes, call again, and tell your supervisor.
3. Keep looking until the word is **Well** again.

## What not to do
- Do not wait for it to get well by itself.
- Do not switch anything off or on, and change nothing.
- Do not tell customers when it will be over: ask the team what to tell them.`;

/** The board for people without technical knowledge. */
export function createOperationsBoard(stack: Stack, key: IKey, symptoms: Map<Symptom, CompositeAlarm>, ground: Map<Symptom, CompositeAlarm>): void {
  const alarms = Object.fromEntries([...symptoms].map(([symptom]) => [symptom, `Bench-Customers-${symptom}`]));
  const text = (markdown: string, width: number, height: number) => new TextWidget({ markdown, width, height });
  new Dashboard(stack, 'OperationsBoard', {
    dashboardName: 'Bench-Operations',
    widgets: [
      [text(HEADING, 24, 2)],
      [new CustomWidget({
        title: 'Our applications',
        functionArn: createFunction(stack, key).attrArn,
        width: 24,
        height: 5,
        updateOnResize: false,
        updateOnTimeRangeChange: false,
        params: { applications: [{ name: 'Shop', call: CALL, alarms }] },
      })],
      [text(CONTACTS, 24, 4)],
      [new AlarmStatusWidget({ title: 'Shop: what customers notice now', alarms: [...symptoms.values()], width: 24, height: 3 })],
      [new AlarmStatusWidget({ title: 'What all of it stands on', alarms: [...ground.values()], width: 24, height: 3 })],
      [new Row(text(MEANING, 12, 7), text(WHAT_TO_DO, 12, 7))],
    ],
  });
}

function createFunction(stack: Stack, key: IKey): CfnFunction {
  return createInlineFunction(stack, 'Operations', {
    key,
    description: 'Says on the operations board how applications are',
    code: HANDLER,
    statement: new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }),
    timeout: 40,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}
