import { ISessions } from './contract';
import { DynamoDbSessions, DynamoDbSessionsProps } from './dynamodb-sessions';
import { ValkeyNodes } from './private/valkey-nodes';
import { ValkeyNodesProps } from './valkey-nodes-props';
import { ValkeyServerless, ValkeyServerlessProps } from './valkey-serverless';

/** Session stores that a platform can choose from. Sessions are never on a unit's disk, so that any unit can die. */
export class Sessions {
  /**
   * ElastiCache serverless for Valkey: grows with the traffic, nothing to size. A change of its limits keeps the sessions.
   *
   * @param props limits on its cost
   * @throws Error when a limit is out of its range
   */
  public static valkeyServerless(props: ValkeyServerlessProps = {}): ISessions {
    return new ValkeyServerless(props);
  }

  /**
   * ElastiCache nodes for Valkey: a fixed price, with a replica in another zone in production. A change of their type
   * or number keeps the sessions; between one node and several it takes two deployments (see `automaticFailover`).
   *
   * @param props type and number of the nodes
   * @throws Error when there are more than 6 nodes, or one is to take over from itself
   */
  public static valkeyNodes(props: ValkeyNodesProps = {}): ISessions {
    return new ValkeyNodes(props);
  }

  /**
   * A DynamoDB table: paid by the request, reached by IAM rather than a password, and kept through any failure. The
   * schema is that of the session handler in the AWS SDK for PHP.
   *
   * @param props limits on its cost, and what stands ready at once
   * @throws Error when a limit is out of its range
   */
  public static dynamoDb(props: DynamoDbSessionsProps = {}): ISessions {
    return new DynamoDbSessions(props);
  }

  /**
   * No store: for an application that keeps no sessions, such as an API whose callers bring a token. No variable speaks of one, and its
   * `Runtime` is best told that there is no cookie either (`sessionCookies: []`).
   */
  public static none(): ISessions {
    return { bind: () => undefined };
  }

  private constructor() {}
}
