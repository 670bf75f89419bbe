import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { Launcher, Values } from './launcher';
import { Template } from './plain-stack';
import { TEMPLATES } from './templates';
import { isStateful } from '../../test/contract/support/stateful';
import { DeployedResource, DeployedStack } from '../emulator/deployed-stack';
import { LocalAws, REGION } from '../emulator/local-aws';
import { main, Problem, step, stopAtSignal } from '../emulator/progress';
import { printRecordedOnly } from '../emulator/recorded-only';
import { leftBehind, lost } from '../life-cycle/leftovers';

const IMAGE = '111111111111.dkr.ecr.us-east-1.amazonaws.com/shop:1.0';
const NEXT_IMAGE = '111111111111.dkr.ecr.us-east-1.amazonaws.com/shop:1.1';

/** What a launcher gives, of the parameters that have no default. */
const GIVEN: Values = {
  Image: IMAGE,
  AlarmEmail: 'team@example.com',
  DomainName: 'shop.example.com',
  CertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/12345678-1234-1234-1234-123456789012',
};

/** Launches each plain template with CloudFormation alone, changes the image, and deletes the stack. */
main(async () => {
  const aws = new LocalAws();
  const forget = stopAtSignal(() => aws.stopOwn());
  try {
    await step(`starting the local AWS on ${aws.url}`, () => aws.start());
    const launcher = new Launcher(aws);
    await launcher.prepare();
    const problems: string[] = [];
    for (const [name, make] of Object.entries(TEMPLATES)) problems.push(...await new Launch(aws, launcher, name, make()).live());
    printRecordedOnly(aws.recordedOnly());
    if (problems.length > 0) throw new Problem(`The templates do not live as they should:\n${problems.map(each => `  ${each}`).join('\n')}`);
    console.log(`${Object.keys(TEMPLATES).length} passed, 0 failed`);
  } finally {
    if (aws.started) await step('stopping the local AWS', () => aws.stopOwn());
    forget();
  }
});

/** One template, from its launch to the deletion of its stack. */
class Launch {
  private readonly stack: string;
  private readonly problems: string[] = [];

  constructor(
    private readonly aws: LocalAws, private readonly launcher: Launcher, private readonly name: string, private readonly template: Template,
  ) {
    this.stack = `launched-${name.replace(/\W+/g, '-')}`;
  }

  /** What was wrong in its life; nothing when all went well. */
  public async live(): Promise<string[]> {
    const url = await this.launcher.upload(this.name, this.template);
    const empty = await this.aws.inventory();
    const { Parameters } = this.template;
    const asked = Object.entries(Parameters).filter(([, { Default }]) => Default === undefined).map(([key]) => key);
    await step(`${this.name}: create-stack`, () => this.launcher.create(this.stack, url, pick(GIVEN, asked)));
    const first = await this.look(IMAGE);
    await step(`${this.name}: update-stack with another image`, () => this.launcher.update(this.stack, Object.keys(Parameters), { Image: NEXT_IMAGE }));
    const second = await this.look(NEXT_IMAGE);
    this.expectSameStores(first, second);
    if ('DeletionProtection' in Parameters) {
      await step(`${this.name}: update-stack without deletion protection`, () =>
        this.launcher.update(this.stack, Object.keys(Parameters), { DeletionProtection: 'false' }));
    }
    await step(`${this.name}: delete-stack`, () => this.launcher.delete(this.stack));
    const full = await this.aws.inventory();
    const standing = second.resources.map(resource => ({ ...resource, stack: this.stack, retained: this.isRetained(resource) }));
    return [...this.problems, ...leftBehind(empty, full, standing), ...lost(full, standing)].map(problem => `${this.name}: ${problem}`);
  }

  /** Asks CloudFormation what there is, and the service whether the parameter arrived. */
  private async look(image: string): Promise<DeployedStack> {
    const deployed = await DeployedStack.of(this.aws.url, this.stack);
    const declared = Object.keys(this.template.Resources).length;
    if (deployed.resources.length !== declared) this.problems.push(`${declared} resources are declared, and ${deployed.resources.length} deployed`);
    const missing = Object.keys(this.template.Outputs).filter(output => !deployed.outputs[output]);
    if (missing.length > 0) this.problems.push(`no value for the outputs ${missing.join(', ')}`);
    const [task] = deployed.ids('AWS::ECS::TaskDefinition');
    const ecs = new ECSClient({ endpoint: this.aws.url, region: REGION, credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' } });
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: task }));
    const [container] = taskDefinition?.containerDefinitions ?? [];
    if (container?.image !== image) this.problems.push(`the task runs ${container?.image}, and not ${image}`);
    return deployed;
  }

  private expectSameStores(before: DeployedStack, after: DeployedStack): void {
    before.resources.filter(({ type }) => isStateful(type)).forEach(({ type, logicalId, physicalId }) => {
      const now = after.resources.find(resource => resource.logicalId === logicalId)?.physicalId;
      if (now !== physicalId) this.problems.push(`another image replaced ${type} ${logicalId}: ${physicalId} became ${now ?? 'nothing'}`);
    });
  }

  /** A key that is deleted stays for a waiting time of some days, so that what it encrypted is not lost by mistake. */
  private isRetained({ logicalId, type }: DeployedResource): boolean {
    return type === 'AWS::KMS::Key' || (this.template.Resources[logicalId]?.DeletionPolicy ?? 'Delete') !== 'Delete';
  }
}

function pick(values: Values, keys: string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}
