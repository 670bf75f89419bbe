import { FunctionAssociation } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { CanonicalName, elsewhereCode, leadElsewhere } from './canonical-name';
import { createFunction, onRequest } from './function';
import { EdgeSite, SiteRouting } from '../../route';

/**
 * Extensions of what sites are made of: scripts and styles, data, pictures, fonts, sound and film, documents (what Vite 8 counts as assets,
 * `KNOWN_ASSET_TYPES`, and the outputs of web builds). A deep link such as `/users/john.doe` ends in none of them.
 */
export const FILE_EXTENSIONS = [
  'js', 'mjs', 'cjs', 'css', 'map', 'wasm',
  'html', 'htm', 'json', 'webmanifest', 'xml', 'txt', 'csv', 'rss', 'atom', 'md',
  'png', 'jpg', 'jpeg', 'jfif', 'pjpeg', 'pjp', 'gif', 'svg', 'ico', 'webp', 'avif', 'bmp', 'apng', 'cur',
  'woff', 'woff2', 'ttf', 'otf', 'eot',
  'mp4', 'webm', 'ogg', 'mp3', 'wav', 'flac', 'aac', 'opus', 'mov', 'm4a', 'vtt',
  'pdf', 'zip', 'gz', 'br', 'glb', 'gltf', 'data', 'bin',
];

/** What the site's function has to know. */
export interface SiteFunctionProps extends EdgeSite {
  readonly canonical?: CanonicalName;
}

/** What CloudFront runs for a site. */
export function siteFunctions(scope: Construct, props: SiteFunctionProps): FunctionAssociation[] {
  return onRequest(createFunction(new Construct(scope, 'Site'), siteFunctionCode(props)));
}

/** The source of the function that knows a file from a deep link, by the name alone: it reads nothing, so that nothing can fail. */
export function siteFunctionCode({ path, routing = SiteRouting.SINGLE_PAGE, fileExtensions = [], canonical }: SiteFunctionProps): string {
  const root = path === '/' ? '' : path;
  const extensions = [...FILE_EXTENSIONS, ...fileExtensions].join('|');
  return `function handler(event) {
  var request = event.request;${leadElsewhere(canonical)}${root === '' ? '' : `
  if (request.uri === ${JSON.stringify(root)}) return withSlash(request);`}
  var last = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (/\\.(?:${extensions})$/i.test(last)) return request;${
    routing === SiteRouting.SINGLE_PAGE ? `
  request.uri = ${JSON.stringify(`${root}/index.html`)};` : `
  if (last !== '') return withSlash(request);
  request.uri += 'index.html';`}
  return request;
}
${root === '' && routing === SiteRouting.SINGLE_PAGE ? '' : WITH_SLASH}${elsewhereCode(canonical)}`;
}

/** Within the host: a path that begins with two slashes would name another one. */
const WITH_SLASH = `
function withSlash(request) {
  var query = request.rawQueryString();
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: {
      'location': { value: request.uri.replace(/^\\/+/, '/') + '/' + (query ? '?' + query : '') },
      'cache-control': { value: 'max-age=3600' }
    }
  };
}
`;
