import { Template } from 'aws-cdk-lib/assertions';
import { HERE } from './support/attempts';
import { Compute, ReleasedImage, SpaApiPlatform } from '../../src';
import { EvaluatedRole } from '../support/evaluated-role';
import { eastStack, once } from '../support/platform';

/** The role of the function itself: the local AWS denies nothing, so that a right that it lacks would fail in an account alone. */
const role = once(() => {
  const stack = eastStack();
  new SpaApiPlatform(stack, 'Portal', { backend: { compute: Compute.fargate({ image: ReleasedImage.byTeam() }) } });
  return new EvaluatedRole(Template.fromStack(stack), /^PortalBackendFargateReleasesRole/);
});

const parts = () => {
  const service = role().arnOf('AWS::ECS::Service', /Backend/);
  return {
    repository: role().arnOf('AWS::ECR::Repository', /Backend/),
    cluster: role().arnOf('AWS::ECS::Cluster', /Backend/),
    service,
    deployment: `${service.replace(':service/', ':service-deployment/')}/1`,
    revision: `${service.replace(':service/', ':service-revision/')}/1`,
  };
};

describe('the function that releases an image', () => {
  test('may do all that it calls', async () => {
    const { repository, cluster, service, deployment, revision } = parts();
    const images = [
      'BatchGetImage', 'DescribeImages', 'PutImage', 'BatchCheckLayerAvailability', 'InitiateLayerUpload', 'UploadLayerPart', 'CompleteLayerUpload',
    ];
    expect(await role().otherwise([
      ...images.map((action): [string, string, string] => [action, `ecr:${action}`, repository]),
      ['finds the service', 'ecs:ListServices', '*', { 'ecs:cluster': cluster }],
      ['starts units anew', 'ecs:UpdateService', service],
      ['finds its deployments', 'ecs:ListServiceDeployments', service],
      ['sees how one ended', 'ecs:DescribeServiceDeployments', deployment],
      ['sees what it went back to', 'ecs:DescribeServiceRevisions', revision],
      ['writes its log', 'logs:PutLogEvents', `${role().arnOf('AWS::Logs::LogGroup', /BackendFargateReleasesLogs/).slice(0, -2)}:log-stream:1`],
    ], 'allowed')).toEqual([]);
  });

  test('may do nothing else', async () => {
    const { repository, cluster, service } = parts();
    expect(await role().otherwise([
      ['changes another repository', 'ecr:PutImage', repository.replace(/[^/]+$/, 'other')],
      ['deletes an image', 'ecr:BatchDeleteImage', repository],
      ['lists services of another cluster', 'ecs:ListServices', '*', { 'ecs:cluster': cluster.replace(/[^/]+$/, 'other') }],
      ['updates a service of another cluster', 'ecs:UpdateService', `arn:aws:ecs:${HERE}:service/other/other`],
      ['deletes the service', 'ecs:DeleteService', service],
      ['registers a task', 'ecs:RegisterTaskDefinition', `arn:aws:ecs:${HERE}:task-definition/Stack-Portal-Backend-Fargate:*`],
      ['passes a role', 'iam:PassRole', role().arnOf('AWS::IAM::Role', /FargateTaskRole/), { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }],
      ['reads a password', 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${HERE}:secret:PortalDatabase-AbCdEf`],
    ], 'refused')).toEqual([]);
  });
});
