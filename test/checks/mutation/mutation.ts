import { Draft } from './draft';
import { Reachability } from '../../../src/checks';

/** One bad edge, and how the check has to tell of it. */
export interface Mutation {
  readonly name: string;
  readonly rule: string;
  /** What the witness names: the injected edge. */
  readonly edge: string;
  damage(draft: Draft): void;
}

/** The findings of a template with one bad edge. */
export function findingsAfter(json: string, mutation: Mutation) {
  const draft = new Draft(json);
  mutation.damage(draft);
  return Reachability.analyzeTemplate(draft.toJson());
}

export const INTERNET = Reachability.INTERNET;
export const PLACEMENT = Reachability.PUBLIC_PLACEMENT;
export const WIDE = Reachability.WIDE_INGRESS;
export const UNDECLARED = Reachability.UNDECLARED_WORKLOAD;
export const UNKNOWN = Reachability.UNKNOWN_SOURCE;
export const ENTRANCE = Reachability.ENTRANCE;
