import { Conditions, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * A role for a service, whose grants gather in one customer-managed policy.
 *
 * CDK's own role writes grants into an inline policy, which HIPAA, NIST 800-53 and PCI checks refuse: an inline policy
 * cannot be versioned or reviewed apart from its role. `grant*` methods of CDK reach a role by `addToPrincipalPolicy`
 * alone. It is replaced on the instance: a subclass would load CDK's role whenever this package is required.
 *
 * @param conditions under which the service may take the role, such as for whom it acts
 */
export function managedPolicyRole(scope: Construct, id: string, service: string, conditions?: Conditions): Role {
  return gatherGrants(new Role(scope, id, { assumedBy: new ServicePrincipal(service, { conditions }) }));
}

/** The role, whose grants gather in one customer-managed policy from here on. */
export function gatherGrants(role: Role): Role {
  let policy: ManagedPolicy | undefined;
  role.addToPrincipalPolicy = statement => {
    policy ??= new ManagedPolicy(role, 'Policy', { roles: [role] });
    policy.addStatements(statement);
    return { statementAdded: true, policyDependable: policy };
  };
  return role;
}
