import { createHash } from 'crypto';
import { BootstraplessSynthesizer, Stack, Token } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acrossRegions } from './cross-region';
import { deployBefore } from './deployed-before';
import { handedOn, warnOfTheRest } from './hand-on';
import { EnvironmentProfile } from '../../core';
import { namespaceIn, stackNameInAllRegions, topLevelStack } from '../../core/private/naming';
import { US_EAST_1 } from '../../core/private/regions';
import { createPlatformKey } from '../../core/private/resources/platform-key';

/** Longest name of a stack (CloudFormation quota). */
const MAX_STACK_NAME = 128;

/** The stacks that were made here: one of the user's own is never taken for one of them, whatever its name. */
const MADE = new WeakSet<Stack>();

/**
 * What must be in us-east-1, wherever the platform is: the web ACL and the certificate that CloudFront reads, and the
 * alarms on its metrics, with their topic.
 *
 * A platform in us-east-1, or in a Region that is not known, has it all in its own stack. Elsewhere two stacks are added
 * beside the platform's: `<stack>-edge` is deployed before it, as the distribution needs the web ACL and the certificate;
 * `<stack>-edge-alarms` after it, as the alarms need the distribution. One stack could not be both. In CloudFormation
 * their names hold the platform's Region, too: `<stack>-<region>-edge`.
 */
export class Companion {
  private readonly top: Stack;
  private readonly keys = new Map<Construct, IKey>();

  constructor(
    private readonly platform: Construct,
    private readonly profile: EnvironmentProfile,
    private readonly platformKey: IKey,
  ) {
    this.top = topLevelStack(platform);
  }

  /** Whether the platform's own stack does. */
  public get isPlatform(): boolean {
    const { region } = Stack.of(this.platform);
    return Token.isUnresolved(region) || region === US_EAST_1;
  }

  /** The namespace of the platform in the stack that is deployed before it. */
  public get namespace(): Construct {
    if (this.isPlatform) return this.platform;
    const namespace = this.namespaceIn('edge');
    deployBefore(Stack.of(namespace), this.top);
    return namespace;
  }

  /** The namespace of the platform in the stack that is deployed after it. */
  public get alarmNamespace(): Construct {
    return this.isPlatform ? this.platform : this.namespaceIn('edge-alarms');
  }

  /** A customer-managed key of the stack that is deployed before the platform. */
  public get encryptionKey(): IKey {
    return this.keyIn(this.namespace);
  }

  /**
   * A customer-managed key of the stack that is deployed after the platform. Not the other one's: what a stack exports
   * cannot leave it while another one imports it, and the two would have to be changed in the opposite order.
   */
  public get alarmEncryptionKey(): IKey {
    return this.keyIn(this.alarmNamespace);
  }

  /** A namespace for a part that the platform reads, in us-east-1. */
  public slot(id: string): Construct {
    return new Construct(this.namespace, id);
  }

  /** A namespace for a part that only alarms read, in us-east-1. */
  public alarmSlot(id: string): Construct {
    return new Construct(this.alarmNamespace, id);
  }

  /** Values of us-east-1 as the platform's stack reads them. */
  public bring(values: { [name: string]: string }): { [name: string]: string } {
    if (this.isPlatform) return values;
    return acrossRegions({
      from: this.slot('Values'), to: new Construct(this.platform, 'EdgeValues'), encryptionKey: this.platformKey, profile: this.profile,
    }, values);
  }

  /** Values of the platform's stack as the one with the alarms reads them. */
  public take(values: { [name: string]: string }): { [name: string]: string } {
    if (this.isPlatform) return values;
    return acrossRegions({
      from: new Construct(this.platform, 'Values'), to: new Construct(this.alarmNamespace, 'EdgeValues'), encryptionKey: this.alarmEncryptionKey, profile: this.profile,
    }, values);
  }

  private keyIn(namespace: Construct): IKey {
    if (this.isPlatform) return this.platformKey;
    const key = this.keys.get(namespace) ?? createPlatformKey(new Construct(namespace, 'Encryption'), this.profile);
    this.keys.set(namespace, key);
    return key;
  }

  private namespaceIn(suffix: string): Construct {
    return namespaceIn(stackBeside(this.top, suffix), this.platform);
  }
}

/** One for all the platforms of a stack. */
function stackBeside(top: Stack, suffix: string): Stack {
  const id = `${top.node.id}-${suffix}`;
  const parent = top.node.scope!;
  const found = parent.node.tryFindChild(id);
  if (Stack.isStack(found) && MADE.has(found)) return found;
  const made = new Stack(parent, id, {
    ...handedOn(top),
    // Companions of two Regions' stacks of one name are both in us-east-1.
    stackName: shortened(`${stackNameInAllRegions(top)}-${suffix}`),
    description: `What ${top.stackName} needs in ${US_EAST_1}: CloudFront reads it there alone`,
    env: { account: top.account, region: US_EAST_1 },
    terminationProtection: top.terminationProtection,
    // A stack that does without a bootstrap has a companion that does; any other comes by the app's default.
    synthesizer: top.synthesizer instanceof BootstraplessSynthesizer ? new BootstraplessSynthesizer() : undefined,
  });
  MADE.add(made);
  warnOfTheRest(top, made);
  return made;
}

function shortened(name: string): string {
  if (name.length <= MAX_STACK_NAME) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, MAX_STACK_NAME - hash.length - 1)}-${hash}`;
}
