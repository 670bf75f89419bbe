import { Stack, Token } from 'aws-cdk-lib';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { oneTopic } from './alarm-topic';
import { US_EAST_1 } from '../../../core/private/regions';
import { IAlarmTopics, INotifications } from '../contract';
import { TopicNotificationsOptions } from '../notifications-props';

/** A topic that exists already, and its twin in us-east-1. */
export class TopicNotifications implements INotifications {
  private readonly topics: ITopic[];

  constructor(topic: ITopic, { edgeTopic }: TopicNotificationsOptions) {
    this.topics = [topic, ...edgeTopic === undefined ? [] : [edgeTopic]];
  }

  public bind(scope: Construct): IAlarmTopics {
    return oneTopic(this.topicInRegionOf(scope));
  }

  /** A topic whose Region is not known is taken as it is. */
  private topicInRegionOf(scope: Construct): ITopic {
    const { region } = Stack.of(scope);
    const found = this.topics.find(({ env }) => Token.isUnresolved(region) || Token.isUnresolved(env.region) || env.region === region);
    if (found === undefined) {
      throw new Error(`[${scope.node.path}] 'topic' must be in ${region}, where its alarms are, got one in ${this.topics[0].env.region}: ${region === US_EAST_1 ? 'give a topic of us-east-1 as \'edgeTopic\', as CloudFront\'s alarms are there' : `give one of ${region}`}`);
    }
    return found;
  }
}
