import { Duration } from 'aws-cdk-lib';
import { IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from '../../core/private/acknowledge';
import { gatherGrants } from '../../core/private/resources/managed-policy-role';

/** Shortest that IAM lets a role's longest session be (IAM API reference, `MaxSessionDuration`). */
const LONGEST_SESSION = Duration.hours(1);

const WILDCARDS = 'Builds, deployments and revisions have names that nobody knows before, below those of the one application; '
  + 'what AWS lists or describes without a resource is read alone';

/** The role that a pipeline takes. */
export function createReleaseRole(scope: Construct, assumedBy: IPrincipal): Role {
  const role = gatherGrants(new Role(scope, 'Role', {
    assumedBy, maxSessionDuration: LONGEST_SESSION, description: 'Releases one application, and sees how that goes',
  }));
  const add = role.addToPrincipalPolicy.bind(role);
  role.addToPrincipalPolicy = statement => {
    acknowledgeWildcards(role, statement.resources.filter(each => each.includes('*')), WILDCARDS);
    return add(statement);
  };
  return role;
}
