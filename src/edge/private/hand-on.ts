import { Annotations, Aspects, AspectPriority, IAspect, PermissionsBoundary, PERMISSIONS_BOUNDARY_CONTEXT_KEY, Stack, StackProps } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

const NOT_HANDED_ON = 'cdk-platform-patterns:companion-differs';

/** What a stack beside the platform's takes over from it: tags that it was made with, and its permissions boundary. */
export function handedOn(top: Stack): StackProps {
  return { tags: top.tags.tagValues(), permissionsBoundary: boundaryOf(top) };
}

function boundaryOf(top: Stack): PermissionsBoundary | undefined {
  const { arn, name } = (top.node.tryGetContext(PERMISSIONS_BOUNDARY_CONTEXT_KEY) ?? {}) as { arn?: string; name?: string };
  if (arn !== undefined) return PermissionsBoundary.fromArn(arn);
  return name === undefined ? undefined : PermissionsBoundary.fromName(name);
}

/** Says at synthesis what the platform's stack has and the one beside it has not, once everything is added to both. */
export function warnOfTheRest(top: Stack, beside: Stack): void {
  Aspects.of(beside).add(new Differences(top, beside), { priority: AspectPriority.READONLY });
}

class Differences implements IAspect {
  constructor(private readonly top: Stack, private readonly beside: Stack) {}

  public visit(node: IConstruct): void {
    if (node !== this.beside) return;
    // CDK sets a boundary by an aspect of its own, in each stack.
    const own = boundaryOf(this.top) === undefined ? 0 : 1;
    const kept = [
      ...Aspects.of(this.top).all.length > own ? ['aspects (tags that were added by Tags.of are some)'] : [],
      ...(this.top._notificationArns ?? []).length > 0 ? ['notificationArns (a topic of its Region)'] : [],
    ];
    if (kept.length === 0) return;
    Annotations.of(this.beside).addWarningV2(NOT_HANDED_ON,
      `[${this.beside.node.path}] what is added to ${this.top.node.path} does not reach this stack, which CloudFront needs in us-east-1: ${kept.join(', ')}. Add it to the app (Tags.of(app), Aspects.of(app)) or to this stack too: app.node.findChild('${this.beside.node.id}')`);
  }
}
