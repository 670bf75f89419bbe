import { EdgeName } from '../../contract';

/** Which other names lead to the main one. */
export interface CanonicalName {
  /** In lower case. */
  readonly name: string;
  /** Every other name, or CloudFront's own alone. */
  readonly leadsFrom: 'every other name' | 'the name of the distribution';
}

/** Which name those are led to who ask for a page, or call an API: by any name but the main one, or by CloudFront's own, where that is closed. */
export function canonicalNameOf(name: EdgeName | undefined, closed: boolean): CanonicalName | undefined {
  if (name === undefined) return undefined;
  const { domain: { name: main, alternativeNames, redirectAlternativeNames } } = name;
  if (alternativeNames.length > 0 && redirectAlternativeNames) return { name: main.toLowerCase(), leadsFrom: 'every other name' };
  return closedNameOf(name, closed);
}

/**
 * Which name those are led to who ask for a file: each name of the domain serves it, and CloudFront's own where that is not closed.
 *
 * @param closed whether nobody is served by CloudFront's own name
 */
export function closedNameOf(name: EdgeName | undefined, closed: boolean): CanonicalName | undefined {
  return closed && name !== undefined ? { name: name.domain.name.toLowerCase(), leadsFrom: 'the name of the distribution' } : undefined;
}

/**
 * Source of `elsewhere(request)`: the answer for who asks by another name, `undefined` for who asks by the right one; without a name that
 * it leads to, it is not there.
 */
export function elsewhereCode(canonical: CanonicalName | undefined): string {
  if (canonical === undefined) return '';
  const { name, leadsFrom } = canonical;
  const right = leadsFrom === 'every other name' ? `host.value.toLowerCase() === ${JSON.stringify(name)}` : '!/\\.cloudfront\\.net$/i.test(host.value)';
  return `
function elsewhere(request) {
  var host = request.headers.host;
  if (host === undefined || ${right}) return undefined;
  var query = request.rawQueryString();
  var kept = request.method === 'GET' || request.method === 'HEAD';
  return {
    statusCode: kept ? 301 : 308,
    statusDescription: kept ? 'Moved Permanently' : 'Permanent Redirect',
    headers: {
      'location': { value: 'https://${name}' + request.uri + (query ? '?' + query : '') },
      'cache-control': { value: 'max-age=3600' }
    }
  };
}
`;
}

/** Source that comes first in a handler of requests. */
export function leadElsewhere(canonical: CanonicalName | undefined): string {
  return canonical === undefined ? '' : `
  var moved = elsewhere(request);
  if (moved !== undefined) return moved;`;
}
