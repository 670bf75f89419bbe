import {
  CfnResource, IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation,
} from 'aws-cdk-lib';
import { IConnectable } from 'aws-cdk-lib/aws-ec2';
import { analyzeFiles, analyzeJson } from './private/analysis';
import { ReachabilityFinding } from './reachability-finding';
import { declareReachable, declareReachableFromInternet } from '../core/private/reachable-by';
import { RuleName, RULES } from './private/rules/findings';

/** Lets a source reach a data store, or the internet reach a front door. */
export interface ReachabilityAllowance {
  /**
   * Who may come: the construct path or logical id of a workload or of its security group, a path above it, a security
   * group's id (`sg-0123`), a prefix list's id, a block in CIDR notation as the rule writes it, `Data API`, or `internet`.
   * `unread` stands for what the templates do not tell, such as a nested stack that is checked elsewhere.
   */
  readonly source: string;
  /**
   * Where to: the construct path or logical id of a data store, or a path above it. With the source `internet` also a load
   * balancer, an API, an URL or a workload that is meant to be open; with `unread` what could not be read.
   */
  readonly target: string;
}

/** What `Reachability` takes. */
export interface ReachabilityProps {
  /**
   * Paths that are meant to be, besides those that the resources declare themselves. A data store that an entry names
   * as `target` is closed by it: whatever else can reach it is a violation.
   *
   * @default - only what the platform's blocks and `Reachability.declare` have declared
   */
  readonly allow?: ReachabilityAllowance[];
}

/**
 * Computes from the synthesized templates who can reach which data store over the network or by a public policy, and
 * fails the synthesis when that is the internet or a workload that was not declared. Each violation shows the path.
 *
 * Of every data store it finds: open paths from the internet (`reachability-internet`); a public subnet, flag or policy
 * behind which one barrier is left (`reachability-public-placement`); a security group that admits an opaque prefix
 * list, or addresses as wide as a VPC (`reachability-wide-ingress`); a source that the template does not tell
 * (`reachability-unknown-source`). Of a closed store (the platforms' own, those given to `declare`, and those in
 * `allow`) it also finds every other client (`reachability-undeclared-workload`), and what lets the internet in to its
 * clients (`reachability-entrance`): balancers, public addresses, function URLs, open permissions, managed APIs and more,
 * directly or two steps away. What could not be read is a
 * `reachability-unknown-source` as well: a transform, a loop over what is known only when deployed, a nested stack that is
 * not at hand, a policy that comes from a parameter.
 *
 * How it judges what it cannot know: both branches of a condition count, and every entry of a map that a parameter or the
 * region chooses; elsewhere a parameter has its default value; a barrier counts when it is there in every case; a source
 * known only when deployed may be anyone; a port known only when deployed may be the store's; a subnet that no template
 * makes is taken for private unless the store's public flag is on; the egress rules of clients are not taken for a
 * barrier, since they belong to the client. A bucket has to carry its public access block: S3 sets it on new buckets by
 * itself, but a template that drops it turns it off. IAM permissions of identities are out of its sight.
 *
 * `Validations.of(scope).acknowledge({ id: 'Reachability::reachability-internet', reason })` silences a rule, for the
 * whole app: prefer `allow`, which names both ends.
 *
 * @exampleMetadata nofixture
 * @example
 *
 * import { App, Validations } from 'aws-cdk-lib';
 * import { Reachability } from 'cdk-platform-patterns';
 *
 * const app = new App();
 * Validations.of(app).addPlugins(new Reachability({
 *   allow: [{ source: 'Jobs/NightlyReport', target: 'Shop/Platform/Database' }],
 * }));
 */
export class Reachability implements IPolicyValidationPlugin {
  /** Rule: the internet reaches a data store. */
  public static readonly INTERNET = 'reachability-internet';
  /** Rule: a data store has a public subnet, flag or policy; one barrier is left. */
  public static readonly PUBLIC_PLACEMENT = 'reachability-public-placement';
  /** Rule: a data store admits addresses as wide as a VPC, or a prefix list. */
  public static readonly WIDE_INGRESS = 'reachability-wide-ingress';
  /** Rule: a workload or addresses that nobody declared reach a closed data store. */
  public static readonly UNDECLARED_WORKLOAD = 'reachability-undeclared-workload';
  /** Rule: a data store admits a source that the templates do not tell, or part of a template could not be read. */
  public static readonly UNKNOWN_SOURCE = 'reachability-unknown-source';
  /** Rule: the internet reaches a client of a closed data store by a door that nobody declared. */
  public static readonly ENTRANCE = 'reachability-entrance';

  /**
   * Finds without synthesizing: for tests and for templates that are already there.
   *
   * @param templatePaths paths of templates in JSON; nested stacks are found by their asset path, references between
   * the stacks are followed. A file that is not JSON, or is not there, throws.
   * @param props what is allowed. Default: only what the templates declare
   */
  public static analyze(templatePaths: string[], props: ReachabilityProps = {}): ReachabilityFinding[] {
    return analyzeFiles(templatePaths, props.allow ?? []);
  }

  /**
   * Finds in one template that is not in a file, such as `JSON.stringify(Template.fromStack(stack).toJSON())`.
   *
   * @param templateJson the template as JSON text; anything else throws
   * @param props what is allowed. Default: only what the template declares
   */
  public static analyzeTemplate(templateJson: string, props: ReachabilityProps = {}): ReachabilityFinding[] {
    return analyzeJson(templateJson, props.allow ?? []);
  }

  /**
   * Declares in the template that a workload may reach a data store, which is closed by it to all that is not declared.
   *
   * @param store the resource that keeps the data; for a cluster, the cluster rather than its instances
   * @param by who may reach it, by its security groups. When it is a construct other than a security group, only its
   * `networkSenders` may be in those groups (see `IWorkload`), or the resources below it when it names none.
   */
  public static declare(store: CfnResource, by: IConnectable): void {
    declareReachable(store, by);
  }

  /**
   * Declares in the template that a load balancer or a workload is meant to be open to the internet.
   *
   * @param door the load balancer's or workload's resource
   */
  public static declareFrontDoor(door: CfnResource): void {
    declareReachableFromInternet(door);
  }

  /** The plugin's name in the validation report, and the prefix of its rules in acknowledgments. */
  public readonly name = 'Reachability';
  /**
   * The names of the rules.
   *
   * @default - all six
   */
  public readonly ruleIds?: string[] = Object.keys(RULES);

  /**
   * @param props what is allowed. Default: only what the templates declare
   */
  constructor(private readonly props: ReachabilityProps = {}) {}

  /**
   * Called by the CDK with the templates of the app or stage.
   *
   * @param context the paths of the templates
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = Reachability.analyze(context.templatePaths, this.props).map(toViolation);
    return { success: violations.length === 0, violations };
  }
}

function toViolation(finding: ReachabilityFinding): PolicyViolation {
  return {
    ruleName: finding.ruleName,
    description: `${RULES[finding.ruleName as RuleName].description}: ${finding.witness}${finding.note === undefined ? '' : ` (${finding.note})`}`,
    fix: finding.fix,
    severity: 'error',
    violatingResources: [{
      resourceLogicalId: finding.store,
      templatePath: finding.templatePath,
      locations: [finding.witness],
    }],
  };
}
