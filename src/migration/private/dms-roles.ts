import { Stack } from 'aws-cdk-lib';
import { CfnRole, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledgeManagedPolicy } from '../../core/private/acknowledge';
import { managedPolicyRole } from '../../core/private/resources/managed-policy-role';

/** The roles that DMS looks for by name, one of each in an account (DMS user guide, "Creating the IAM roles to use with AWS DMS"). */
const SERVICE_ROLES = [
  { id: 'VpcRole', name: 'dms-vpc-role', policy: 'AmazonDMSVPCManagementRole' },
  { id: 'LogsRole', name: 'dms-cloudwatch-logs-role', policy: 'AmazonDMSCloudWatchLogsRole' },
];

/**
 * Makes the two roles that every replication of the account shares. An app in which another stack, or another migration, makes them
 * for the same account does not synthesize.
 */
export function createServiceRoles(scope: Construct): Role[] {
  scope.node.addValidation({ validate: () => twinsOf(scope) });
  return SERVICE_ROLES.map(({ id, name, policy }) => {
    const managedPolicy = ManagedPolicy.fromAwsManagedPolicyName(`service-role/${policy}`);
    const role = new Role(scope, id, { roleName: name, assumedBy: new ServicePrincipal('dms.amazonaws.com'), managedPolicies: [managedPolicy] });
    acknowledgeManagedPolicy(role, managedPolicy.managedPolicyArn,
      'DMS looks for this role by its name, shared by all that it does in the account, and AWS changes the policy with the service');
    return role;
  });
}

/** Roles of these names elsewhere in the app, in the same account: the second to be deployed would fail. */
function twinsOf(scope: Construct): string[] {
  const { account } = Stack.of(scope);
  const names = SERVICE_ROLES.map(({ name }) => name);
  const others = scope.node.root.node.findAll().filter(CfnRole.isCfnRole)
    .filter(({ roleName, node, stack }) => names.includes(String(roleName)) && stack.account === account && !node.scopes.includes(scope));
  return others.length === 0 ? [] : [`'createServiceRoles' makes roles of which an account has one each, got ${others.map(({ roleName, node }) => `${roleName} in ${node.path}`).join(', ')} too: give 'createServiceRoles: false' to all migrations but one, which is deployed first and deleted last`];
}

/**
 * What DMS reads the user names and passwords of both sides with.
 *
 * The rights stand in the role's own policy: a `grant` of CDK would write the role into the key's policy, which belongs
 * to the platform and must not change with a migration.
 */
export function createSecretsRole(scope: Construct, secrets: ISecret[], keys: IKey[]): Role {
  const { region } = Stack.of(scope);
  const role = managedPolicyRole(scope, 'SecretsRole', `dms.${region}.amazonaws.com`);
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    resources: secrets.map(arnInPolicies),
  }));
  role.addToPrincipalPolicy(new PolicyStatement({
    actions: ['kms:Decrypt', 'kms:DescribeKey'],
    resources: [...new Set(keys.map(({ keyArn }) => keyArn))],
    conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
  }));
  return role;
}

/** Six random characters end the ARN of every secret; who imports one by its name need not know them. */
function arnInPolicies({ secretFullArn, secretArn }: ISecret): string {
  return secretFullArn ?? `${secretArn}-??????`;
}
