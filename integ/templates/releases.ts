import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { DeployedStack } from '../emulator/deployed-stack';
import { REGION } from '../emulator/local-aws';

/** A parameter that names what runs, two values for it, and how the service says which of them arrived. */
export interface Release {
  readonly parameter: string;
  readonly first: string;
  readonly next: string;
  /** Whether what is deployed runs that value. */
  readonly runs: (endpoint: string, deployed: DeployedStack, value: string) => Promise<boolean>;
}

const REPOSITORY = '111111111111.dkr.ecr.us-east-1.amazonaws.com/shop';

/** How each kind of compute is told what to run. */
export const RELEASES: Release[] = [
  { parameter: 'Image', first: `${REPOSITORY}:1.0`, next: `${REPOSITORY}:1.1`, runs: runsImage },
  { parameter: 'CodeKey', first: 'shop-1.0.zip', next: 'shop-1.1.zip', runs: runsCode },
];

async function runsImage(endpoint: string, deployed: DeployedStack, image: string): Promise<boolean> {
  const ecs = new ECSClient({ endpoint, region: REGION, credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' } });
  const [task] = deployed.ids('AWS::ECS::TaskDefinition');
  const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: task }));
  return taskDefinition?.containerDefinitions?.[0].image === image;
}

/** The code is named in the user data of the newest version of the launch template. */
async function runsCode(endpoint: string, deployed: DeployedStack, key: string): Promise<boolean> {
  const [template] = deployed.ids('AWS::EC2::LaunchTemplate');
  const response = await fetch(endpoint, {
    method: 'POST',
    // The local AWS reads the service from the scope of the credentials, and no signature.
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Authorization': `AWS4-HMAC-SHA256 Credential=local/20260101/${REGION}/ec2/aws4_request` },
    body: new URLSearchParams({ 'Action': 'DescribeLaunchTemplateVersions', 'Version': '2016-11-15', 'LaunchTemplateId': template, 'LaunchTemplateVersion.1': '$Latest' }),
  });
  const [, userData = ''] = /<userData>([^<]*)<\/userData>/.exec(await response.text()) ?? [];
  return Buffer.from(userData, 'base64').toString('utf8').includes(key);
}
