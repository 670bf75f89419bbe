import { toFinding } from './findings';
import { Topology } from './topology';
import { Resource } from '../../../template/private/assembly';
import { at } from '../../../template/private/json';
import { describe } from '../../../template/private/resolver';
import { ReachabilityFinding } from '../../reachability-finding';
import { publicStatements } from '../stores/policies';
import { Store } from '../stores/stores';

/** The four switches of a bucket's public access block. */
const BLOCKS = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];

const PUBLIC_ACLS = ['PublicRead', 'PublicReadWrite', 'AuthenticatedRead'];

/** Stores whose own policy, or whose bucket's settings, let anyone in. */
export function findPublicPolicies(topology: Topology): ReachabilityFinding[] {
  return topology.stores.all
    .filter(store => !topology.declarations.allows(store, ['internet']))
    .flatMap(store => store.type.type === 'AWS::S3::Bucket' ? judgeBucket(store.resource, topology) : judgePolicy(store, topology));
}

function judgePolicy(store: Store, topology: Topology): ReachabilityFinding[] {
  const { resource, type } = store;
  // A store in a VPC still needs a way in: its policy is one barrier of two.
  const rule = store.subnets.length > 0 ? 'reachability-public-placement' : 'reachability-internet';
  return (type.policies ?? []).flatMap(path => at(resource.properties, path)
    .flatMap(document => publicStatements(document, resource.template, topology.resolver))
    .map(statement => toFinding(rule, resource, 'internet', ['internet', `${path.replace(/\.PolicyDocument$/, '')} ${statement}`.trim()])));
}

function judgeBucket(bucket: Resource, topology: Topology): ReachabilityFinding[] {
  const off = BLOCKS.filter(name => !topology.resolver.mustBe(bucket, `PublicAccessBlockConfiguration.${name}`, ['true'], 'false'));
  const isOn = (...names: string[]) => names.some(name => !off.includes(name));
  const internet = (hop: string, isBarred: boolean) =>
    toFinding(isBarred ? 'reachability-public-placement' : 'reachability-internet', bucket, 'internet', ['internet', hop]);
  const blocks = off.length === 0 ? [] : [internet(`public access block off (${off.join(', ')})`, true)];
  const acls = topology.resolver.possible(bucket, 'AccessControl')
    .filter(acl => acl !== undefined && (acl.kind !== 'literal' || PUBLIC_ACLS.includes(acl.text)))
    .map(acl => internet(`AccessControl ${describe(acl!)}`, isOn('BlockPublicAcls', 'IgnorePublicAcls')));
  const statements = topology.assembly.ofType('AWS::S3::BucketPolicy')
    .filter(policy => isPolicyOf(policy, bucket, topology))
    .flatMap(policy => at(policy.properties, 'PolicyDocument').flatMap(document => publicStatements(document, policy.template, topology.resolver))
      .map(statement => internet(`bucket policy ${policy.logicalId} ${statement}`, isOn('BlockPublicPolicy', 'RestrictPublicBuckets'))));
  return [...blocks, ...acls, ...statements];
}

/** Buckets go by reference or by name. */
function isPolicyOf(policy: Resource, bucket: Resource, topology: Topology): boolean {
  const names = topology.resolver.at(bucket, 'BucketName').map(describe);
  return topology.resolver.at(policy, 'Bucket').some(value =>
    value.kind === 'resource' ? value.resource.key === bucket.key : names.includes(value.text));
}
