import { Stack, Token } from 'aws-cdk-lib';
import { CfnSlackChannelConfiguration, SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { createAlarmTopic, oneTopic } from './alarm-topic';
import { idOfValue, sharedNamespace } from './namespaces';
import { acknowledgeWildcards } from '../../../core/private/acknowledge';
import { nameInAccount, nameInAllRegions } from '../../../core/private/naming';
import { matches, Rule, validate } from '../../../core/private/validation';
import { IAlarmTopics, INotifications, NotificationsContext } from '../contract';
import { SlackNotificationsProps } from '../notifications-props';

/** Longest name of a topic (SNS API, CreateTopic), and of a configuration (Chatbot API, CreateSlackChannelConfiguration). */
const MAX_TOPIC_NAME = 256;
const MAX_CONFIGURATION_NAME = 128;

/**
 * What the service does with the role when an alarm is told: it draws the metric (Chatbot Administrator Guide, "IAM
 * resource-level permissions"). The console's own template for that lets it read all of CloudWatch.
 */
const READ_ALARMS = [
  'cloudwatch:DescribeAlarms', 'cloudwatch:GetMetricData', 'cloudwatch:GetMetricStatistics', 'cloudwatch:GetMetricWidgetImage', 'cloudwatch:ListMetrics',
];

const RULES: Rule<SlackNotificationsProps>[] = [
  matches('slackWorkspaceId', /^T[0-9A-Z]{1,254}$/, 'must be a workspace\'s id, a T before capitals and digits',
    'copy it from the console of Amazon Q Developer in chat applications, such as \'T0123ABCD\''),
  matches('slackChannelId', /^[CG][0-9A-Z]{1,254}$/, 'must be a channel\'s id, a C or a G before capitals and digits',
    'copy the channel\'s link in Slack and take its end, such as \'C0123ABCD\''),
];

/** A topic that a channel of Slack shows. */
export class SlackNotifications implements INotifications {
  /** The topics of platforms outside us-east-1 that the configuration there is to read, too. */
  private readonly atHome = new WeakSet<ITopic>();

  constructor(private readonly props: SlackNotificationsProps) {
    validate('Notifications.slack', props, RULES);
  }

  /**
   * AWS takes one configuration for each channel and account, and the service is in no Region: where the choice is bound twice,
   * the second time makes it, for the topics of both Regions.
   */
  public bind(scope: Construct, context: NotificationsContext): IAlarmTopics {
    const namespace = this.namespaceIn(scope);
    const { encryptionKey, bindsAgain = false } = context;
    const topic = createAlarmTopic(namespace, encryptionKey, bindsAgain ? nameInAccount(namespace, MAX_TOPIC_NAME) : undefined);
    if (bindsAgain) this.atHome.add(topic);
    else this.configure(namespace, this.topicsAtHome(scope, context), topic);
    return oneTopic(topic);
  }

  /** The channel's own, wherever it is combined: CloudFormation makes a new configuration before it takes the old one away. */
  private namespaceIn(scope: Construct): Construct {
    const { slackChannelId } = this.props;
    const channels = sharedNamespace(scope, 'Slack');
    const id = Token.isUnresolved(slackChannelId) ? idOfValue(scope, slackChannelId) : slackChannelId;
    const taken = channels.node.tryFindChild(id) ?? this.configured(scope);
    if (taken !== undefined) {
      throw new Error(`[${scope.node.path}] 'slackChannelId' must be of a channel that is told in no other place, as AWS takes one configuration for each channel and account, got ${slackChannelId}, which ${taken.node.path} tells: within a platform combine one and the same Notifications.slack, for another platform give the topic of the first one by Notifications.topic`);
    }
    return new Construct(channels, id);
  }

  /** The configuration of the channel that the app has in this account. */
  private configured(scope: Construct): IConstruct | undefined {
    const stack = Stack.of(scope);
    const here = (other: Stack) => other === stack || (!Token.isUnresolved(stack.account) && other.account === stack.account);
    return scope.node.root.node.findAll().find(each =>
      CfnSlackChannelConfiguration.isCfnSlackChannelConfiguration(each) && each.slackChannelId === this.props.slackChannelId && here(each.stack));
  }

  private topicsAtHome(scope: Construct, { homeTopics }: NotificationsContext): ITopic[] {
    if (homeTopics === undefined) return [];
    const own = homeTopics.filter(topic => this.atHome.has(topic));
    if (own.length === 0) {
      throw new Error(`[${scope.node.path}] 'homeTopics' must hold the topic that Notifications.slack made in the platform's own Region, got none of its own: hand on all topics that its first 'bind' returned`);
    }
    return own;
  }

  private configure(scope: Construct, topicsAtHome: ITopic[], topic: ITopic): void {
    const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('chatbot.amazonaws.com') });
    const policy = new ManagedPolicy(scope, 'ReadAlarms', {
      roles: [role], statements: [new PolicyStatement({ actions: READ_ALARMS, resources: ['*'] })],
    });
    acknowledgeWildcards(policy, ['*'], 'Metrics have no ARN: the channel may read those of alarms, and nothing else');
    const configuration = new SlackChannelConfiguration(scope, 'Configuration', {
      ...this.props,
      slackChannelConfigurationName: nameInAllRegions(scope, MAX_CONFIGURATION_NAME),
      role,
      notificationTopics: [...topicsAtHome, topic],
      // Without any, AWS sets AdministratorAccess: whatever role a member of the channel took would be open to commands.
      guardrailPolicies: [policy],
    });
    // Their stack is deployed first: the service subscribes to them.
    configuration.node.addDependency(...topicsAtHome);
  }
}
