import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { EnvironmentProfile } from '../../../core';
import { acknowledgeWildcards } from '../../../core/private/acknowledge';
import { createInlineFunction } from '../../../core/private/resources/inline-function';

/** What a widget waits for an answer at the most; a Region that does not answer takes 2 attempts of 8 s. */
const TIMEOUT = Duration.seconds(40);

/**
 * Answers CloudWatch with one line for each application. What it cannot read it never takes for well. All that it writes is
 * escaped: names and contacts are a user's.
 */
export const HANDLER = `import boto3
from botocore.config import Config
from datetime import datetime
from html import escape

DOCS = 'Says in plain words how applications are.'
CONFIG = Config(connect_timeout=3, read_timeout=5, retries={'total_max_attempts': 2})
TYPES = ['MetricAlarm', 'CompositeAlarm']


def read(alarms):
    found = {}
    for region in {alarm['region'] for alarm in alarms}:
        names = sorted({alarm['name'] for alarm in alarms if alarm['region'] == region})
        try:
            pages = boto3.client('cloudwatch', region_name=region, config=CONFIG).get_paginator('describe_alarms')
            for i in range(0, len(names), 100):
                for page in pages.paginate(AlarmNames=names[i:i + 100], AlarmTypes=TYPES, PaginationConfig={'PageSize': 100}):
                    for alarm in [each for kind in TYPES for each in page.get(kind + 's', [])]:
                        found[region, alarm['AlarmName']] = alarm
        except Exception as error:
            print(region, error)
    return found


def judge(app, found, ranks):
    seen = []
    for alarm in app['alarms']:
        now = found.get((alarm['region'], alarm['name']), {})
        told = {'OK': 'well', 'ALARM': alarm['state'], 'INSUFFICIENT_DATA': 'waiting'}
        seen.append((told.get(now.get('StateValue'), 'unknown'), now.get('StateTransitionedTimestamp')))
    worst = min((state for state, _ in seen), key=ranks.index, default='unknown')
    times = [time for state, time in seen if state == worst and time]
    since = (max if worst == 'well' else min)(times, default=None)
    return worst, since, 'unknown' in dict(seen)


def when(since, now, texts):
    if not since:
        return ''
    since = since.astimezone(now.tzinfo)
    duration = texts['moment']
    for unit, size in ('minute', 60), ('hour', 3600), ('day', 86400):
        count = int((now - since).total_seconds() // size)
        if count > 1:
            duration = texts[unit + 's'].format(count=count)
        elif count == 1 and size == 60:
            duration = texts['minute']
    text = texts['today' if since.date() == now.date() else 'earlier']
    return text.format(duration=duration, date=since.strftime(texts['date']), time=since.strftime('%H:%M'))


def line(app, state, since, partly, texts, look, now):
    badge = f'<span style="{look["style"]}">{look["sign"]} {escape(texts[state])}</span>'
    notices = [texts[state + 'Notice']] + [texts['partly']] * (partly and state != 'unknown')
    help, link = escape(app['help']), app.get('runbook', '')
    if link.startswith('https://'):
        help = f'<a href="{escape(link)}" target="_blank">{help}</a>'
    notice, call = ('<br>'.join(map(escape, lines)) for lines in (notices, app['call']))
    cells = f'<b>{escape(app["name"])}</b>', f'{badge}<br>{escape(when(since, now, texts))}', notice, call, help
    return f'<tr><td>{"</td><td>".join(cells)}</td></tr>'


def handler(event, context):
    if event.get('describe'):
        return DOCS
    texts, apps, looks = event['texts'], event['applications'], {each['state']: each for each in event['states']}
    zone = event.get('widgetContext', {}).get('timezone', {}).get('offsetISO', '+00:00')
    now = datetime.now(datetime.strptime(zone, '%z').tzinfo)
    found, ranks = read([alarm for app in apps for alarm in app['alarms']]), list(looks)
    rows = sorted(((app, *judge(app, found, ranks)) for app in apps), key=lambda row: ranks.index(row[1]))
    ill, new = (sum(row[1] in kind for row in rows) for kind in (ranks[:4], ['waiting']))
    summary = texts['notWell' if ill else 'notYet' if new else 'allWell'].format(count=ill or new, all=len(rows))
    looked = texts['looked'].format(time=now.strftime('%H:%M'))
    head = '</th><th>'.join(escape(texts[key]) for key in ['application', 'state', 'notice', 'call', 'help'])
    body = ''.join(line(*row, texts, looks[row[1]], now) for row in rows)
    return f'<div lang="{event["language"]}"><p><b>{escape(summary)}</b> {escape(looked)}</p><table width="100%"><tr><th>{head}</th></tr>{body}</table></div>'
`;

/** The function of the custom widget: it reads alarms, in any Region. */
export function createOperationsFunction(scope: Construct, encryptionKey: IKey, profile: EnvironmentProfile): CfnFunction {
  const { fn } = createInlineFunction(scope, {
    description: 'Says on the operations board how applications are',
    code: HANDLER,
    statements: [new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] })],
    encryptionKey,
    logRetention: profile.logRetention,
    logRemovalPolicy: profile.removalPolicy,
    timeout: TIMEOUT,
    bareBecause: 'Runs while somebody looks at the operations board, which waits for its answer, shows a failure and asks again; it speaks to one API of AWS alone',
  });
  acknowledgeWildcards(scope, ['*'],
    'CloudWatch tells of composite alarms only who may describe all (API reference, DescribeAlarms); the action reads and changes nothing');
  return fn;
}
