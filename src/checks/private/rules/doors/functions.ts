import { Door, doorsTo } from './door';
import { Resource } from '../../../../template/private/assembly';
import { asObject, Json } from '../../../../template/private/json';
import { Topology } from '../topology';

/** What ties an invoke permission to somebody. */
const TIES = ['SourceArn', 'SourceAccount', 'PrincipalOrgID'];

/** Functions that anyone may call: by an URL of their own, or by a permission. */
export function functionDoors({ assembly, resolver }: Topology): Door[] {
  const urls = assembly.ofType('AWS::Lambda::Url').filter(url => resolver.mayBe(url, 'AuthType', ['NONE']))
    .flatMap(url => doorsTo(url, url, ['TargetFunctionArn'], resolver, 'AuthType NONE'));
  const permissions = assembly.ofType('AWS::Lambda::Permission')
    // By the URL alone: that is a door of its own.
    .filter(permission => !resolver.mustBe(permission, 'FunctionUrlAuthType', ['NONE']) && !resolver.mustBe(permission, 'InvokedViaFunctionUrl', ['true']))
    .filter(permission => resolver.mayBe(permission, 'Principal', ['*']) && isKnown(permission, 'Principal', { resolver })
      && TIES.every(tie => resolver.possible(permission, tie).some(value => value === undefined || (value.kind === 'literal' && /^[*?]*$/.test(value.text)))))
    .flatMap(permission => doorsTo(permission, permission, ['FunctionName'], resolver, 'Principal *'));
  return [...urls, ...permissions, ...serverlessDoors({ assembly, resolver })];
}

/** A principal that only the deployment tells names somebody. */
function isKnown(resource: Resource, path: string, { resolver }: Pick<Topology, 'resolver'>): boolean {
  return resolver.possible(resource, path).some(value => value?.kind === 'literal' && value.text === '*');
}

/** What AWS SAM makes of the events and the URL of a function. */
function serverlessDoors({ assembly, resolver }: Pick<Topology, 'assembly' | 'resolver'>): Door[] {
  return assembly.ofType('AWS::Serverless::Function').flatMap(each => {
    const url = resolver.mayBe(each, 'FunctionUrlConfig.AuthType', ['NONE']) ? ['FunctionUrlConfig NONE'] : [];
    const globals = asObject(asObject(each.template.body.Globals).Api).Auth ?? asObject(asObject(each.template.body.Globals).HttpApi).Auth;
    const events = Object.entries(asObject(each.properties.Events)).filter(([, event]) => globals === undefined && isOpenEvent(event, each));
    return [...url, ...events.map(([name]) => `event ${name} without Auth`)].map((reason): Door => ({
      door: each, at: each, hops: ['internet', `${each.type} ${each.logicalId} (${reason})`],
    }));
  });
}

function isOpenEvent(event: Json, { template }: Resource): boolean {
  const { Type: type, Properties: properties } = asObject(event);
  if (type !== 'Api' && type !== 'HttpApi') { return false; }
  const { Auth: auth, RestApiId: rest, ApiId: http } = asObject(properties);
  const api = template.resources.get(String(asObject(rest ?? http).Ref));
  return auth === undefined && api?.properties.Auth === undefined;
}
