import { runSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { Template } from 'aws-cdk-lib/assertions';
import { ACCOUNT } from './platform';
import { resources, type Resource } from './template';

/** What is tried: its name, the action, the resource, and what the request says besides. */
export type Attempt = [name: string, action: string, resource: string, context?: { [key: string]: string | string[] }];

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

const HERE = `us-east-1:${ACCOUNT}`;

/** A role of a template, with its policies, and those of what it asks; references are made-up ARNs. */
export class EvaluatedRole {
  private readonly all: Map<string, Resource>;

  constructor(private readonly template: Template, private readonly pattern: RegExp, private readonly extra: Statement[] = []) {
    this.all = new Map(resources(template).map(each => [each.id, each]));
  }

  public get arn(): string {
    return this.arnOf('AWS::IAM::Role', this.pattern);
  }

  /** The role's own statements, resolved. */
  public get statements(): Statement[] {
    const statements = this.ownStatements();
    const odd = statements.flatMap(({ Resource = [] }) => [Resource].flat()).filter(each => each !== '*' && !String(each).startsWith('arn:'));
    if (odd.length > 0) throw new Error(`${this.arn}: these resources are no ARNs, and what is asked of them says nothing: ${JSON.stringify(odd)}`);
    return statements;
  }

  private ownStatements(): Statement[] {
    const id = this.find('AWS::IAM::Role', this.pattern).id;
    const owned = [...resources(this.template, 'AWS::IAM::Policy'), ...resources(this.template, 'AWS::IAM::ManagedPolicy')]
      .filter(({ Properties }) => JSON.stringify(Properties.Roles ?? []).includes(`"${id}"`));
    return [...owned.flatMap(({ Properties }) => (this.resolve(Properties.PolicyDocument) as { Statement: Statement[] }).Statement), ...this.extra];
  }

  /** The ARN of the only resource of a type whose logical id matches. */
  public arnOf(type: string, pattern: RegExp): string {
    return this.attribute(this.find(type, pattern), 'Arn');
  }

  /** Names of the attempts that are decided otherwise than is hoped for. */
  public async otherwise(attempts: Attempt[], hoped: 'allowed' | 'refused'): Promise<string[]> {
    const decided = await Promise.all(attempts.map(async attempt => ({ name: attempt[0], allowed: await this.allows(attempt) })));
    return decided.filter(({ allowed }) => allowed !== (hoped === 'allowed')).map(({ name }) => name);
  }

  /** A request that makes no sense, such as one with a misspelt action, is an error and no refusal. */
  private async allows([name, action, resource, context = {}]: Attempt): Promise<boolean> {
    const simulation: Simulation = {
      request: {
        principal: this.arn,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: {
          'aws:PrincipalArn': this.arn, 'aws:PrincipalAccount': ACCOUNT, 'aws:ResourceAccount': ACCOUNT, 'aws:SecureTransport': 'true', ...context,
        },
      },
      identityPolicies: [{ name: 'own', policy: { Version: '2012-10-17', Statement: this.statements } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: this.policyOf(resource),
      permissionBoundaryPolicies: this.boundary(),
    };
    const result = await runSimulation(simulation, {});
    if (result.resultType === 'error') throw new Error(`${name}: ${JSON.stringify(result.errors)}`);
    return result.overallResult === 'Allowed';
  }

  private boundary(): Simulation['permissionBoundaryPolicies'] {
    const { PermissionsBoundary } = this.find('AWS::IAM::Role', this.pattern).Properties;
    if (PermissionsBoundary === undefined) return undefined;
    const { Ref } = PermissionsBoundary as { Ref: string };
    return [{ name: 'boundary', policy: this.resolve(this.all.get(Ref)!.Properties.PolicyDocument) }];
  }

  /** Of a bucket, for its objects too, or of a key. */
  private policyOf(arn: string): unknown {
    const [key] = resources(this.template, 'AWS::KMS::Key').filter(each => this.attribute(each, 'Arn') === arn);
    if (key !== undefined) return this.resolve(key.Properties.KeyPolicy);
    const bucket = arn.startsWith('arn:aws:s3:::') ? arn.slice('arn:aws:s3:::'.length).split('/')[0] : undefined;
    const [policy] = resources(this.template, 'AWS::S3::BucketPolicy').filter(({ Properties }) => this.resolve(Properties.Bucket) === bucket);
    return policy && this.resolve(policy.Properties.PolicyDocument);
  }

  private find(type: string, pattern: RegExp): Resource {
    const found = resources(this.template, type).filter(({ id }) => pattern.test(id));
    if (found.length !== 1) throw new Error(`expected one ${type} like ${pattern}, found ${JSON.stringify(found.map(({ id }) => id))}`);
    return found[0];
  }

  private resolve(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(each => this.resolve(each));
    const [[name, argument]] = Object.entries(value as { [name: string]: never });
    if (name === 'Ref') return this.reference(argument);
    if (name === 'Fn::GetAtt') return this.attribute(this.all.get(argument[0])!, argument[1]);
    if (name === 'Fn::Join') return (this.resolve(argument[1]) as string[]).join(argument[0]);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.resolve(each)]));
  }

  private reference(id: string): string {
    if (id === 'AWS::Partition') return 'aws';
    const resource = this.all.get(id);
    if (resource?.Type === 'AWS::ECS::Service') return this.attribute(resource, 'Arn');
    if (resource?.Type === 'AWS::Lambda::Alias') {
      const { FunctionName, Name } = resource.Properties;
      return `${this.attribute(this.all.get((FunctionName as { Ref: string }).Ref)!, 'Arn')}:${String(Name)}`;
    }
    return resource?.Type === 'AWS::SSM::Parameter' ? String(resource.Properties.Name) : id;
  }

  private attribute(resource: Resource, name: string): string {
    const { id, Type, Properties } = resource;
    if (name !== 'Arn') return Type === 'AWS::ECS::Service' && name === 'Name' ? id : `${id}.${name}`;
    const arns: { [type: string]: () => string } = {
      'AWS::S3::Bucket': () => `arn:aws:s3:::${id}`,
      'AWS::Lambda::Function': () => `arn:aws:lambda:${HERE}:function:${id}`,
      'AWS::KMS::Key': () => `arn:aws:kms:${HERE}:key/${id}`,
      'AWS::IAM::Role': () => `arn:aws:iam::${ACCOUNT}:role/${id}`,
      'AWS::IAM::ManagedPolicy': () => `arn:aws:iam::${ACCOUNT}:policy/${id}`,
      'AWS::Logs::LogGroup': () => `arn:aws:logs:${HERE}:log-group:${id}:*`,
      'AWS::ECS::Cluster': () => `arn:aws:ecs:${HERE}:cluster/${id}`,
      'AWS::ECS::Service': () => `arn:aws:ecs:${HERE}:service/${this.resolve(Properties.Cluster)}/${id}`,
      'AWS::ECS::TaskDefinition': () => `arn:aws:ecs:${HERE}:task-definition/${Properties.Family}:1`,
      'AWS::SSM::Parameter': () => `arn:aws:ssm:${HERE}:parameter${Properties.Name}`,
      'AWS::ECR::Repository': () => `arn:aws:ecr:${HERE}:repository/${id.toLowerCase()}`,
      'AWS::AutoScaling::AutoScalingGroup': () => `arn:aws:autoscaling:${HERE}:autoScalingGroup:made-up:autoScalingGroupName/${Properties.AutoScalingGroupName}`,
    };
    if (arns[Type] === undefined) throw new Error(`no ARN is known of ${Type} ${id}`);
    return arns[Type]();
  }
}
