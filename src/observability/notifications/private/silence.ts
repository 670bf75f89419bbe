import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Severity } from '../../../core';

const NOBODY = 'cdk-platform-patterns:nobody-notified';
const MEND = 'give \'notifications\', such as Notifications.email(\'team@example.com\')';

/** Warns of alarms that tell nobody. Warnings may be for the boards alone. */
export function warnOfSilence(scope: Construct, tells: (severity: string) => boolean): void {
  if (tells(Severity.CRITICAL)) return;
  const silent = tells(Severity.WARNING) ? 'critical alarms' : 'alarms';
  Annotations.of(scope).addWarningV2(NOBODY, `[${scope.node.path}] ${silent} notify nobody: ${MEND}`);
}
