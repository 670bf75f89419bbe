import { Duration, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { EnvironmentProfile, EnvironmentProfileOverrides } from '../../src';
import { Refusal, testRefusals } from '../support/refusals';

const PRODUCTION = {
  name: 'production',
  availabilityZones: 3,
  natGateways: 3,
  minimumUnits: 2,
  multiAz: true,
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  backupRetention: Duration.days(35),
  logRetention: RetentionDays.ONE_YEAR,
  notifyOnAlarm: true,
};

const DEVELOPMENT = {
  name: 'development',
  availabilityZones: 2,
  natGateways: 1,
  minimumUnits: 1,
  multiAz: false,
  deletionProtection: false,
  removalPolicy: RemovalPolicy.DESTROY,
  backupRetention: Duration.days(1),
  logRetention: RetentionDays.ONE_WEEK,
  notifyOnAlarm: false,
};

const OTHER: Required<EnvironmentProfileOverrides> = {
  availabilityZones: 4,
  natGateways: 0,
  minimumUnits: 7,
  multiAz: false,
  deletionProtection: false,
  removalPolicy: RemovalPolicy.RETAIN,
  backupRetention: Duration.days(7),
  logRetention: RetentionDays.ONE_MONTH,
  notifyOnAlarm: false,
};

function refusalsOf(name: string, make: (overrides: EnvironmentProfileOverrides) => EnvironmentProfile): Refusal[] {
  const zones = '\'availabilityZones\' must be a whole number between 2 and 6, got 1: load balancers and Aurora need 2 zones, and no region has more than 6';
  const units = '\'minimumUnits\' must be a whole number between 1 and 5000, got 0: an ECS service runs up to 5,000 tasks';
  const backups = (days: number) => `'backupRetention' must be between 1 and 35 whole days, got ${days} days: RDS keeps automated backups for 35 days at the most; keep longer ones in AWS Backup`;
  return [
    ['one zone', () => make({ availabilityZones: 1, natGateways: 0 }), `[${name}] ${zones}`],
    ['a negative number of NAT gateways', () => make({ natGateways: -1 }),
      `[${name}] 'natGateways' must be a whole number of at least 0, got -1: give 0 for none, or up to one for each zone`],
    ['more NAT gateways than zones', () => make({ availabilityZones: 2, natGateways: 3 }),
      `[${name}] 'natGateways' must not exceed 'availabilityZones', got natGateways 3 and availabilityZones 2: a zone has one NAT gateway at the most`],
    ['a removal policy that keys and buckets do not have', () => make({ removalPolicy: RemovalPolicy.SNAPSHOT }),
      `[${name}] 'removalPolicy' must be one of destroy, retain, retain-on-update-or-delete, got snapshot: CloudFormation takes no snapshots of keys, buckets, secrets and log groups; RETAIN keeps them as they are`],
    ...(['availabilityZones', 'natGateways', 'minimumUnits'] as const).map((prop): Refusal => [
      `a number for '${prop}' that is known only when it is deployed`, () => make({ [prop]: Lazy.number({ produce: () => 2 }) }),
      `[${name}] '${prop}' must be known at synthesis, got a token: subnets, routes and sizes are made by it`,
    ]),
    ['no units', () => make({ minimumUnits: 0 }), `[${name}] ${units}`],
    ['no backups', () => make({ backupRetention: Duration.days(0) }), `[${name}] ${backups(0)}`],
    ['backups of 36 days', () => make({ backupRetention: Duration.days(36) }), `[${name}] ${backups(36)}`],
    ['backups of half a day', () => make({ backupRetention: Duration.hours(12) }), `[${name}] ${backups(0.5)}`],
    ['several things wrong at once', () => make({ availabilityZones: 1, natGateways: 0, minimumUnits: 0, backupRetention: Duration.days(0) }),
      `[${name}] 3 props need mending:\n  - ${zones}\n  - ${units}\n  - ${backups(0)}`],
  ];
}

describe.each([
  ['production', EnvironmentProfile.production, PRODUCTION],
  ['development', EnvironmentProfile.development, DEVELOPMENT],
] as const)('EnvironmentProfile.%s', (name, make, defaults) => {
  test('has its defaults', () => {
    expect({ ...make() }).toEqual(defaults);
  });

  test('takes every override, 0 and false included', () => {
    expect({ ...make(OTHER) }).toEqual({ name, ...OTHER });
  });

  test('keeps its defaults where an override is undefined', () => {
    const nothing = Object.fromEntries(Object.keys(OTHER).map(key => [key, undefined]));
    expect({ ...make(nothing) }).toEqual(defaults);
  });

  test('takes a backup retention that is a token', () => {
    const backupRetention = Duration.days(Lazy.number({ produce: () => 3 }));
    expect(make({ backupRetention }).backupRetention).toBe(backupRetention);
  });

  test.each([[RemovalPolicy.DESTROY, true], [RemovalPolicy.RETAIN, false], [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, false]])('with %s destroys data: %s', (removalPolicy, expected) => {
    expect(make({ removalPolicy }).destroysData).toBe(expected);
  });

  testRefusals(refusalsOf(`EnvironmentProfile.${name}`, make));
});

test('production has a NAT gateway in each zone that is asked for', () => {
  expect(EnvironmentProfile.production({ availabilityZones: 2 }).natGateways).toBe(2);
  expect(EnvironmentProfile.production({ availabilityZones: 6 }).natGateways).toBe(6);
});
