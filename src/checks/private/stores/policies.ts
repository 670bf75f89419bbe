import { Template } from '../../../template/private/assembly';
import { asList, asObject, at, isObject, Json, JsonObject } from '../../../template/private/json';
import { Resolver } from '../../../template/private/resolver';
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
  return at(readDocument(document), 'Statement').flatMap((json, index) => {
    const statement = asObject(json);
    const principal = statement.Effect === 'Deny' ? undefined : publicPrincipal(statement, template, resolver);
    if (principal === undefined || isNarrowed(statement.Condition, template, resolver)) { return []; }
    const actions = asList(statement.Action ?? statement.NotAction).map(String).join(', ');
    return [`statement ${statement.Sid === undefined ? index : String(statement.Sid)} (${principal}: ${actions})`];
  });
}

/** Some resources hold their policy as JSON text. */
function readDocument(document: Json): Json {
  if (typeof document !== 'string') { return document; }
  try {
    return JSON.parse(document) as Json;
  } catch {
    return undefined;
  }
}

function publicPrincipal(statement: JsonObject, template: Template, resolver: Resolver): string | undefined {
  if (statement.NotPrincipal !== undefined) { return 'NotPrincipal'; }
  const principal = statement.Principal;
  const everyone = isObject(principal) ? principal.AWS : principal;
  if (texts(everyone, template, resolver).includes('*')) { return 'Principal *'; }
  const services = texts(asObject(principal).Service, template, resolver);
  const open = services.find(service => PUBLIC_SERVICES.includes(service));
  return open === undefined ? undefined : `any distribution of ${open}`;
}

function isNarrowed(conditions: Json, template: Template, resolver: Resolver): boolean {
  return Object.entries(asObject(conditions))
    .filter(([operator]) => !/(Not|IfExists$|^ForAllValues|^Null$)/.test(operator))
    .flatMap(([, tests]) => Object.entries(asObject(tests)))
    .some(([key, values]) => NARROWING_KEYS.includes(key.toLowerCase()) && texts(values, template, resolver).every(narrows));
}

/** A wildcard, or a block as wide as the internet, narrows nothing. */
function narrows(value: string): boolean {
  const cidr = parseCidr(value);
  return !/^[*?]*$/.test(value) && !/^arn:\*:/.test(value) && value !== 'false' && (cidr === undefined || !isInternet(cidr));
}

/** Literal texts; what is known only when deployed names something particular. */
function texts(json: Json, template: Template, resolver: Resolver): string[] {
  return resolver.resolve(json, template).map(value => value.kind === 'literal' ? value.text : 'known when deployed');
}
