import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ScheduledFloor } from '../../sizes';

const EVENT_PAST = 'cdk-platform-patterns:event-past';

/**
 * The floors that are still to come: AWS refuses to schedule what is past. A warning names those that are left out.
 *
 * @param scope whose warning it is
 * @param floors the floors of a plan
 * @param now the moment of synthesis
 */
export function floorsToCome(scope: IConstruct, floors: ScheduledFloor[], now = new Date()): ScheduledFloor[] {
  const past = floors.filter(({ at }) => at !== undefined && at <= now);
  if (past.length > 0) {
    Annotations.of(scope).addWarningV2(EVENT_PAST,
      `[${scope.node.path}] no longer scheduled, because they are past: ${past.map(({ name, at }) => `${name} (${at!.toISOString()})`).join(', ')}. Leave events that are over out of the traffic, or give their next date`);
  }
  return floors.filter(floor => !past.includes(floor));
}
