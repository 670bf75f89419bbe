import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { AssemblyStack, changedTypes, stacksOf } from './assembly';
import { leftBehind, lost } from './leftovers';
import { LIVE_VERSION, liveVersions, LiveVersions, notLedOn } from './live-versions';
import { isStateful } from '../../test/contract/support/stateful';
import { DeployedResource, DeployedStack } from '../emulator/deployed-stack';
import { LocalAws } from '../emulator/local-aws';
import { Problem, step } from '../emulator/progress';
import { Step, STEP_VARIABLE } from '../support/step';

const ROOT = path.resolve(__dirname, '..', '..');

/** What each step has to change, at the least one type of each list: a step that changes nothing proves nothing. */
const EXPECTED: { readonly [step in Step]?: string[][] } = {
  'resized': [
    ['AWS::ApplicationAutoScaling::ScalableTarget', 'AWS::AutoScaling::AutoScalingGroup'],
    ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'],
  ],
  'new-image': [['AWS::ECS::TaskDefinition', 'AWS::EC2::LaunchTemplate', LIVE_VERSION]],
};

/** A resource that stands in the account, and whether its stack keeps it. */
export interface Standing extends DeployedResource {
  readonly stack: string;
  readonly retained: boolean;
}

/** One case, from its first deploy to its deletion. */
export class CaseLife {
  private stacks: AssemblyStack[] = [];
  private standing: Standing[] = [];
  private versions: LiveVersions = {};

  constructor(private readonly name: string, private readonly aws: LocalAws) {}

  /** What was wrong in its life; nothing when all went well. */
  public async live(): Promise<string[]> {
    const empty = await this.aws.inventory();
    await this.deploy('first');
    const problems = [...await this.update('resized'), ...await this.update('new-image')];
    await step(`${this.name}: deleting`, () => this.cdk('destroy', 'new-image', '--force'));
    const full = await this.aws.inventory();
    return [...problems, ...leftBehind(empty, full, this.standing), ...lost(full, this.standing)];
  }

  private async update(to: Step): Promise<string[]> {
    const [before, stacks, versions] = [this.standing, this.stacks, this.versions];
    await this.deploy(to);
    const changed = changedTypes(stacks, this.stacks);
    console.log(`  changed: ${changed.join(', ')}`);
    const unchanged = (EXPECTED[to] ?? []).filter(types => !types.some(type => changed.includes(type)));
    return [
      ...unchanged.map(types => `the step '${to}' changes no ${types.join(' and no ')}`),
      ...notLedOn(changed, versions, this.versions).map(problem => `after the step '${to}' ${problem}`),
      ...before.filter(({ type }) => isStateful(type)).flatMap(old => this.replacement(old, to)),
    ];
  }

  private replacement(old: Standing, to: Step): string[] {
    const now = this.standing.find(({ stack, logicalId }) => stack === old.stack && logicalId === old.logicalId);
    if (now?.physicalId === old.physicalId) return [];
    // A step may take a part out of the platform, with what it does not keep.
    if (now === undefined && !old.retained) return [];
    return [`the step '${to}' replaced ${old.type} ${old.logicalId}: ${old.physicalId} became ${now?.physicalId ?? 'nothing'}`];
  }

  private async deploy(which: Step): Promise<void> {
    await step(`${this.name}: synthesizing '${which}'`, () => this.cdk('synth', which, '--quiet'));
    this.stacks = stacksOf(this.assembly(which));
    await step(`${this.name}: deploying '${which}'`, () => this.cdk('deploy', which, '--require-approval', 'never', '--progress', 'events'));
    this.standing = (await Promise.all(this.stacks.map(stack => this.standingOf(stack)))).flat();
    this.versions = await liveVersions(this.aws.url, this.standing);
  }

  private async standingOf({ name, region, resources }: AssemblyStack): Promise<Standing[]> {
    const deployed = await DeployedStack.of(this.aws.url, name, region);
    return deployed.resources.map(resource => ({
      ...resource, stack: name, retained: (resources[resource.logicalId]?.DeletionPolicy ?? 'Delete') !== 'Delete',
    }));
  }

  private cdk(command: 'deploy' | 'destroy' | 'synth', which: Step, ...further: string[]): void {
    const app = command === 'synth'
      ? ['--app', `${tool('tsx')} integ/${`integ.${this.name}.ts`}`, '--output', this.assembly(which)]
      : ['--app', this.assembly(which)];
    const { status, stdout, stderr } = spawnSync(tool('cdk'), [command, '--all', ...app, ...further], {
      cwd: ROOT, encoding: 'utf8', env: { ...this.aws.environment, [STEP_VARIABLE]: which, CDK_VALIDATION: 'false' }, maxBuffer: 1e8,
    });
    if (status !== 0) throw new Problem(`cdk ${command} '${which}' failed:\n${stdout}${stderr}`);
  }

  private assembly(which: Step): string {
    return path.join(ROOT, '.life-cycle', this.name, which);
  }
}

function tool(name: string): string {
  return path.join(ROOT, 'node_modules', '.bin', name);
}
