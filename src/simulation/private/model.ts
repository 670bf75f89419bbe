import { applicationOf } from './application';
import { behaviourAt, constants } from './behaviour';
import { readSystem } from './read/system';
import { replay } from './replay';
import { occurrences } from './schedule';
import { System } from './system';
import { between, positive, Rule, validate } from '../../core/private/validation';
import { Assembly } from '../../template/private/assembly';
import { settle } from '../../template/private/settle';
import { Arrivals } from '../arrivals';
import { ApplicationModel, SpikeSimulationOptions } from '../options';
import { Outlook } from '../outlook';
import { SpikeResult } from '../spike-result';

export { constants };

/** A template that was read, with what is assumed. */
export interface Model {
  readonly notes: string[];
  replay(arrivals: Arrivals): SpikeResult;
}

const APPLICATION: Rule<ApplicationModel>[] = [
  positive('requestsPerSecondPerUnit', 'give what one unit answers, from a load test'),
  between('workersPerUnit', 1, Infinity, 'a unit works on one request at the least'),
  between('backlogPerUnit', 0, Infinity, 'give how many requests wait in a unit'),
  positive('requestsPerSecondPerAcu', 'give what one ACU serves, from a load test'),
  between('ecpuPerRequest', 0, Infinity, 'give what a request takes of the session store'),
  between('anonymousShare', 0, 1, 'it is a share of the requests'),
  between('anonymousPages', 0, Infinity, 'give how many pages are the same for everyone'),
  between('requestsPerVisit', 1, Infinity, 'a visit is one request at the least'),
];

const OPTIONS: Rule<SpikeSimulationOptions>[] = [
  ({ behaviour = {} }) => {
    const names = constants().map(({ name }) => name);
    const unknown = Object.keys(behaviour).filter(name => !names.includes(name));
    return unknown.length === 0 ? undefined
      : `'behaviour' must name constants of the model, got ${unknown.map(name => `'${name}'`).join(', ')}: give some of ${names.join(', ')}`;
  },
  ({ behaviour = {} }) => {
    const [bad] = Object.entries(behaviour).filter(([, value]) => !(value >= 0 && value < Infinity));
    return bad === undefined ? undefined : `'behaviour' must give numbers of at least 0, got ${bad[1]} for '${bad[0]}': give the number in the unit that SpikeSimulation.constants tells`;
  },
];

export function ofJson(templateJson: string, options: SpikeSimulationOptions): Model {
  return modelOf('SpikeSimulation.ofTemplate', () => Assembly.fromJson(templateJson, settle), options);
}

export function ofFiles(paths: string[], options: SpikeSimulationOptions): Model {
  return modelOf('SpikeSimulation.ofFiles', () => Assembly.fromFiles(paths, settle), options);
}

function modelOf(path: string, load: () => Assembly, options: SpikeSimulationOptions): Model {
  validate(path, options, OPTIONS);
  validate(`${path}, application`, options.application ?? {}, APPLICATION);
  const system = readSystem(load(), path, options.service);
  checkSchedule(path, system);
  const assumptions = {
    application: applicationOf(options.application ?? {}, system.fleet.vcpus),
    behaviour: behaviourAt(options.outlook ?? Outlook.PESSIMISTIC, options.behaviour ?? {}),
    objective: options.latencyObjective?.toSeconds({ integral: false }) ?? 2,
    seed: options.seed ?? 1,
  };
  return { notes: system.notes, replay: arrivals => replay(system, arrivals, assumptions) };
}

function checkSchedule(path: string, { fleet }: System): void {
  for (const { name, expression, timeZone } of fleet.schedule) {
    try {
      occurrences(expression, timeZone, 0, 0);
    } catch (error) {
      throw new Error(`[${path}] the schedule of '${name}' ${(error as Error).message}: the model knows at, rate, and cron with numbers, names, lists, ranges and steps`);
    }
  }
}
