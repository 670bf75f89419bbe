import { Attempt, EvaluatedRole } from '../../support/evaluated-role';
import { ACCOUNT } from '../../support/platform';

export const HERE = `us-east-1:${ACCOUNT}`;
/** The roles of the two pipelines, by their logical ids. */
export const SITE = /^PortalFrontendPipelineRole/;
export const API = /^PortalBackendPipelineRole/;
const VIA_S3 = { 'kms:ViaService': 's3.us-east-1.amazonaws.com' };
const FAMILY = `arn:aws:ecs:${HERE}:task-definition/Stack-Portal-Backend-Fargate`;

/** What the pipeline of one kind of release may do, and what it may not. */
interface Table {
  readonly allowed: Attempt[];
  readonly refused: Attempt[];
}

/** What no pipeline of the platform may do, whatever it releases. */
function never(role: EvaluatedRole, other: RegExp): Attempt[] {
  const self = role.arn;
  const key = role.arnOf('AWS::KMS::Key', /EncryptionKey/);
  const bucket = role.arnOf('AWS::S3::Bucket', /FrontendStaticSiteStore/);
  const logs = role.arnOf('AWS::Logs::LogGroup', /^PortalFirewallWebAclLogs/);
  const [secret] = [`arn:aws:secretsmanager:${HERE}:secret:PortalDatabaseAuroraPostgresqlCredentials-AbCdEf`];
  return [
    ['changes who may take it', 'iam:UpdateAssumeRolePolicy', self],
    ['gives itself a policy', 'iam:PutRolePolicy', self],
    ['attaches a policy to itself', 'iam:AttachRolePolicy', self],
    ['takes its boundary away', 'iam:DeleteRolePermissionsBoundary', self],
    ['lengthens its sessions', 'iam:UpdateRole', self],
    ['writes another version of its policy', 'iam:CreatePolicyVersion', `arn:aws:iam::${ACCOUNT}:policy/PortalPipelinePolicy`],
    ['makes a role', 'iam:CreateRole', `arn:aws:iam::${ACCOUNT}:role/made`],
    ['makes a user', 'iam:CreateUser', `arn:aws:iam::${ACCOUNT}:user/made`],
    ['makes a key of a user', 'iam:CreateAccessKey', `arn:aws:iam::${ACCOUNT}:user/made`],
    ['lets another issuer in', 'iam:CreateOpenIDConnectProvider', `arn:aws:iam::${ACCOUNT}:oidc-provider/evil.example`],
    ['takes the role of the other team', 'sts:AssumeRole', role.arnOf('AWS::IAM::Role', other)],
    ['takes the role by which CDK deploys', 'sts:AssumeRole', `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-deploy-role-${ACCOUNT}-us-east-1`],
    ['passes itself to tasks', 'iam:PassRole', self, { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }],
    ['passes the release function\'s role to a function', 'iam:PassRole', role.arnOf('AWS::IAM::Role', /StaticSiteReleaseRole/), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ['reads the database\'s password', 'secretsmanager:GetSecretValue', secret],
    ['changes the database\'s password', 'secretsmanager:PutSecretValue', secret],
    ['deletes the database', 'rds:DeleteDBCluster', `arn:aws:rds:${HERE}:cluster:portal`],
    ['copies the database', 'rds:CreateDBClusterSnapshot', `arn:aws:rds:${HERE}:cluster:portal`],
    ['decrypts by the key itself', 'kms:Decrypt', key],
    ['changes the policy of the key', 'kms:PutKeyPolicy', key],
    ['deletes the key', 'kms:ScheduleKeyDeletion', key],
    ['grants the key to others', 'kms:CreateGrant', key, VIA_S3],
    ['invokes the function of the operations board', 'lambda:InvokeFunction', role.arnOf('AWS::Lambda::Function', /OperationsLines/)],
    ['writes the code of the release function', 'lambda:UpdateFunctionCode', role.arnOf('AWS::Lambda::Function', /StaticSiteRelease/)],
    ['lets others invoke the release function', 'lambda:AddPermission', role.arnOf('AWS::Lambda::Function', /StaticSiteRelease/)],
    ['writes what is served', 's3:PutObject', `${bucket}/live/frontend/index.html`],
    ['writes what was released', 's3:PutObject', `${bucket}/state.json`],
    ['deletes a build', 's3:DeleteObject', `${bucket}/builds/1/index.html`],
    ['changes the policy of the bucket', 's3:PutBucketPolicy', bucket],
    ['opens the bucket', 's3:PutBucketPublicAccessBlock', bucket],
    ['reads the access logs', 's3:GetObject', `${role.arnOf('AWS::S3::Bucket', /AccessLogs/)}/s3/1`],
    ['changes the distribution', 'cloudfront:UpdateDistribution', `arn:aws:cloudfront::${ACCOUNT}:distribution/E1`],
    ['changes the firewall', 'wafv2:UpdateWebACL', `arn:aws:wafv2:${HERE}:global/webacl/portal/1`],
    ['changes the stack', 'cloudformation:UpdateStack', `arn:aws:cloudformation:${HERE}:stack/Stack/1`],
    ['changes a rule of the load balancer', 'elasticloadbalancing:ModifyRule', `arn:aws:elasticloadbalancing:${HERE}:listener-rule/app/portal/1/2/3`],
    ['silences an alarm', 'cloudwatch:DisableAlarmActions', `arn:aws:cloudwatch:${HERE}:alarm:Stack-Portal`],
    ['reads the logs of the firewall', 'logs:GetLogEvents', `${logs.slice(0, -2)}:log-stream:1`],
    ['deletes the logs of the firewall', 'logs:DeleteLogGroup', logs],
    ['keeps logs for a day alone', 'logs:PutRetentionPolicy', logs],
    ['reads other parameters', 'ssm:GetParameter', `arn:aws:ssm:${HERE}:parameter/releases/Stack-Other-Backend`],
    ['opens a shell', 'ssm:StartSession', `arn:aws:ec2:${HERE}:instance/i-1`],
    ['starts an instance', 'ec2:RunInstances', `arn:aws:ec2:${HERE}:instance/*`],
    ['opens a security group', 'ec2:AuthorizeSecurityGroupIngress', `arn:aws:ec2:${HERE}:security-group/sg-1`],
  ];
}

export function siteTable(role: EvaluatedRole): Table {
  const bucket = role.arnOf('AWS::S3::Bucket', /FrontendStaticSiteStore/);
  const key = role.arnOf('AWS::KMS::Key', /EncryptionKey/);
  const logs = role.arnOf('AWS::Logs::LogGroup', /StaticSiteReleaseLogs/);
  const allowed: Attempt[] = [
    ['uploads a build', 's3:PutObject', `${bucket}/builds/1a2b/index.html`],
    ['encrypts it on its way through S3', 'kms:GenerateDataKey', key, VIA_S3],
    ['ends an upload that failed', 's3:AbortMultipartUpload', `${bucket}/builds/1a2b/index.html`],
    ['asks for the release', 'lambda:InvokeFunction', role.arnOf('AWS::Lambda::Function', /StaticSiteRelease/)],
    ['reads what its workflow has to know', 'ssm:GetParameter', role.arnOf('AWS::SSM::Parameter', /FrontendPipeline/)],
    ['lists its builds', 's3:ListBucket', bucket],
    ['reads the log of its releases', 'logs:FilterLogEvents', logs],
  ];
  const refused: Attempt[] = [
    ...never(role, API),
    ['reads the parameter of the API', 'ssm:GetParameter', role.arnOf('AWS::SSM::Parameter', /BackendPipeline/)],
    ['writes its own parameter', 'ssm:PutParameter', role.arnOf('AWS::SSM::Parameter', /FrontendPipeline/)],
    ['deletes its own logs', 'logs:DeleteLogGroup', logs],
    ['updates the service of the API', 'ecs:UpdateService', role.arnOf('AWS::ECS::Service', /Backend/), { 'ecs:task-definition': `${FAMILY}:2` }],
    ['registers a task of the API', 'ecs:RegisterTaskDefinition', `${FAMILY}:*`],
    ['passes the role of the API\'s task', 'iam:PassRole', role.arnOf('AWS::IAM::Role', /FargateTaskRole/), { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }],
    ['reads the logs of the API', 'logs:GetLogEvents', `${role.arnOf('AWS::Logs::LogGroup', /BackendFargateLogs/).slice(0, -2)}:log-stream:1`],
  ];
  return { allowed, refused };
}

export function serviceTable(role: EvaluatedRole): Table {
  const service = role.arnOf('AWS::ECS::Service', /Backend/);
  const cluster = role.arnOf('AWS::ECS::Cluster', /Backend/);
  const task = role.arnOf('AWS::IAM::Role', /FargateTaskRole/);
  const toTasks = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
  const logs = role.arnOf('AWS::Logs::LogGroup', /BackendFargateLogs/);
  const next = { 'ecs:task-definition': `${FAMILY}:2` };
  const bucket = role.arnOf('AWS::S3::Bucket', /FrontendStaticSiteStore/);
  const allowed: Attempt[] = [
    ['reads a definition', 'ecs:DescribeTaskDefinition', '*'],
    ['registers the next one', 'ecs:RegisterTaskDefinition', `${FAMILY}:*`],
    ['passes the role of the task', 'iam:PassRole', task, toTasks],
    ['passes the role that starts it', 'iam:PassRole', role.arnOf('AWS::IAM::Role', /FargateExecutionRole/), toTasks],
    ['updates the service', 'ecs:UpdateService', service, next],
    ['rolls out once more what it has', 'ecs:UpdateService', service],
    ['updates it without a shell, in so many words', 'ecs:UpdateService', service, { ...next, 'ecs:enable-execute-command': 'false' }],
    ['waits for it', 'ecs:DescribeServices', service],
    ['stops the deployment', 'ecs:StopServiceDeployment', `${service.replace(':service/', ':service-deployment/')}/1`],
    ['reads the log of the API', 'logs:FilterLogEvents', logs],
    ['reads what its workflow has to know', 'ssm:GetParameter', role.arnOf('AWS::SSM::Parameter', /BackendPipeline/)],
  ];
  const refused: Attempt[] = [
    ...never(role, SITE),
    ['updates another service of the cluster', 'ecs:UpdateService', service.replace(/[^/]+$/, 'other'), next],
    ['updates a service of another cluster', 'ecs:UpdateService', `arn:aws:ecs:${HERE}:service/other/other`, next],
    ['updates it to a task of others', 'ecs:UpdateService', service, { 'ecs:task-definition': `arn:aws:ecs:${HERE}:task-definition/other:1` }],
    ['updates it to a family whose name begins as its own', 'ecs:UpdateService', service, { 'ecs:task-definition': `${FAMILY}-other:1` }],
    ['opens shells to it', 'ecs:UpdateService', service, { ...next, 'ecs:enable-execute-command': 'true' }],
    ['gives it public addresses', 'ecs:UpdateService', service, { ...next, 'ecs:auto-assign-public-ip': 'ENABLED' }],
    ['registers a task of others', 'ecs:RegisterTaskDefinition', `arn:aws:ecs:${HERE}:task-definition/other:*`],
    ['runs a task beside the service', 'ecs:RunTask', `${FAMILY}:2`, { 'ecs:cluster': cluster }],
    ['runs a command in a task', 'ecs:ExecuteCommand', cluster],
    ['deletes the service', 'ecs:DeleteService', service],
    ['makes a service', 'ecs:CreateService', service.replace(/[^/]+$/, 'other')],
    ['passes its task\'s role to a function', 'iam:PassRole', task, { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ['passes its task\'s role without saying whom to', 'iam:PassRole', task],
    ['writes the policy of its task\'s role', 'iam:PutRolePolicy', task],
    ['deletes its own logs', 'logs:DeleteLogGroup', logs],
    ['uploads a build of the site', 's3:PutObject', `${bucket}/builds/1/index.html`],
    ['releases the site', 'lambda:InvokeFunction', role.arnOf('AWS::Lambda::Function', /StaticSiteRelease/)],
    ['reads the parameter of the site', 'ssm:GetParameter', role.arnOf('AWS::SSM::Parameter', /FrontendPipeline/)],
  ];
  return { allowed, refused };
}

export function imageTable(role: EvaluatedRole): Table {
  const repository = role.arnOf('AWS::ECR::Repository', /BackendFargateRepository/);
  const service = role.arnOf('AWS::ECS::Service', /Backend/);
  const releases = role.arnOf('AWS::Lambda::Function', /BackendFargateReleases/);
  const allowed: Attempt[] = [
    ['takes a token of the registry', 'ecr:GetAuthorizationToken', '*'],
    ['begins to upload a layer', 'ecr:InitiateLayerUpload', repository],
    ['ends it', 'ecr:CompleteLayerUpload', repository],
    ['pushes an image', 'ecr:PutImage', repository],
    ['sees which there are', 'ecr:DescribeImages', repository],
    ['asks for the release', 'lambda:InvokeFunction', releases],
    ['sees how it goes', 'ecs:DescribeServices', service],
    ['reads the log of its releases', 'logs:FilterLogEvents', role.arnOf('AWS::Logs::LogGroup', /BackendFargateReleasesLogs/)],
    ['reads the log of the API', 'logs:FilterLogEvents', role.arnOf('AWS::Logs::LogGroup', /BackendFargateLogs/)],
    ['reads what its workflow has to know', 'ssm:GetParameter', role.arnOf('AWS::SSM::Parameter', /BackendPipeline/)],
  ];
  const refused: Attempt[] = [
    ...never(role, SITE),
    ['pushes to a repository of others', 'ecr:PutImage', repository.replace(/[^/]+$/, 'other')],
    ['deletes an image', 'ecr:BatchDeleteImage', repository],
    ['lets tags move', 'ecr:PutImageTagMutability', repository],
    ['changes how long images are kept', 'ecr:PutLifecyclePolicy', repository],
    ['opens the repository to others', 'ecr:SetRepositoryPolicy', repository],
    ['deletes the repository', 'ecr:DeleteRepository', repository],
    ['updates the service past the function', 'ecs:UpdateService', service],
    ['registers a task', 'ecs:RegisterTaskDefinition', `${FAMILY}:*`],
    ['runs a task beside the service', 'ecs:RunTask', `${FAMILY}:2`],
    ['runs a command in a task', 'ecs:ExecuteCommand', role.arnOf('AWS::ECS::Cluster', /Backend/)],
    ['passes the role of the task', 'iam:PassRole', role.arnOf('AWS::IAM::Role', /FargateTaskRole/), { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }],
    ['writes the code of the function', 'lambda:UpdateFunctionCode', releases],
    ['releases the site', 'lambda:InvokeFunction', role.arnOf('AWS::Lambda::Function', /StaticSiteRelease/)],
    ['reads the parameter of the site', 'ssm:GetParameter', role.arnOf('AWS::SSM::Parameter', /FrontendPipeline/)],
  ];
  return { allowed, refused };
}

export function groupTable(role: EvaluatedRole): Table {
  const group = role.arnOf('AWS::AutoScaling::AutoScalingGroup', /Backend/);
  const allowed: Attempt[] = [
    ['uploads its archive', 's3:PutObject', 'arn:aws:s3:::releases/api.zip'],
    ['renews its instances', 'autoscaling:StartInstanceRefresh', group],
    ['takes that back', 'autoscaling:RollbackInstanceRefresh', group],
    ['sees how it goes', 'autoscaling:DescribeInstanceRefreshes', '*'],
    ['reads what its workflow has to know', 'ssm:GetParameter', role.arnOf('AWS::SSM::Parameter', /BackendPipeline/)],
  ];
  const refused: Attempt[] = [
    ...never(role, SITE),
    ['uploads another archive', 's3:PutObject', 'arn:aws:s3:::releases/other.zip'],
    ['renews the instances of others', 'autoscaling:StartInstanceRefresh', group.replace(/[^/]+$/, 'other')],
    ['changes its group', 'autoscaling:UpdateAutoScalingGroup', group],
    ['starts more instances', 'autoscaling:SetDesiredCapacity', group],
    ['changes the launch template', 'ec2:CreateLaunchTemplateVersion', `arn:aws:ec2:${HERE}:launch-template/lt-1`],
    ['passes the role of its instances', 'iam:PassRole', role.arnOf('AWS::IAM::Role', /BackendInstancesRole/), { 'iam:PassedToService': 'ec2.amazonaws.com' }],
    ['runs a command on its instances', 'ssm:SendCommand', `arn:aws:ec2:${HERE}:instance/i-1`],
    ['releases the site', 'lambda:InvokeFunction', role.arnOf('AWS::Lambda::Function', /StaticSiteRelease/)],
    ['reads the parameter of the site', 'ssm:GetParameter', role.arnOf('AWS::SSM::Parameter', /FrontendPipeline/)],
  ];
  return { allowed, refused };
}

export function functionTable(role: EvaluatedRole): Table {
  const fn = role.arnOf('AWS::Lambda::Function', /BackendFunction(?!Live)/);
  const allowed: Attempt[] = [
    ['says which version is live', 'lambda:UpdateAlias', `${fn}:live`],
    ['sees which is', 'lambda:GetAlias', `${fn}:live`],
    ['sees which there are', 'lambda:ListVersionsByFunction', fn],
    ['reads what its workflow has to know', 'ssm:GetParameter', role.arnOf('AWS::SSM::Parameter', /BackendPipeline/)],
  ];
  const refused: Attempt[] = [
    ...never(role, SITE),
    ['says which version of another function is live', 'lambda:UpdateAlias', `${fn}-other:live`],
    ['writes code that no deployment brought', 'lambda:UpdateFunctionCode', fn],
    ['changes its settings', 'lambda:UpdateFunctionConfiguration', fn],
    ['reads its code', 'lambda:GetFunction', fn],
    ['invokes it', 'lambda:InvokeFunction', `${fn}:live`],
    ['lets others invoke it', 'lambda:AddPermission', `${fn}:live`],
    ['deletes it', 'lambda:DeleteFunction', fn],
    ['passes its role', 'iam:PassRole', role.arnOf('AWS::IAM::Role', /BackendFunctionRole/), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
    ['releases the site', 'lambda:InvokeFunction', role.arnOf('AWS::Lambda::Function', /StaticSiteRelease/)],
    ['reads the parameter of the site', 'ssm:GetParameter', role.arnOf('AWS::SSM::Parameter', /FrontendPipeline/)],
  ];
  return { allowed, refused };
}
