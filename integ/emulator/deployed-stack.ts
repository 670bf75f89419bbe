import { CloudFormationClient, DescribeStacksCommand, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { REGION } from './local-aws';

export interface DeployedResource {
  readonly type: string;
  readonly logicalId: string;
  readonly physicalId: string;
}

/** What CloudFormation tells of a stack after its deploy. */
export class DeployedStack {
  public static async of(endpoint: string, name: string, region = REGION): Promise<DeployedStack> {
    const client = new CloudFormationClient({
      endpoint, region, credentials: { accessKeyId: '000000000000', secretAccessKey: 'local' },
    });
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const outputs = Object.fromEntries((Stacks?.[0].Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue ?? '']));
    const resources: DeployedResource[] = [];
    for await (const page of paginateListStackResources({ client }, { StackName: name })) {
      for (const { ResourceType, LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
        resources.push({ type: ResourceType ?? '', logicalId: LogicalResourceId ?? '', physicalId: PhysicalResourceId ?? '' });
      }
    }
    return new DeployedStack(outputs, resources);
  }

  private constructor(public readonly outputs: { [key: string]: string }, public readonly resources: DeployedResource[]) {}

  /** Physical ids of the resources of a type. */
  public ids(type: string): string[] {
    return this.resources.filter(resource => resource.type === type).map(resource => resource.physicalId);
  }

  /** Type and number, the most frequent first. */
  public counts(): [string, number][] {
    const counts = new Map<string, number>();
    this.resources.forEach(({ type }) => counts.set(type, (counts.get(type) ?? 0) + 1));
    return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  }
}
