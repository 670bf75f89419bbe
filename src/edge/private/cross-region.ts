import { createHash } from 'crypto';
import { CfnResource, Lazy, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { EnvironmentProfile } from '../../core';
import { hashedNameInAccount } from '../../core/private/naming';
import { InlineCustomResource } from '../../core/private/resources/inline-function';

/** Reads the parameters that its properties name. Nothing is left to do when it goes. */
const HANDLER = `import boto3, cfnresponse, json

def handler(event, context):
    given = event['ResourceProperties']
    values = {}
    try:
        if event['RequestType'] != 'Delete':
            ssm = boto3.client('ssm', region_name=given['From'])
            for name, parameter in json.loads(given['Parameters']).items():
                values[name] = ssm.get_parameter(Name=parameter)['Parameter']['Value']
        cfnresponse.send(event, context, cfnresponse.SUCCESS, values, given['Id'])
    except Exception as error:
        print(error)
        cfnresponse.send(event, context, cfnresponse.FAILED, {}, given['Id'], reason=str(error))
`;

/** Longest part of a parameter's name that the path makes, well within the 1,011 characters of Systems Manager. */
const MAX_NAME = 200;

/** Where values come from, and where they are needed. */
export interface Crossing {
  /** A namespace of the stack that has them. */
  readonly from: Construct;
  /** A namespace of the stack that needs them. */
  readonly to: Construct;
  /** Encrypts the log of the function that reads them. */
  readonly encryptionKey: IKey;
  /** Says how long that log is kept. */
  readonly profile: EnvironmentProfile;
}

/**
 * Makes values of a stack readable in a stack of another Region, which is deployed after it. Parameters of Systems
 * Manager carry them, and a custom resource reads those: a reference of CDK across Regions would want a property of the
 * user's stack, and assets.
 *
 * @param values by name; one that is not made by a resource of the first stack is given back as it is
 */
export function acrossRegions(crossing: Crossing, values: { [name: string]: string }): { [name: string]: string } {
  const { from } = crossing;
  const carried = Object.entries(values).filter(([, value]) => sourceOf(value, Stack.of(from)) !== undefined);
  if (carried.length === 0) return values;
  const prefix = `/cdk-platform-patterns/${hashedNameInAccount(from, MAX_NAME)}`;
  const parameters = carried.map(([name, value]) =>
    new StringParameter(from, name, { parameterName: `${prefix}/${name}`, stringValue: value }));
  const reader = readerOf(crossing, carried, prefix);
  reader.node.addDependency(...parameters);
  return { ...values, ...Object.fromEntries(carried.map(([name]) => [name, reader.getAttString(name)])) };
}

function readerOf({ from, to, encryptionKey, profile }: Crossing, carried: [string, string][], prefix: string): InlineCustomResource {
  const { region } = Stack.of(from);
  const names = carried.map(([name]) => `${prefix}/${name}`);
  return new InlineCustomResource(to, 'Reader', {
    resourceType: 'Custom::CrossRegionValues',
    description: `Reads what another stack made in ${region}`,
    code: HANDLER,
    statements: [new PolicyStatement({
      actions: ['ssm:GetParameter'],
      resources: names.map(name => Stack.of(to).formatArn({ service: 'ssm', region, resource: 'parameter', resourceName: name.slice(1) })),
    })],
    properties: {
      Id: prefix,
      From: region,
      Parameters: JSON.stringify(Object.fromEntries(carried.map(([name], index) => [name, names[index]]))),
      // The parameters keep their names when their values change: without this, CloudFormation would not read them again.
      State: Lazy.string({ produce: () => stateOf(carried.map(([, value]) => sourceOf(value, Stack.of(from))!)) }),
    },
    encryptionKey,
    profile,
  });
}

/** The resource of the stack that makes the value. */
function sourceOf(value: string, stack: Stack): CfnResource | undefined {
  if (!Token.isUnresolved(value)) return undefined;
  return Tokenization.reverseString(value).tokens
    .map(token => Reference.isReference(token) ? token.target : undefined)
    .find((target): target is CfnResource => target instanceof CfnResource && Stack.of(target) === stack);
}

/** Changes with each change of the resources in the template, a replacement among them. */
function stateOf(resources: CfnResource[]): string {
  const rendered = resources.map(resource => [resource.stack.resolve(resource.logicalId), resource.stack.resolve(propertiesOf(resource))]);
  return createHash('sha256').update(JSON.stringify(rendered)).digest('hex').slice(0, 16);
}

/** What CDK writes into the template, which it keeps to itself. */
function propertiesOf(resource: CfnResource): unknown {
  return (resource as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
}
