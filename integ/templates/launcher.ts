import {
  CloudFormationClient, CreateStackCommand, DeleteStackCommand, UpdateStackCommand, waitUntilStackCreateComplete, waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LocalAws, REGION } from '../emulator/local-aws';

const CREDENTIALS = { accessKeyId: '000000000000', secretAccessKey: 'local' };
const BUCKET = 'templates';
/** The roles of the platform have no names of their own; to make any at all, CloudFormation wants to be told. */
const CAPABILITIES = ['CAPABILITY_IAM' as const];

/** Values of parameters; those that are left out keep their default, and in an update their last value. */
export type Values = { readonly [parameter: string]: string };

/** Launches templates as someone without CDK does: by a bucket and by calls to CloudFormation. */
export class Launcher {
  private readonly cloudFormation: CloudFormationClient;
  private readonly s3: S3Client;

  constructor(private readonly aws: LocalAws) {
    const common = { endpoint: aws.url, region: REGION, credentials: CREDENTIALS };
    this.cloudFormation = new CloudFormationClient(common);
    this.s3 = new S3Client({ ...common, forcePathStyle: true });
  }

  /** The bucket that templates are read from: as text, CloudFormation takes up to 51,200 bytes. */
  public async prepare(): Promise<void> {
    await this.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  }

  public async upload(name: string, template: object): Promise<string> {
    const key = `${name}.json`;
    await this.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: JSON.stringify(template) }));
    return `${this.aws.url}/${BUCKET}/${key}`;
  }

  public async create(stack: string, templateUrl: string, values: Values): Promise<void> {
    await this.cloudFormation.send(new CreateStackCommand({
      StackName: stack,
      TemplateURL: templateUrl,
      Capabilities: CAPABILITIES,
      Parameters: Object.entries(values).map(([key, value]) => ({ ParameterKey: key, ParameterValue: value })),
    }));
    await waitUntilStackCreateComplete(this.waiter, { StackName: stack });
  }

  public async update(stack: string, parameters: string[], values: Values): Promise<void> {
    await this.cloudFormation.send(new UpdateStackCommand({
      StackName: stack,
      UsePreviousTemplate: true,
      Capabilities: CAPABILITIES,
      Parameters: parameters.map(key => ({
        ParameterKey: key, ...key in values ? { ParameterValue: values[key] } : { UsePreviousValue: true },
      })),
    }));
    await waitUntilStackUpdateComplete(this.waiter, { StackName: stack });
  }

  public async delete(stack: string): Promise<void> {
    await this.cloudFormation.send(new DeleteStackCommand({ StackName: stack }));
    await waitUntilStackDeleteComplete(this.waiter, { StackName: stack });
  }

  private get waiter() {
    return { client: this.cloudFormation, maxWaitTime: 300, minDelay: 1, maxDelay: 2 };
  }
}
