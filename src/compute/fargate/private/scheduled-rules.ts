import { Token } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { WEB_CONTAINER } from './workload-props';
import { cronFields } from '../../../core/private/time/schedules';
import { wholeDuration } from '../../../core/private/units';
import { isGiven, Rule } from '../../../core/private/validation';
import { ScheduledTask } from '../scheduled-task';

/** Characters of what a task is told in the place of its definition (ECS API reference, `RunTask`: overrides). */
const MAX_OVERRIDES = 8192;

const AGE = wholeDuration<ScheduledTask>('maxEventAge', 'seconds', 'leave it out for an hour', [60, 86_400]);

/** What must hold of a task. */
export const SCHEDULED_TASK_RULES: Rule<ScheduledTask>[] = [
  ({ schedule }) => isGiven(schedule) ? undefined : `'schedule' must be given, got ${schedule}: give one such as ScheduleExpression.rate(Duration.hours(1))`,
  ({ schedule }) => !isGiven(schedule) || !isKnownCron(schedule) || cronFields(schedule.expressionString) !== undefined ? undefined
    : `'schedule' must be six fields of cron that AWS takes, got ${JSON.stringify(schedule.expressionString)}: give one such as ScheduleExpression.cron({ hour: '3', minute: '0' })`,
  ({ command }) => isCommand(command) ? undefined
    : `'command' must be a program and its arguments, got ${JSON.stringify(command)}: give one such as ['php', 'bin/clean.php']`,
  ({ command }) => !isCommand(command) || JSON.stringify(overridesOf(command)).length <= MAX_OVERRIDES ? undefined
    : `'command' must be up to ${MAX_OVERRIDES} characters as JSON, got ${JSON.stringify(overridesOf(command)).length}: put the script into the image`,
  ({ maxEventAge }) => maxEventAge?.isUnresolved() === true ? '\'maxEventAge\' must be known at synthesis, got a token: give the value, not a parameter' : undefined,
  props => props.maxEventAge?.isUnresolved() === true ? undefined : AGE(props),
];

/** What ECS is told to run in the place of the image's own command. */
export function overridesOf(command: string[]) {
  return { containerOverrides: [{ name: WEB_CONTAINER, command }] };
}

function isKnownCron({ expressionString }: ScheduleExpression): boolean {
  return !Token.isUnresolved(expressionString) && expressionString.startsWith('cron');
}

function isCommand(command: unknown): command is string[] {
  return Token.isUnresolved(command) || Array.isArray(command) && command.length > 0 && command.every(part => typeof part === 'string') && command[0] !== '';
}
