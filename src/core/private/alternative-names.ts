import { Token } from 'aws-cdk-lib';
import { Rule } from './validation';

/** A domain name, without protocol, path or wildcard. */
export const DOMAIN_NAME = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
/** Names of a certificate, the first one among them, without a request to AWS (ACM quota, "Number of domain names per certificate"). */
const MOST_NAMES = 10;

/** The names of a domain, as they are given. */
export interface GivenNames {
  readonly name: string;
  readonly alternativeNames?: string[];
}

/**
 * What must hold of the other names of a domain.
 *
 * @param isInZone whether a name is in the zone that gets its record; without a zone every name is
 */
export function alternativeNameRules(isInZone: (name: string) => boolean, zoneName?: string): Rule<GivenNames>[] {
  return [
    given => given.alternativeNames === undefined || areKnown(given) ? undefined
      : '\'alternativeNames\' and \'name\' must be known at synthesis where there are both, got a token: records and what redirects follow from them; give the names themselves',
    ofKnown(names => names.length >= 1 && names.length < MOST_NAMES ? undefined
      : `'alternativeNames' must hold 1 to ${MOST_NAMES - 1} names, got ${names.length}: a certificate has ${MOST_NAMES} without a request to AWS; leave it out for none`),
    ofKnown(names => said(names.filter(each => !DOMAIN_NAME.test(each)),
      wrong => `'alternativeNames' must hold domain names, got ${wrong}: give whole names without protocol, path or wildcard, such as 'www.example.com'`)),
    ofKnown((names, name) => said(repeated(names, name),
      twice => `'alternativeNames' must differ from 'name' and from each other, got ${twice} twice: leave out what is there already`)),
    ofKnown(names => said(names.filter(each => DOMAIN_NAME.test(each) && !isInZone(each)),
      strange => `'alternativeNames' must be in the hosted zone ${zoneName}, got ${strange}: each gets a record there; give names of the zone`)),
  ];
}

function ofKnown(rule: (names: string[], name: string) => string | undefined): Rule<GivenNames> {
  return given => given.alternativeNames === undefined || !areKnown(given) ? undefined : rule(given.alternativeNames, given.name);
}

function areKnown({ name, alternativeNames: names = [] }: GivenNames): boolean {
  return !Token.isUnresolved(names) && [name, ...names].every(each => !Token.isUnresolved(each));
}

/** DNS knows no capitals. */
function repeated(names: string[], name: string): string[] {
  return names.filter((each, index) => [name, ...names.slice(0, index)].some(other => other.toLowerCase() === each.toLowerCase()));
}

function said(found: string[], problem: (found: string) => string): string | undefined {
  return found.length === 0 ? undefined : problem(found.map(each => JSON.stringify(each)).join(', '));
}
