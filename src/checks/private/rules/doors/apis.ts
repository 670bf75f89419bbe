import { Door, doorsTo } from './door';
import { Resource } from '../../../../template/private/assembly';
import { Json } from '../../../../template/private/json';
import { names } from '../../../../template/private/mentions';
import { publicStatements } from '../../stores/policies';
import { Topology } from '../topology';

/** Where an API sends its requests. */
const TARGETS = ['IntegrationUri', 'ConnectionId', 'Integration.Uri', 'Integration.ConnectionId', 'Integration.IntegrationTarget'];

/** Managed APIs that let requests through to a workload without asking who sends them. An API key is no proof of that. */
export function apiDoors(topology: Topology): Door[] {
  return [...restDoors(topology), ...httpDoors(topology), ...graphDoors(topology)];
}

function restDoors({ assembly, resolver }: Topology): Door[] {
  return assembly.ofType('AWS::ApiGateway::RestApi', 'AWS::Serverless::Api').filter(api => isPublicRest(api, { resolver })).flatMap(api => {
    const methods = assembly.ofType('AWS::ApiGateway::Method')
      .filter(method => names(method, 'RestApiId', api, resolver) && resolver.mayBe(method, 'AuthorizationType', ['NONE'], 'NONE'));
    return [
      ...methods.flatMap(method => doorsTo(api, method, TARGETS, resolver, 'AuthorizationType NONE')),
      ...describesItself(api) ? doorsTo(api, api, ['Body', 'DefinitionBody'], resolver, 'no security in its description') : [],
    ];
  });
}

function isPublicRest(api: Resource, { resolver }: Pick<Topology, 'resolver'>): boolean {
  const isPrivate = resolver.mustBe(api, 'EndpointConfiguration.Types', ['PRIVATE']);
  const policy: Json = api.properties.Policy;
  return !isPrivate && (policy === undefined || publicStatements(policy, api.template, resolver).length > 0);
}

/** An OpenAPI document without any scheme that asks for credentials. */
function describesItself({ properties }: Resource): boolean {
  const body = JSON.stringify(properties.Body ?? properties.DefinitionBody ?? '');
  return properties.Auth === undefined && !/"(security|x-amazon-apigateway-auth)"/.test(body);
}

function httpDoors({ assembly, resolver }: Topology): Door[] {
  return assembly.ofType('AWS::ApiGatewayV2::Api').flatMap(api => {
    const routes = assembly.ofType('AWS::ApiGatewayV2::Route').filter(route => names(route, 'ApiId', api, resolver));
    // A connection is authorized once, when it is made.
    const asking = resolver.mayBe(api, 'ProtocolType', ['WEBSOCKET'])
      ? routes.filter(route => resolver.mayBe(route, 'RouteKey', ['$connect'])) : undefined;
    const mayBeOpen = (route: Resource) => resolver.mayBe(route, 'AuthorizationType', ['NONE'], 'NONE');
    const open = asking !== undefined && asking.length > 0 && !asking.some(mayBeOpen) ? [] : asking === undefined ? routes.filter(mayBeOpen) : routes;
    const integrations = assembly.ofType('AWS::ApiGatewayV2::Integration')
      .filter(integration => open.some(route => names(route, 'Target', integration, resolver)));
    return [
      // An integration by a VPC link sends from the link's group, as a member of it.
      ...integrations.flatMap(integration => [
        ...doorsTo(api, integration, TARGETS, resolver, 'AuthorizationType NONE'),
        { door: api, at: integration, hops: ['internet', `${api.type} ${api.logicalId} (AuthorizationType NONE)`] },
      ]),
      ...doorsTo(api, api, ['Target'], resolver, 'AuthorizationType NONE'),
      ...describesItself(api) ? doorsTo(api, api, ['Body'], resolver, 'no security in its description') : [],
    ];
  });
}

function graphDoors(topology: Topology): Door[] {
  const { assembly, resolver } = topology;
  return openGraphs(topology).flatMap(api => assembly.ofType('AWS::AppSync::DataSource').filter(source => names(source, 'ApiId', api, resolver))
    .flatMap(source => doorsTo(api, source, ['LambdaConfig.LambdaFunctionArn', 'HttpConfig.Endpoint'], resolver, 'API_KEY')));
}

/** AppSync's APIs that a key opens to whoever reads it from the page. */
export function openGraphs({ assembly, resolver }: Topology): Resource[] {
  const modes = ['AuthenticationType', 'AdditionalAuthenticationProviders.AuthenticationType', 'EventConfig.AuthProviders.AuthType'];
  return assembly.ofType('AWS::AppSync::GraphQLApi', 'AWS::AppSync::Api')
    .filter(api => !resolver.mustBe(api, 'Visibility', ['PRIVATE'], 'GLOBAL') && modes.some(mode => resolver.mayBe(api, mode, ['API_KEY'])));
}
