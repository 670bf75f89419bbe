import { Template } from '../../../template/private/assembly';
import { asObject, at, isObject, Json, JsonObject, ways } from '../../../template/private/json';
import { describe, Resolver } from '../../../template/private/resolver';
import { isInternet, parseCidr } from '../network/cidr';

/**
 * Condition keys that tie a request to an account, an organization, a network or a resource. These make S3 too regard a
 * policy as not public. (https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html)
 */
const NARROWING_KEYS = [
  'aws:sourcearn', 'aws:sourceaccount', 'aws:sourceowner', 'kms:calleraccount', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourcevpc', 'aws:sourcevpce',
  'aws:sourceip', 'aws:vpcsourceip', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:principalarn',
  'aws:principalaccount', 'aws:userid', 's3:dataaccesspointarn', 's3:dataaccesspointaccount',
  'elasticfilesystem:accessedviamounttarget',
];

/** CloudFront serves whoever asks: without the distribution in a condition, anybody's distribution may read. */
const PUBLIC_SERVICES = ['cloudfront.amazonaws.com'];

/** The statements of a policy document that let anyone in, in words. */
export function publicStatements(document: Json, template: Template, resolver: Resolver): string[] {
  return readDocument(document, template, resolver).flatMap(read => at(read, 'Statement')).flatMap((json, index) => {
    const statement = asObject(json);
    const mayAllow = ways(statement.Effect).some(effect => effect !== 'Deny');
    const principal = mayAllow ? publicPrincipal(statement, template, resolver) : undefined;
    if (principal === undefined || isNarrowed(statement.Condition, template, resolver)) { return []; }
    const actions = at(statement.Action ?? statement.NotAction, '').map(String).join(', ');
    return [`statement ${statement.Sid === undefined ? index : String(statement.Sid)} (${principal}: ${actions})`];
  });
}

/** Some resources hold their policy as JSON text, which may be joined from pieces; what is known only when deployed keeps its place in it. */
function readDocument(document: Json, template: Template, resolver: Resolver): Json[] {
  if (isObject(document) && !Object.keys(document).some(key => /^(Ref$|Fn::)/.test(key))) { return [document]; }
  if (isObject(document) && 'Fn::ToJsonString' in document) { return [document['Fn::ToJsonString']]; }
  return resolver.resolve(document, template).flatMap(value => {
    try {
      return [JSON.parse(describe(value)) as Json];
    } catch {
      return [];
    }
  });
}

/** Whether a document is there of which nothing can be told. */
export function isOpaque(document: Json, template: Template, resolver: Resolver): boolean {
  return isObject(document) && readDocument(document, template, resolver).length === 0;
}

function publicPrincipal(statement: JsonObject, template: Template, resolver: Resolver): string | undefined {
  if (statement.NotPrincipal !== undefined) { return 'NotPrincipal'; }
  const principals = at(statement.Principal, '');
  const named = (kind: string) => texts(principals.flatMap(principal => at(principal, kind)), template, resolver);
  const everyone = [...texts(principals.filter(principal => !isMap(principal)), template, resolver), ...named('AWS')];
  if (everyone.includes('*')) { return 'Principal *'; }
  const open = named('Service').find(service => PUBLIC_SERVICES.includes(service));
  return open === undefined ? undefined : `any distribution of ${open}`;
}

/** A map of kinds of principals, rather than text or a function that makes text. */
function isMap(principal: Json): boolean {
  return isObject(principal) && ['AWS', 'Service', 'Federated', 'CanonicalUser'].some(kind => kind in principal);
}

/** Narrowed in every case, whatever conditions of the template choose. */
function isNarrowed(conditions: Json, template: Template, resolver: Resolver): boolean {
  const isNarrow = ([key, values]: [string, Json]) => NARROWING_KEYS.includes(key.toLowerCase())
    && ways(values).every(value => value !== undefined && texts(value, template, resolver).every(narrows));
  return ways(conditions).every(block => Object.entries(asObject(block))
    .filter(([operator]) => !/(Not|IfExists$|^ForAllValues|^Null$)/.test(operator))
    .some(([, tests]) => ways(tests).every(way => Object.entries(asObject(way)).some(isNarrow))));
}

/** A wildcard over everything, the ARN of something in any account, or a block as wide as the internet, narrows nothing. */
function narrows(value: string): boolean {
  const cidr = parseCidr(value);
  return !isEverything(value) && !isArnOfAnyAccount(value) && value !== 'false' && (cidr === undefined || !isInternet(cidr));
}

/** Nothing but wildcards, also after what all identifiers of a kind begin with. */
function isEverything(value: string): boolean {
  return value.replace(/(^|\/)(o|r|ou|vpc|vpce)-/g, '$1').replace(/[*?/:]/g, '') === '';
}

/** Names of buckets are unique without an account; all else is told apart by its account. */
function isArnOfAnyAccount(value: string): boolean {
  const [arn, , , , account, ...resource] = value.replace(/\$\{[^}]*\}/g, 'known').split(':');
  if (arn !== 'arn') { return false; }
  return account === undefined || /^[*?]+$/.test(account) || (account === '' && /^([*?]|$)/.test(resource.join(':')));
}

/** Texts; what is known only when deployed names something particular, as far as it is not written out. */
function texts(json: Json, template: Template, resolver: Resolver): string[] {
  return resolver.resolve(json, template).map(value => value.kind === 'resource' ? 'known when deployed' : value.text);
}
