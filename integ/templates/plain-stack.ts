import { App, Aws, CfnParameter, CfnParameterProps, CfnRule, Fn, ISynthesisSession, Stack, StackSynthesizer } from 'aws-cdk-lib';
import { STACK_NAME, withLaunchNames } from './launch-names';

/** A CloudFormation template. */
export interface Template {
  readonly Description: string;
  readonly Metadata: { readonly [name: string]: unknown };
  readonly Rules: { readonly [name: string]: unknown };
  readonly Parameters: { readonly [name: string]: { readonly Default?: unknown } };
  readonly Resources: { readonly [id: string]: { readonly Type: string; readonly DeletionPolicy?: string; readonly Properties: object } };
  readonly Outputs: { readonly [name: string]: unknown };
}

/** CloudFront reads its certificate and its web ACL there. */
const REGION = 'us-east-1';

/** A stack whose template CloudFormation deploys by itself: without bootstrap, assets or anything that CDK adds for CDK. */
export class PlainStack extends Stack {
  private readonly groups = new Map<string, CfnParameter[]>();

  constructor(description: string) {
    super(new App({ analyticsReporting: false }), 'Web', {
      stackName: STACK_NAME, env: { region: REGION }, synthesizer: new NoAssets(), description,
    });
    new CfnRule(this, 'Region', {
      assertions: [{
        assert: Fn.conditionEquals(Aws.REGION, REGION),
        assertDescription: `Launch this template in ${REGION}, where CloudFront reads its certificate and its web ACL`,
      }],
    });
    this.templateOptions.metadata = { 'AWS::CloudFormation::Interface': { ParameterGroups: this.parameterGroups() } };
  }

  /** A text that whoever launches the template gives, or leaves at its default. */
  public text(group: string, name: string, props: CfnParameterProps): string {
    return this.parameter(group, name, { type: 'String', ...props }).valueAsString;
  }

  /** A number that whoever launches the template gives, or leaves at its default. */
  public number(group: string, name: string, props: CfnParameterProps): number {
    return this.parameter(group, name, { type: 'Number', ...props }).valueAsNumber;
  }

  /** The template as CloudFormation takes it. */
  public template(): Template {
    const template = (this.node.root as App).synth().getStackByName(this.stackName).template as Template;
    return { ...template, Resources: withLaunchNames(template.Resources) as Template['Resources'] };
  }

  private parameter(group: string, name: string, props: CfnParameterProps): CfnParameter {
    const parameter = new CfnParameter(this, name, props);
    this.groups.set(group, [...this.groups.get(group) ?? [], parameter]);
    return parameter;
  }

  /** Parameters that the library made, such as that of the newest machine image. */
  private ungrouped(): CfnParameter[] {
    const grouped = [...this.groups.values()].flat();
    return this.node.findAll().filter((each): each is CfnParameter => each instanceof CfnParameter && !grouped.includes(each));
  }

  /** In the order in which they were asked for, as the console shows them; filled until the template is made. */
  private parameterGroups() {
    return {
      resolve: () => [...this.groups, ['Left as they are', this.ungrouped()] as const].filter(([, parameters]) => parameters.length > 0)
        .map(([label, parameters]) => ({
          Label: { default: label }, Parameters: parameters.map(({ logicalId }) => this.resolve(logicalId) as string),
        })),
      creationStack: [],
    };
  }
}

/** Refuses what would have to be uploaded before the template is launched. */
class NoAssets extends StackSynthesizer {
  public addFileAsset(): never {
    throw new Error('A plain template has no assets: whoever launches it has no bucket of CDK\'s');
  }

  public addDockerImageAsset(): never {
    throw new Error('A plain template has no assets: whoever launches it has no repository of CDK\'s');
  }

  public synthesize(session: ISynthesisSession): void {
    this.synthesizeTemplate(session);
    this.emitArtifact(session);
  }
}
