import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ElasticWebPlatform } from '../../src';
import { ACCOUNT, addPlatform, PlatformProps } from '../support/platform';

export const BRAZIL = { account: ACCOUNT, region: 'sa-east-1' };

export type Props = PlatformProps | ((stack: Stack) => PlatformProps);

/** The three templates of a platform in São Paulo. */
export class Brazil {
  public readonly stack = new Stack(new App({ analyticsReporting: false }), 'Stack', { env: BRAZIL, terminationProtection: true });
  public readonly platform: ElasticWebPlatform;

  constructor(props: Props = {}) {
    this.platform = addPlatform(this.stack, typeof props === 'function' ? props(this.stack) : props);
  }

  public of(suffix: string): Stack {
    return this.stack.node.root.node.findChild(`Stack${suffix}`) as Stack;
  }

  public template(suffix = ''): Template {
    return Template.fromStack(this.of(suffix));
  }
}
