import { gunzipSync } from 'node:zlib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Bound } from './blocks';
import { resources, text } from './template';
import { workload, WorkloadTest } from './workloads';
import { Compute, InstanceCode, InstancesProps, IWebWorkload } from '../../src';

/** What a test may change of a workload on instances. */
export interface InstancesTest extends WorkloadTest {
  readonly props?: Partial<InstancesProps>;
}

/** A workload on instances behind a load balancer, with a database of variables alone. */
export function instances({ props, ...test }: InstancesTest = {}): Bound<IWebWorkload> {
  return workload(stack => Compute.instances({
    code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop-1.zip', 'v1'), ...props,
  }), test);
}

/** The launch template's data. */
export function launchTemplateOf({ template }: Pick<Bound<IWebWorkload>, 'template'>): { readonly [name: string]: unknown } {
  const [{ Properties }] = resources(template, 'AWS::EC2::LaunchTemplate');
  return Properties.LaunchTemplateData as { [name: string]: unknown };
}

/** The user data as EC2 gets it, with references as `text` writes them, and with what CloudFormation encodes encoded. */
export function rawUserDataOf(bound: Pick<Bound<IWebWorkload>, 'template'>): string {
  const { UserData } = launchTemplateOf(bound) as { UserData: { 'Fn::Base64': unknown } };
  return text(withEncoded(UserData['Fn::Base64']));
}

/** The user data with what is packed in it unpacked. */
export function userDataOf(bound: Pick<Bound<IWebWorkload>, 'template'>): string {
  return rawUserDataOf(bound).replace(/^packed=.*\n([^]*?)\nEND-OF-PACK\n\)\neval "\$packed"$/gm,
    (_, pack: string) => gunzipSync(Buffer.from(pack, 'base64')).toString());
}

/** The text that the user data writes to a file. */
export function fileOf(userData: string, name: string): string {
  const found = userData.split(`cat > ${name} <<'END-OF-FILE'\n`)[1];
  if (found === undefined) throw new Error(`${name} is not written`);
  return found.split('\nEND-OF-FILE\n')[0];
}

function withEncoded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withEncoded);
  if ('Fn::Base64' in value) return Buffer.from(text(value['Fn::Base64'])).toString('base64');
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withEncoded(each)]));
}
