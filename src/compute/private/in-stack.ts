import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Runtime, UnitLoad } from '../../core';
import { namespaceIn } from '../../core/private/naming';
import { keepRoom } from '../../core/private/resources/room';
import { Rule, validate } from '../../core/private/validation';
import { ComputeContext, ICompute, IWebWorkload } from '../../workload';

/** The two stacks that meet. */
interface Stacks {
  readonly platform: Stack;
  readonly stack: Stack;
}

const RULES: Rule<Stacks>[] = [
  ({ platform, stack }) => platform.node.root === stack.node.root ? undefined
    : `'stack' must be in the app of the platform, got ${stack.node.path} of another app: make both in one`,
  ({ platform, stack }) => platform.account === stack.account && platform.region === stack.region ? undefined
    : `'stack' must have the platform's account and Region, ${environmentOf(platform)}, got ${environmentOf(stack)}: give both stacks the same 'env'`,
  ({ platform, stack }) => stack.nestedStackParent === undefined ? undefined
    : `'stack' must be one that is deployed by itself, got the nested stack ${stack.node.path} of ${platform.stackName}: give a stack of its own`,
];

/** A choice whose workload stands in a stack of its own: what its team deploys. */
export class InStack implements ICompute {
  constructor(private readonly stack: Stack, private readonly choice: ICompute) {}

  public get unit(): UnitLoad {
    return this.choice.unit;
  }

  public get runtime(): Runtime | undefined {
    return this.choice.runtime;
  }

  public bind(scope: Construct, context: ComputeContext): IWebWorkload {
    const platform = Stack.of(scope);
    validate(scope.node.path, { platform, stack: this.stack }, RULES);
    keepRoom(this.stack);
    return this.choice.bind(platform === this.stack ? scope : namespaceIn(this.stack, scope), context);
  }
}

function environmentOf({ account, region }: Stack): string {
  return [account, region].map(each => Token.isUnresolved(each) ? 'unknown' : each).join('/');
}
