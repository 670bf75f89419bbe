import { Size, Token } from 'aws-cdk-lib';
import { IMachineImage, InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { IInstanceCode } from './instance-code';
import { InstancePhp } from './instance-php';
import { PHP_RULES } from './private/php-rules';
import { noneOf } from './private/rules';
import { InstancesWebWorkload } from './private/web-workload';
import { Runtime, UnitLoad } from '../../core';
import { InstanceService, instanceTypesOf } from '../../core/private/instance-types';
import { wholeSize } from '../../core/private/units';
import { known, matches, Rule, validate, wholeBetween } from '../../core/private/validation';
import { ComputeContext, IApplicationSecret, ICompute, IWebWorkload, UnitLoadProps } from '../../workload';
import { bindSecrets, refuseSecretsInClear, SECRET_RULES } from '../../workload/private/secrets';
import { UNIT_LOAD_RULES, unitLoad } from '../../workload/private/unit-load';
import { NAME_OF_VARIABLE, VALUE_RULE } from '../../workload/private/variables';
import { FREE_PORT } from '../private/free-port';
import { ITracing } from '../tracing/contract';

/** The application on EC2 instances: nginx and PHP-FPM on Amazon Linux 2023. */
export interface InstancesProps {
  /**
   * The application's code, unpacked to `/var/www/app`.
   *
   * @default - the machine image holds it there
   */
  readonly code?: IInstanceCode;
  /**
   * The image of the instances: one made from Amazon Linux 2023, for the processor of the instance types. Packages that it
   * holds already are not installed at boot, which saves a minute or more.
   *
   * @default - the newest Amazon Linux 2023 at each deployment, for the processor of the instance types
   */
  readonly machineImage?: IMachineImage;
  /**
   * Types of instances, all of one architecture and about one size: with Spot, or with more than one type, EC2 chooses
   * among them. Requests per second of a unit (of the traffic) are those of the smallest.
   *
   * @default - c7g.medium: one ARM vCPU without CPU credits, so that a unit answers as much in the fourth hour of a peak as
   * in its first minute; with Spot also m7g, r7g, c6g, m6g and r6g
   */
  readonly instanceTypes?: InstanceType[];
  /**
   * Percentage of Spot Instances above the minimum, 0 to 100. The minimum is always on demand.
   *
   * @default 0
   */
  readonly spotShare?: number;
  /**
   * The port that nginx answers on, 1 to 65535. A change is an outage for as long as the instances are replaced, since a target group has
   * one port for all of them.
   *
   * @default 8080
   */
  readonly port?: number;
  /**
   * Path of the application that answers 200 (a redirect does not count) while the instance can serve requests. It should not
   * ask the database: when that is slow, replacing every instance makes it slower.
   *
   * @default - PHP-FPM answers `/healthz` itself (`ping.path`), through nginx: no page of the application is asked. That its
   * `index.php` is there, and is PHP, is looked at when an instance starts for the first time
   */
  readonly healthCheckPath?: string;
  /**
   * The folder of the application that nginx serves, relative to its root; `.` for the root itself. A path without a file
   * is answered by its `index.php`.
   *
   * @default 'public'
   */
  readonly documentRoot?: string;
  /**
   * How PHP is set up.
   *
   * @default - PHP 8.4 with what sessions in Valkey need, 64 MiB for each process, files of up to 16 MiB
   */
  readonly php?: InstancePhp;
  /**
   * Further packages of Amazon Linux 2023, such as `php8.4-gd`.
   *
   * @default - nginx, PHP-FPM with MySQL, multibyte, XML and OPcache, the CloudWatch agent
   */
  readonly packages?: string[];
  /**
   * Size of the root volume in whole GiB, 8 to 16384 (the range of gp3 with an image of Amazon Linux 2023).
   *
   * @default Size.gibibytes(16)
   */
  readonly volumeSize?: Size;
  /**
   * Environment variables of the application. Those of the platform's services are added: `DB_HOST`, `SESSION_HOST` and
   * so on; one that is given here wins. With all that is given some 5,000 characters at the most, since user data takes 16 KiB:
   * what each part takes is said when they are too many.
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
   * How requests are traced through the application, such as `Tracing.openTelemetry()`: the CloudWatch agent receives the
   * spans.
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

/** What Amazon Linux 2023 and nginx run on: no first generation of Graviton, and no Mac (Amazon Linux 2023 user guide, "AL2023 system requirements"). */
const TYPES: InstanceService = { name: 'Amazon Linux 2023', families: /^(?!a1\.|mac)[a-z]+\d{1,2}[a-z-]*\.[a-z0-9-]+$/, inWords: 'all but a1 and mac', example: 'c7g.medium' };

const RULES: Rule<InstancesProps>[] = [
  ({ code, machineImage }) => code !== undefined || machineImage !== undefined ? undefined
    : '\'code\' or \'machineImage\' must be given, got neither: Amazon Linux alone serves nothing; give InstanceCode.fromBucket(bucket, key)',
  ({ instanceTypes }) => instanceTypes === undefined || instanceTypes.length > 0 ? undefined
    : '\'instanceTypes\' must name at least one type, got []: leave it out for the default',
  ({ instanceTypes = [] }) => {
    const twice = instanceTypes.map(String).filter((type, index, all) => !Token.isUnresolved(type) && all.indexOf(type) < index);
    return twice.length === 0 ? undefined
      : `'instanceTypes' must name each type once, got ${[...new Set(twice)].join(', ')} more than once: it adds nothing to choose from`;
  },
  ({ instanceTypes = [] }) => instanceTypes.every(type => !Token.isUnresolved(type.toString())) ? undefined
    : '\'instanceTypes\' must be known at synthesis, got a token: the processor is worked out from it; give types such as new InstanceType(\'c7g.medium\')',
  instanceTypesOf('instanceTypes', TYPES),
  ({ instanceTypes = [] }) => {
    const told = instanceTypes.filter(type => TYPES.families.test(type.toString()));
    return new Set(told.map(({ architecture }) => architecture)).size <= 1 ? undefined
      : `'instanceTypes' must all be of one architecture, got ${told.map(type => `${type} (${type.architecture})`).join(', ')}: one machine image runs on all of them`;
  },
  ({ instanceTypes, spotShare = 0 }) => instanceTypes?.length !== 1 || Token.isUnresolved(spotShare) || spotShare <= 0 ? undefined
    : `'instanceTypes' must name at least 2 types when 'spotShare' is above 0, got ${instanceTypes[0]}: Spot capacity of a single type can be gone in every zone at once`,
  known('spotShare', 'the default types and the share on demand are worked out from it'),
  wholeBetween('spotShare', 0, 100, 'it is the percentage of Spot Instances above the minimum'),
  wholeBetween('port', 1, 65535, 'give the port that nginx is to listen on'),
  FREE_PORT,
  matches('healthCheckPath', /^\/[\w./~%?=&-]*$/, 'must begin with a slash and be made of URL characters', 'give a path such as \'/healthz\''),
  matches('documentRoot', /^(?!.*\.\.)[\w.-]+(\/[\w.-]+)*$/, 'must be a relative path without \'..\'', 'give a folder such as \'public\', or \'.\''),
  ({ packages = [] }) => noneOf('packages', packages, /^[A-Za-z0-9][\w.+-]*$/, 'give names of packages, such as \'php8.4-gd\''),
  VALUE_RULE,
  ...SECRET_RULES,
  ({ environment }) => noneOf('environment', Object.keys(environment ?? {}), NAME_OF_VARIABLE, 'names of variables are letters, digits and underscores'),
  wholeSize('volumeSize', 'GiB', 'the image needs 8 GiB, and gp3 goes up to 16384', [8, 16384]),
];

/** The choice of EC2 instances. */
export class Instances implements ICompute {
  public readonly unit: UnitLoad;
  public readonly runtime: Runtime;

  constructor(private readonly props: InstancesProps) {
    validate('Compute.instances', props, RULES);
    validate('Compute.instances.php', props.php ?? {}, PHP_RULES);
    validate('Compute.instances.load', props.load ?? {}, UNIT_LOAD_RULES);
    this.unit = unitLoad(props.load);
    this.runtime = Runtime.php({ sessionCookies: props.php?.sessionCookies });
  }

  public bind(scope: Construct, context: ComputeContext): IWebWorkload {
    const {
      port = 8080, healthCheckPath = '/healthz', documentRoot = 'public', php = {}, packages = [],
      spotShare = 0, instanceTypes = defaultTypes(spotShare), environment = {}, secrets = {}, volumeSize = Size.gibibytes(16),
    } = this.props;
    const {
      version: phpVersion = '8.4', extensions: phpExtensions = ['redis-6.2.0'], workerMemory = Size.mebibytes(64),
      maxUpload = Size.mebibytes(16), ini: phpIni = {},
    } = php;
    refuseSecretsInClear(scope, { environment, 'php.ini': phpIni });
    return new InstancesWebWorkload(scope, 'Instances', {
      ...this.props,
      port,
      healthCheckPath,
      pingsPhp: this.props.healthCheckPath === undefined,
      documentRoot,
      phpVersion,
      phpExtensions,
      packages,
      spotShare,
      instanceTypes,
      environment,
      secrets: bindSecrets(scope, secrets, context),
      workerMemory,
      maxUpload,
      phpIni,
      volumeSize,
    }, context);
  }
}

/** ARM, of one size, from generations that most Regions have: a type that a Region lacks may fail a whole launch. */
function defaultTypes(spotShare: number): InstanceType[] {
  const { C7G, M7G, R7G, C6G, M6G, R6G } = InstanceClass;
  const classes = spotShare > 0 ? [C7G, M7G, R7G, C6G, M6G, R6G] : [C7G];
  return classes.map(each => InstanceType.of(each, InstanceSize.MEDIUM));
}
