import { Arrivals } from './arrivals';
import { SpikeSimulationOptions } from './options';
import { BehaviourConstant } from './outlook';
import { constants, ofFiles, ofJson } from './private/model';
import { SpikeResult } from './spike-result';

/**
 * Replays traffic through what a synthesized template describes, and says what becomes of the requests: a model of
 * content delivery, load balancer, scaling policies with the delays of their metrics and alarms, units that start and
 * pass health checks, database and session store.
 *
 * It is a model: what it assumes of AWS is listed by `constants`, with sources, and each end can be tried. Visitors do
 * not try again in it, zones do not fail, and one unit is as busy as the next.
 *
 * @exampleMetadata nofixture
 * @example
 *
 * import { readFileSync } from 'node:fs';
 * import { simulation } from 'cdk-platform-patterns';
 *
 * const template = simulation.SpikeSimulation.ofTemplate(readFileSync('cdk.out/Shop.template.json', 'utf8'));
 * const result = template.replay(simulation.Arrivals.ramp({ baselineRps: 20, peakMultiplier: 30 }));
 * console.log(`${100 * result.failedShare} % of the requests fail, with ${result.unitHours} unit-hours`);
 */
export class SpikeSimulation {
  /** What is assumed of AWS, with its sources: numbers that no template holds. */
  public static constants(): BehaviourConstant[] {
    return constants();
  }

  /**
   * A simulation of one template, of this library or of anyone.
   *
   * @param templateJson the template as JSON text
   * @param options what is assumed besides the template. Default: a classic PHP page and the pessimistic end
   * @throws Error when the template holds nothing that runs an application, or several and `service` names none, or a
   * number of it is known only when it is deployed, or an option cannot be
   */
  public static ofTemplate(templateJson: string, options: SpikeSimulationOptions = {}): SpikeSimulation {
    return new SpikeSimulation(ofJson(templateJson, options));
  }

  /**
   * A simulation of an app whose stacks share the work, such as a web firewall in a stack of us-east-1.
   *
   * @param templatePaths paths of the templates in JSON
   * @param options what is assumed besides the templates. Default: a classic PHP page and the pessimistic end
   * @throws Error as `ofTemplate` does
   */
  public static ofFiles(templatePaths: string[], options: SpikeSimulationOptions = {}): SpikeSimulation {
    return new SpikeSimulation(ofFiles(templatePaths, options));
  }

  private constructor(private readonly model: { notes: string[]; replay(arrivals: Arrivals): SpikeResult }) {}

  /** What was not found in the template, and what of it the model leaves out. */
  public get notes(): string[] {
    return this.model.notes;
  }

  /**
   * Replays traffic. The same simulation gives the same result for the same traffic.
   *
   * @param arrivals the traffic
   */
  public replay(arrivals: Arrivals): SpikeResult {
    return this.model.replay(arrivals);
  }
}
