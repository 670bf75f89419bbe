import { ContainerDefinitionOptions, ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';
import { contained, CONTAINER_RULES, FargateContainer } from './fargate-container';
import { FargateDeployment, IFargateDeployment } from './fargate-deployment';
import { FargateSize, SIZE_RULES, sized } from './fargate-size';
import { ScheduledTask } from './scheduled-task';
import { EnvironmentProfile, Runtime, UnitLoad } from '../../core';
import { SCHEDULED_TASK_RULES } from './private/scheduled-rules';
import { SIDECAR_RULES } from './private/sidecar-rules';
import { FargateWebWorkload } from './private/web-workload';
import { WEB_CONTAINER } from './private/workload-props';
import { isGiven, known, matches, Rule, validate, wholeBetween } from '../../core/private/validation';
import { ComputeContext, IApplicationSecret, ICompute, IWebWorkload, UnitLoadProps } from '../../workload';
import { bindSecrets, refuseSecretsInClear, SECRET_RULES } from '../../workload/private/secrets';
import { UNIT_LOAD_RULES, unitLoad } from '../../workload/private/unit-load';
import { NAME_RULE, VALUE_RULE } from '../../workload/private/variables';
import { FREE_PORT } from '../private/free-port';
import { ITracing } from '../tracing/contract';
import { TRACING_CONTAINER } from '../tracing/private/bind-tracing';

/** The application in a container on Fargate. */
export interface FargateProps {
  /**
   * The image: a web server that answers on `port`. `ReleasedImage.byTeam()` is the one that the application's team released last, whatever
   * a template says.
   */
  readonly image: ContainerImage;
  /**
   * The port that the container answers on, 1 to 65535.
   *
   * @default 8080 - a port that needs no root
   */
  readonly port?: number;
  /**
   * Path that answers 200 while the container can serve requests. It should not ask the database: when that is slow,
   * replacing every container makes it slower.
   *
   * @default '/healthz'
   */
  readonly healthCheckPath?: string;
  /**
   * CPU, memory, processor and scratch space of a unit.
   *
   * @default - half a vCPU, twice that in memory, x86
   */
  readonly size?: FargateSize;
  /**
   * What the application's container may do: its user, where it may write, and whether a shell may be opened in it.
   *
   * @default - the image's user, who may write what the image lets him; no shell
   */
  readonly container?: FargateContainer;
  /**
   * What the application is written in: it decides which cookie is a session's at the edge, which rules the firewall has, and how the
   * application is told of the session store.
   *
   * @default - PHP in an ElasticWebPlatform; in a SpaApiPlatform any, without sessions in cookies
   */
  readonly runtime?: Runtime;
  /**
   * Environment variables of the application. Those of the platform's services are added: `DB_HOST`, `SESSION_HOST` and
   * so on; one that is given here wins. Texts alone, and no secrets; at most 100 in all, the platform's and all secrets among them.
   *
   * @default - those of the platform's services
   */
  readonly environment?: { [name: string]: string };
  /**
   * Environment variables of the application that are secret, such as the key of an API: each unit reads them at its start. One
   * wins over the platform's of the same name.
   *
   * @default - those of the platform's services, such as `DB_PASSWORD`
   */
  readonly secrets?: { [name: string]: IApplicationSecret };
  /**
   * How a new version takes over. Another choice changes the service in place.
   *
   * @default FargateDeployment.rolling() - units are replaced one after another
   */
  readonly deployment?: IFargateDeployment;
  /**
   * Share of the units above the minimum that run on spot capacity, 0 to 100 percent: up to 70 % cheaper, and taken back
   * with two minutes' notice. The minimum always stays on capacity of its own. A change replaces the units one after
   * another, and keeps the service.
   *
   * @default 0
   */
  readonly spotShare?: number;
  /**
   * Containers that run beside the application's in each unit, by name: they share its size and its ports, and reach it on localhost.
   * One that ends does not end the unit, unless `essential` says so; each logs to the application's log group, unless
   * `logging` says where.
   *
   * @default - the application's container is alone
   */
  readonly sidecars?: { [name: string]: ContainerDefinitionOptions };
  /**
   * Commands that run at certain times, by name (up to 63 letters, digits and dashes, a letter first), each in a unit of its own beside
   * those that serve: of the same image, with the same variables, secrets, folders and rights, behind no load balancer. An alarm tells of
   * a run that could not start, and of one that failed.
   *
   * @default - nothing runs by the clock
   */
  readonly scheduledTasks?: { [name: string]: ScheduledTask };
  /**
   * How requests are traced through the application, such as `Tracing.openTelemetry()`. What receives the spans is a container
   * of the name `tracing`, which ends no unit.
   *
   * @default - requests are not traced
   */
  readonly tracing?: ITracing;
  /**
   * What a unit of this size carries: measure it with your application.
   *
   * @default - 25 requests per second, and 10 connections to the database
   */
  readonly load?: UnitLoadProps;
}

const NAME = /^[A-Za-z0-9_-]{1,255}$/;
const TASK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;

const RULES: Rule<FargateProps>[] = [
  ({ image }) => isGiven(image) ? undefined : `'image' must be given, got ${image}: give ReleasedImage.byTeam(), or one such as ContainerImage.fromEcrRepository(repository, tag)`,
  VALUE_RULE,
  NAME_RULE,
  ...SECRET_RULES,
  ({ sidecars }) => {
    const none = Object.entries(sidecars ?? {}).filter(([, sidecar]) => !isGiven(sidecar)).map(([name]) => name);
    return none.length === 0 ? undefined : `'sidecars' must hold a container by each name, got none for ${none.join(', ')}: leave the name out`;
  },
  wholeBetween('port', 1, 65535, 'give the port that the web server in the image listens on'),
  FREE_PORT,
  matches('healthCheckPath', /^\/\S*$/, 'must begin with a slash', 'give a path such as \'/healthz\''),
  known('spotShare', 'the weights of both kinds of capacity are worked out from it'),
  wholeBetween('spotShare', 0, 100, 'give the percentage of the units above the minimum that may be taken back'),
  ({ sidecars = {} }) => {
    const wrong = Object.keys(sidecars).filter(name => name === WEB_CONTAINER || !NAME.test(name));
    return wrong.length === 0 ? undefined
      : `'sidecars' must be named by letters, digits, dashes and underscores, and not '${WEB_CONTAINER}', got ${JSON.stringify(wrong)}: the application's own container has that name`;
  },
  ({ scheduledTasks = {} }) => {
    const wrong = Object.keys(scheduledTasks).filter(name => !TASK_NAME.test(name) || !isGiven(scheduledTasks[name]));
    return wrong.length === 0 ? undefined
      : `'scheduledTasks' must hold a task by each name of up to 63 letters, digits and dashes, a letter first, got ${JSON.stringify(wrong)}: give names such as 'clean-carts'`;
  },
  ({ sidecars = {}, tracing }) => tracing === undefined || !(TRACING_CONTAINER in sidecars) ? undefined
    : `'sidecars' must not have one named '${TRACING_CONTAINER}' beside 'tracing', got ${JSON.stringify(Object.keys(sidecars))}: what receives the spans has that name`,
];

const BOUND_RULES: Rule<{ enableExecuteCommand: boolean; profile: EnvironmentProfile }>[] = [
  ({ enableExecuteCommand, profile }) => !enableExecuteCommand || profile.name !== 'production' ? undefined
    : '\'container.enableExecuteCommand\' must be off in production, got true: a shell in a unit changes what no deployment knows of; look into logs and metrics, or try it on a development platform',
];

/** The choice of Fargate. */
export class Fargate implements ICompute {
  public readonly unit: UnitLoad;
  public readonly runtime?: Runtime;

  constructor(private readonly props: FargateProps) {
    validate('Compute.fargate', props, RULES);
    validate('Compute.fargate.size', props.size ?? {}, SIZE_RULES);
    validate('Compute.fargate', { ...sized(props.size ?? {}), port: props.port ?? 8080, sidecars: props.sidecars ?? {} }, SIDECAR_RULES);
    validate('Compute.fargate.container', props.container ?? {}, CONTAINER_RULES);
    Object.entries(props.scheduledTasks ?? {}).forEach(([name, task]) => validate(`Compute.fargate.scheduledTasks.${name}`, task, SCHEDULED_TASK_RULES));
    validate('Compute.fargate.load', props.load ?? {}, UNIT_LOAD_RULES);
    // Fargate knows no stopped tasks.
    this.unit = { ...unitLoad(props.load), keptStopped: false };
    this.runtime = props.runtime;
  }

  public bind(scope: Construct, context: ComputeContext): IWebWorkload {
    const {
      image, port = 8080, healthCheckPath = '/healthz', environment = {}, secrets = {},
      deployment = FargateDeployment.rolling(), spotShare = 0, sidecars = {}, scheduledTasks = {}, tracing,
    } = this.props;
    const container = contained(this.props.container ?? {});
    validate(scope.node.path, { ...container, profile: context.profile }, BOUND_RULES);
    const besides = Object.entries(sidecars).map(([name, { environment: theirs }]) => [`sidecars.${name}.environment`, theirs]);
    refuseSecretsInClear(scope, { environment, ...Object.fromEntries(besides) });
    return new FargateWebWorkload(scope, 'Fargate', {
      image,
      port,
      healthCheckPath,
      environment,
      secrets: bindSecrets(scope, secrets, context),
      deployment,
      spotShare,
      sidecars,
      scheduledTasks,
      tracing,
      ...sized(this.props.size ?? {}),
      ...container,
    }, context);
  }
}
