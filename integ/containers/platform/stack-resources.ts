import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { AwsClients } from './aws';

/** The physical ids of a deployed stack's resources, by type. */
export class StackResources {
  static async of(aws: AwsClients, stackName: string): Promise<StackResources> {
    const ids = new Map<string, string[]>();
    for await (const page of paginateListStackResources({ client: aws.cloudFormation }, { StackName: stackName })) {
      for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
        const known = ids.get(ResourceType ?? '') ?? [];
        ids.set(ResourceType ?? '', [...known, PhysicalResourceId ?? '']);
      }
    }
    return new StackResources(stackName, ids);
  }

  private constructor(private readonly stackName: string, private readonly ids: ReadonlyMap<string, string[]>) {}

  all(type: string): string[] {
    return this.ids.get(type) ?? [];
  }

  /** The one resource of the type. */
  only(type: string): string {
    const found = this.all(type);
    if (found.length !== 1) throw new Error(`Stack ${this.stackName} has ${found.length} resources of type ${type}, not one`);
    return found[0];
  }
}
