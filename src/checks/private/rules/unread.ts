import { Topology } from './topology';
import { Resource, Template } from '../../../template/private/assembly';
import { at } from '../../../template/private/json';
import { unreadOf } from '../../../template/private/unread';
import { ReachabilityFinding } from '../../reachability-finding';
import { isOpaque } from '../stores/policies';

const FIX = 'Give the check the templates as they are deployed: nested ones beside their parents, transforms carried out, lists and policies'
  + ' written out. What is checked elsewhere may be named as target with the source \'unread\' in the \'allow\' of Reachability.';

/** Whatever may make resources or rules that the check does not see: silence about them would say that they are sound. */
export function findUnread(topology: Topology): ReachabilityFinding[] {
  const parts = unreadOf(topology.assembly)
    .filter(({ resource, logicalId }) => !topology.declarations.isReadElsewhere(resource ?? logicalId))
    .map(({ template, logicalId, type, reason }) => toFinding(template, logicalId, type, reason));
  return [...parts, ...opaquePolicies(topology)];
}

function opaquePolicies({ assembly, stores, resolver, declarations }: Topology): ReachabilityFinding[] {
  const policies: [Resource, string][] = [
    ...stores.all.flatMap(({ resource, type }) => (type.policies ?? []).map((path): [Resource, string] => [resource, path])),
    ...assembly.ofType('AWS::S3::BucketPolicy').map((resource): [Resource, string] => [resource, 'PolicyDocument']),
  ];
  return policies
    .filter(([resource, path]) => at(resource.properties, path).some(document => isOpaque(document, resource.template, resolver)))
    .filter(([resource]) => !declarations.isReadElsewhere(resource))
    .map(([{ template, logicalId, type }, path]) => toFinding(template, logicalId, type, `${path} is known only when deployed`));
}

function toFinding(template: Template, logicalId: string, type: string, reason: string): ReachabilityFinding {
  return {
    ruleName: 'reachability-unknown-source',
    store: logicalId,
    storeType: type,
    source: 'unread',
    witness: `${reason} -> ${type} ${logicalId}`,
    fix: FIX,
    templatePath: template.path,
  };
}
