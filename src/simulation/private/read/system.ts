import { readDatabase, readSessions } from './data';
import { readDistribution, readReservation, readTargets, readWaitingRule } from './edge';
import { findWorkload, readFleet } from './fleet';
import { Reader } from './reader';
import { Assembly } from '../../../template/private/assembly';
import { System } from '../system';

/** All of the templates that matters under a spike. */
export function readSystem(assembly: Assembly, path: string, service: string | undefined): System {
  const reader = new Reader(assembly, path);
  const workload = findWorkload(reader, service);
  return {
    fleet: readFleet(reader, workload),
    targets: readTargets(reader, workload),
    reservedCapacityUnits: readReservation(reader),
    ...readDistribution(reader),
    waitingRule: readWaitingRule(reader),
    database: readDatabase(reader),
    sessions: readSessions(reader),
    notes: reader.notes,
  };
}
