import { Construct } from 'constructs';
import { nameInAllRegions } from '../../core/private/naming';

/** Longest of the part of a name that the path makes (CloudWatch: 255 in all, for alarms and dashboards). */
const MAX_NAME = 150;

/** What the names of a construct's boards and alarms begin with: no two platforms of an account share it. */
export function monitoringName(scope: Construct): string {
  return nameInAllRegions(scope, MAX_NAME);
}
