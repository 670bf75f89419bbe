import { Token } from 'aws-cdk-lib';
import { ContainerDefinitionOptions } from 'aws-cdk-lib/aws-ecs';
import { Rule } from '../../../core/private/validation';

/** A unit, and what runs beside the application's container. */
interface Unit {
  readonly cpu: number;
  readonly memoryLimitMiB: number;
  readonly port: number;
  readonly sidecars: { [name: string]: ContainerDefinitionOptions };
}

/** What containers ask for must be there (ECS developer guide, "Task definition parameters for Fargate": task size), and a port has one listener. */
export const SIDECAR_RULES: Rule<Unit>[] = [
  ({ sidecars }) => {
    const amounts = Object.entries(sidecars).flatMap(([name, { cpu, memoryLimitMiB, memoryReservationMiB }]) =>
      Object.entries({ cpu, memoryLimitMiB, memoryReservationMiB }).map(([prop, value]) => ({ of: `${name}.${prop}`, value })));
    const wrong = amounts.filter(({ value }) => isKnown(value) && !(Number.isInteger(value) && value >= 0));
    return wrong.length === 0 ? undefined
      : `'sidecars' must ask for whole CPU units and MiB, got ${wrong.map(({ of, value }) => `${value} for ${of}`).join(', ')}: give whole numbers, or leave them out`;
  },
  ({ cpu, sidecars }) => {
    const asked = sumOf(sidecars, ({ cpu: own }) => own);
    return Token.isUnresolved(cpu) || asked <= cpu ? undefined
      : `'sidecars' must not have more 'cpu' than the unit, got ${asked} of ${cpu}: lower theirs, or raise 'size.cpu'`;
  },
  ({ memoryLimitMiB, sidecars }) => {
    const asked = sumOf(sidecars, ({ memoryReservationMiB, memoryLimitMiB: limit }) => memoryReservationMiB ?? limit);
    return Token.isUnresolved(memoryLimitMiB) || asked < memoryLimitMiB ? undefined
      : `'sidecars' must leave memory of the unit to the application, got ${asked} of ${memoryLimitMiB} MiB: lower theirs, or raise 'size.memoryLimitMiB'`;
  },
  ({ memoryLimitMiB, sidecars }) => {
    const isLarger = ({ memoryLimitMiB: limit }: ContainerDefinitionOptions) => isKnown(limit) && isKnown(memoryLimitMiB) && limit > memoryLimitMiB;
    const larger = Object.keys(sidecars).filter(name => isLarger(sidecars[name]));
    return larger.length === 0 ? undefined
      : `'sidecars' must not have a larger 'memoryLimitMiB' than the unit's ${memoryLimitMiB}, got ${larger.join(', ')}: lower it, or raise 'size.memoryLimitMiB'`;
  },
  ({ sidecars }) => {
    const ports = Object.values(sidecars).flatMap(({ portMappings = [] }) => portMappings.map(({ containerPort }) => containerPort));
    const wrong = ports.filter(each => !Token.isUnresolved(each) && !(Number.isInteger(each) && each >= 1 && each <= 65535));
    return wrong.length === 0 ? undefined : `'sidecars' must listen on ports from 1 to 65535, got ${wrong.join(', ')}: give the port that each listens on, or none`;
  },
  ({ port, sidecars }) => {
    const listens = ({ portMappings = [] }: ContainerDefinitionOptions) => portMappings.some(({ containerPort }) => containerPort === port);
    const names = Object.keys(sidecars).filter(name => listens(sidecars[name]));
    return names.length === 0 ? undefined
      : `'sidecars' must leave the application its 'port', got ${port} for ${names.join(', ')}, too: the containers of a unit share their ports`;
  },
];

function sumOf(sidecars: Unit['sidecars'], of: (sidecar: ContainerDefinitionOptions) => number | undefined): number {
  return Object.values(sidecars).map(of).filter(isKnown).filter(Number.isFinite).reduce((sum, each) => sum + each, 0);
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && !Token.isUnresolved(value);
}
