import { CfnResource, CustomResource } from 'aws-cdk-lib';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { Act, GO_LIVE_CODE, LIVE } from './go-live';
import { FunctionParts } from './resource';
import { acknowledgeWildcards } from '../../../core/private/acknowledge';
import { InlineCustomResource } from '../../../core/private/resources/inline-function';
import { ComputeContext } from '../../../workload';

/** An archive of up to 50 MB, as it is read and as it is sent on. */
const MEMORY = 1024;

/**
 * The version of a function that requests are led to.
 *
 * What the template says of the alias never changes: CloudFormation, which would move it back to what the template says, leaves it
 * alone. A version is published, and the alias moved, by a function of the stack, whenever the code of the template or a setting changes.
 */
export class LiveVersion extends Construct {
  /** ARN of the alias. */
  public readonly aliasArn: string;
  private readonly releaser: InlineCustomResource;
  private readonly permission: CfnPermission;

  constructor(
    scope: Construct, id: string,
    private readonly parts: FunctionParts, private readonly targetGroup: ApplicationTargetGroup, context: ComputeContext,
  ) {
    super(scope, id);
    const { fn, code, settings } = parts;
    const alias = new CfnAlias(this, 'Alias', { functionName: fn.ref, name: LIVE, functionVersion: '$LATEST' });
    this.aliasArn = alias.ref;
    this.permission = new CfnPermission(this, 'Balancer', {
      action: 'lambda:InvokeFunction', functionName: alias.ref, principal: 'elasticloadbalancing.amazonaws.com', sourceArn: targetGroup.targetGroupArn,
    });
    const versions = `${fn.attrArn}:*`;
    this.releaser = new InlineCustomResource(this, 'Release', {
      resourceType: 'Custom::LiveVersion',
      description: 'Publishes a version of the application and leads requests to it',
      code: GO_LIVE_CODE,
      statements: [
        allow([fn.attrArn, versions], 'lambda:GetFunction', 'lambda:GetFunctionConfiguration', 'lambda:GetAlias'),
        allow([fn.attrArn], 'lambda:UpdateFunctionCode', 'lambda:PublishVersion'),
        allow([fn.attrArn, alias.ref], 'lambda:UpdateAlias', 'lambda:DeleteProvisionedConcurrencyConfig'),
        allow([targetGroup.targetGroupArn], 'elasticloadbalancing:RegisterTargets', 'elasticloadbalancing:DeregisterTargets'),
      ],
      properties: { Act: Act.GO_LIVE, Function: fn.ref, Alias: LIVE, Code: code, Settings: settings },
      encryptionKey: context.encryptionKey,
      profile: context.profile,
      memorySize: MEMORY,
      speaksTo: 'the APIs of Lambda and of its load balancer alone',
    });
    acknowledgeWildcards(this.releaser, [versions], 'The versions of this one function, whose numbers AWS gives');
  }

  /** Puts it behind the balancer, by what waits for its first version: the balancer asks for its right to invoke when it is registered. */
  public register(): CfnResource {
    const registration = this.releaser.another(this, 'Target', {
      resourceType: 'Custom::FunctionTarget',
      properties: { Act: Act.REGISTER, TargetGroup: this.targetGroup.targetGroupArn, Target: this.aliasArn },
    });
    registration.node.addDependency(this.releaser.answered, this.permission);
    return registration.node.defaultChild as CfnResource;
  }

  /** Takes back what stands ready once nothing scales it any more: to leave the stack, a scalable target leaves it as it is. */
  public standReady(scope: Construct): CustomResource {
    const readiness = this.releaser.another(scope, 'Readiness', {
      resourceType: 'Custom::ProvisionedConcurrency', properties: { Act: Act.STAND_READY, Function: this.parts.fn.ref, Alias: LIVE },
    });
    readiness.node.addDependency(this.releaser.answered);
    return readiness;
  }
}

function allow(resources: string[], ...actions: string[]): PolicyStatement {
  return new PolicyStatement({ resources, actions });
}
