import { Launcher, Values } from './launcher';
import { Template } from './plain-stack';
import { Release, RELEASES } from './releases';
import { TEMPLATES } from './templates';
import { isStateful } from '../../test/contract/support/stateful';
import { DeployedResource, DeployedStack } from '../emulator/deployed-stack';
import { LocalAws } from '../emulator/local-aws';
import { main, Problem, step, stopAtSignal } from '../emulator/progress';
import { printRecordedOnly } from '../emulator/recorded-only';
import { leftBehind, lost } from '../life-cycle/leftovers';

/** What a launcher gives, of the parameters that have no default. */
const GIVEN: Values = {
  ...Object.fromEntries(RELEASES.map(({ parameter, first }) => [parameter, first])),
  CodeBucket: 'code-of-the-shop',
  AlarmEmail: 'team@example.com',
  DomainName: 'shop.example.com',
  CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/12345678-1234-1234-1234-123456789012',
};

/** Names of templates may be given: otherwise all are launched. */
const wanted = process.argv.slice(2);
const chosen = Object.entries(TEMPLATES).filter(([name]) => wanted.length === 0 || wanted.includes(name));

/** Launches each plain template with CloudFormation alone, releases a new version of the application, and deletes the stack. */
main(async () => {
  const aws = new LocalAws();
  const forget = stopAtSignal(() => aws.stopOwn());
  try {
    await step(`starting the local AWS on ${aws.url}`, () => aws.start());
    const launcher = new Launcher(aws);
    await launcher.prepare();
    const problems: string[] = [];
    if (chosen.length === 0) throw new Problem(`There is no ${wanted.join(', ')}: the templates are ${Object.keys(TEMPLATES).join(', ')}`);
    for (const [name, make] of chosen) problems.push(...await new Launch(aws, launcher, name, make()).live());
    printRecordedOnly(aws.recordedOnly());
    if (problems.length > 0) throw new Problem(`The templates do not live as they should:\n${problems.map(each => `  ${each}`).join('\n')}`);
    console.log(`${chosen.length} passed, 0 failed`);
  } finally {
    if (aws.started) await step('stopping the local AWS', () => aws.stopOwn());
    forget();
  }
});

/** One template, from its launch to the deletion of its stack. */
class Launch {
  private readonly stack: string;
  private readonly release: Release;
  private readonly problems: string[] = [];

  constructor(
    private readonly aws: LocalAws, private readonly launcher: Launcher, private readonly name: string, private readonly template: Template,
  ) {
    this.release = RELEASES.find(({ parameter }) => parameter in template.Parameters)!;
    this.stack = `launched-${name.replace(/\W+/g, '-')}`;
  }

  /** What was wrong in its life; nothing when all went well. */
  public async live(): Promise<string[]> {
    const url = await this.launcher.upload(this.name, this.template);
    const empty = await this.aws.inventory();
    const { Parameters } = this.template;
    const asked = Object.entries(Parameters).filter(([, { Default }]) => Default === undefined).map(([key]) => key);
    await step(`${this.name}: create-stack`, () => this.launcher.create(this.stack, url, pick(GIVEN, asked)));
    const first = await this.look(this.release.first);
    await this.update('another release', { [this.release.parameter]: this.release.next });
    const second = await this.look(this.release.next);
    this.expectSameStores(first, second);
    if ('DeletionProtection' in Parameters) await this.update('no deletion protection', { DeletionProtection: 'false' });
    await step(`${this.name}: delete-stack`, () => this.launcher.delete(this.stack));
    const full = await this.aws.inventory();
    const standing = second.resources.map(resource => ({ ...resource, stack: this.stack, retained: this.isRetained(resource) }));
    return [...this.problems, ...leftBehind(empty, full, standing), ...lost(full, standing)].map(problem => `${this.name}: ${problem}`);
  }

  private async update(what: string, values: Values): Promise<void> {
    await step(`${this.name}: update-stack with ${what}`, () => this.launcher.update(this.stack, Object.keys(this.template.Parameters), values));
  }

  /** Asks CloudFormation what there is, and the service whether the parameter arrived. */
  private async look(value: string): Promise<DeployedStack> {
    const deployed = await DeployedStack.of(this.aws.url, this.stack);
    const declared = Object.keys(this.template.Resources).length;
    if (deployed.resources.length !== declared) this.problems.push(`${declared} resources are declared, and ${deployed.resources.length} deployed`);
    const missing = Object.keys(this.template.Outputs).filter(output => !deployed.outputs[output]);
    if (missing.length > 0) this.problems.push(`no value for the outputs ${missing.join(', ')}`);
    if (!await this.release.runs(this.aws.url, deployed, value)) this.problems.push(`${this.release.parameter} ${value} did not arrive`);
    return deployed;
  }

  private expectSameStores(before: DeployedStack, after: DeployedStack): void {
    before.resources.filter(({ type }) => isStateful(type)).forEach(({ type, logicalId, physicalId }) => {
      const now = after.resources.find(resource => resource.logicalId === logicalId)?.physicalId;
      if (now !== physicalId) this.problems.push(`another release replaced ${type} ${logicalId}: ${physicalId} became ${now ?? 'nothing'}`);
    });
  }

  private isRetained({ logicalId }: DeployedResource): boolean {
    return (this.template.Resources[logicalId]?.DeletionPolicy ?? 'Delete') !== 'Delete';
  }
}

function pick(values: Values, keys: string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}
