import { callable } from './facade';
import { Owner } from '../../core';

/** What somebody answers for, and whom to call, in one line. */
export function headline({ name, owner }: { readonly name: string; readonly owner?: Owner }, profile: string): string {
  const who = owner === undefined ? [] : [callable(owner), ...owner.runbook === undefined ? [] : [`[runbook](${owner.runbook})`]];
  return [name, profile, ...who].join(' · ');
}
