import { Duration, Token } from 'aws-cdk-lib';
import { Architecture, Code } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { IFunctionCode } from './function-code';
import { executionLoad, FUNCTION_LOAD_RULES, FunctionLoadProps } from './function-load';
import { RESERVED_NAMES_RULE } from './private/variables';
import { FunctionWebWorkload } from './private/web-workload';
import { Runtime, UnitLoad } from '../../core';
import { milliseconds, wholeDuration } from '../../core/private/units';
import { isGiven, known, matches, Rule, validate, wholeBetween } from '../../core/private/validation';
import { ComputeContext, IApplicationSecret, ICompute, IWebWorkload } from '../../workload';
import { BALANCER_WAITS } from '../../workload/private/entry';
import { bindSecrets, refuseSecretsInClear, SECRET_RULES } from '../../workload/private/secrets';
import { NAME_RULE, VALUE_RULE } from '../../workload/private/variables';

/** The application as a Lambda function behind the platform's load balancer. */
export interface FunctionProps {
  /** What it runs: `FunctionCode.zip(…)` or `FunctionCode.image(…)`. */
  readonly code: IFunctionCode;
  /**
   * Path that answers 200 while the function can serve requests. The load balancer asks it about once a minute from each of its nodes, and each
   * time is an invocation. It should not ask the database.
   *
   * @default '/healthz'
   */
  readonly healthCheckPath?: string;
  /**
   * Memory in MiB, 128 to 10240 (Lambda quotas); the share of the processor goes with it.
   *
   * @default 1769 - one whole vCPU (Lambda developer guide, "Configure Lambda function memory")
   */
  readonly memorySize?: number;
  /**
   * The processor.
   *
   * @default Architecture.ARM_64 - a fifth cheaper for the same memory and time (Lambda pricing); code in Node or Python runs as it is,
   * native modules and images have to be built for it
   */
  readonly architecture?: Architecture;
  /**
   * How long a request may take, 1 to 57 whole seconds: less than the 58 that the load balancer waits.
   *
   * @default Duration.seconds(15)
   */
  readonly timeout?: Duration;
  /**
   * What the application is written in: it decides which cookie is a session's at the edge, which rules the firewall has, and how the
   * application is told of the session store. Not PHP, which Lambda does not run.
   *
   * @default Runtime.node()
   */
  readonly runtime?: Runtime;
  /**
   * Environment variables of the application. Those of the platform's services are added: `DB_HOST`, `SESSION_HOST` and
   * so on; one that is given here wins. Texts alone, and no secrets; about 4 KB with the platform's own (Lambda quotas, "Environment variables").
   *
   * @default - those of the platform's services
   */
  readonly environment?: { [name: string]: string };
  /**
   * What of the application is secret, such as the key of an API. Lambda hands no secrets to a function: the variable `APPLICATION_SECRETS`
   * says where they are, and the application reads them at its start. One wins over the platform's of the same name.
   *
   * @default - those of the platform's services, such as `DB_PASSWORD`
   */
  readonly secrets?: { [name: string]: IApplicationSecret };
  /**
   * Concurrent executions that the account may have in the Region (quota "Concurrent executions" of AWS Lambda), at least 101: one function has all but 100 of
   * them at the most, which AWS keeps for the others. New accounts may have far fewer than the default.
   *
   * @default 1000
   */
  readonly accountConcurrency?: number;
  /**
   * What a concurrent execution carries: measure it with your application.
   *
   * @default - requests of 100 ms, and 1 connection to the database
   */
  readonly load?: FunctionLoadProps;
}

/** What AWS keeps for functions without reserved concurrency (Lambda developer guide, "Configuring reserved concurrency"). */
const UNRESERVED = 100;
const DEFAULT_CONCURRENCY = 1000;
const MOST_SECONDS = BALANCER_WAITS - 1;
const PHP_INI = 'SESSION_PHP_INI';

const RULES: Rule<FunctionProps>[] = [
  // A code of Lambda binds, too, and is no choice.
  ({ code }: { code?: Partial<IFunctionCode> }) => isGiven(code) && typeof code?.bind === 'function' && !(code instanceof Code) ? undefined
    : `'code' must be a function's code, got ${typeof code}: give FunctionCode.zip({ code, handler, lambdaRuntime }) or FunctionCode.image(code)`,
  matches('healthCheckPath', /^\/\S*$/, 'must begin with a slash', 'give a path such as \'/healthz\''),
  wholeBetween('memorySize', 128, 10_240, 'Lambda has no other sizes'),
  wholeDuration('timeout', 'seconds', `Lambda counts in whole seconds, and the load balancer waits ${BALANCER_WAITS}; what takes longer belongs behind a queue`, [1, MOST_SECONDS]),
  ({ timeout, load: { duration } = {} }) => timeout === undefined || timeout.isUnresolved() || duration === undefined || duration.isUnresolved()
    || !(milliseconds(duration) > milliseconds(timeout)) ? undefined
    : `'load.duration' must not exceed 'timeout', got ${milliseconds(duration)} ms and ${milliseconds(timeout)} ms: the average cannot be longer than what may be`,
  ({ runtime }) => runtime === undefined || !runtime.sessionVariables.includes(PHP_INI) ? undefined
    : `'runtime' must not be PHP for a function, got ${runtime.name}: Lambda has no runtime for it; give Runtime.node() or another, or run PHP by Compute.fargate or Compute.instances`,
  VALUE_RULE,
  NAME_RULE,
  RESERVED_NAMES_RULE,
  ...SECRET_RULES,
  known('accountConcurrency', 'how many executions there may be is worked out from it'),
  wholeBetween('accountConcurrency', UNRESERVED + 1, 1_000_000, `${UNRESERVED} stay with the account's other functions; give the applied quota 'Concurrent executions' of AWS Lambda`),
];

/** The choice of a function. */
export class LambdaFunction implements ICompute {
  public readonly unit: UnitLoad;
  public readonly runtime: Runtime;

  constructor(private readonly props: FunctionProps) {
    validate('Compute.function', props, RULES);
    validate('Compute.function.load', props.load ?? {}, FUNCTION_LOAD_RULES);
    this.unit = executionLoad(props.load ?? {}, (props.accountConcurrency ?? DEFAULT_CONCURRENCY) - UNRESERVED);
    this.runtime = props.runtime ?? Runtime.node();
  }

  public bind(scope: Construct, context: ComputeContext): IWebWorkload {
    const {
      code, healthCheckPath = '/healthz', memorySize = 1769, architecture = Architecture.ARM_64, timeout = Duration.seconds(15),
      environment = {}, secrets = {},
    } = this.props;
    refuseSecretsInClear(scope, { environment });
    return new FunctionWebWorkload(scope, 'Function', {
      code,
      healthCheckPath,
      memorySize,
      architecture,
      timeoutSeconds: seconds(timeout),
      environment,
      secrets: bindSecrets(scope, secrets, context),
    }, context);
  }
}

/** A token stays one. */
function seconds(timeout: Duration): number {
  return Token.asNumber(timeout.toSeconds());
}
