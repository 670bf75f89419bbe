import { Construct } from 'constructs';
import { CapacityPlan } from '../../capacity';
import { IAttachable, Runtime } from '../../core';
import { ICache, IDatabase, ISessions } from '../../data';
import { Ground } from '../../ground/private/ground';

/** Which stores there are to be. */
export interface ChosenStores {
  readonly database: IDatabase;
  readonly sessions?: ISessions;
  readonly cache?: ICache;
}

/** Where the platform keeps its data. */
export interface SpaApiStores {
  readonly database: IAttachable;
  readonly sessions?: IAttachable;
  readonly cache?: IAttachable;
  /** Those that are there. */
  readonly all: IAttachable[];
}

/** Each in a namespace of its own below the platform. */
export function bindStores(
  platform: Construct, { database, sessions, cache }: ChosenStores, ground: Ground, capacity: CapacityPlan, runtime: Runtime,
): SpaApiStores {
  const { context, network: { dataSubnets: subnets, workloadSubnets }, names } = ground;
  const slot = (name: string) => new Construct(platform, name);
  const data = { ...context, subnets };
  const bound = {
    database: database.bind(slot('Database'), { ...data, workloadSubnets, capacity: capacity.database, names }),
    sessions: sessions?.bind(slot('Sessions'), { ...data, runtime, capacity: capacity.cache }),
    cache: cache?.bind(slot('Cache'), data),
  };
  return { ...bound, all: Object.values(bound).filter(store => store !== undefined) };
}
