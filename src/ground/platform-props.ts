import { Domain, EnvironmentProfile, Owner } from '../core';
import { IEdge } from '../edge';
import { INetwork } from '../network';
import { INotifications, ObservabilityProps } from '../observability';

/** What every platform stands on; all of it has a default. */
export interface PlatformProps {
  /**
   * The network.
   *
   * @default Network.create() - a new VPC
   */
  readonly network?: INetwork;
  /**
   * What users reach: the content-delivery network, and the web firewall before it.
   *
   * @default Edge.cloudFront() - a CloudFront distribution near every user
   */
  readonly edge?: IEdge;
  /**
   * The name that users reach the platform by.
   *
   * @default - the distribution's own name, `<id>.cloudfront.net`
   */
  readonly domain?: Domain;
  /**
   * Who answers for the platform, and for each of its applications that names nobody else.
   *
   * @default - the boards name nobody
   */
  readonly owner?: Owner;
  /**
   * Production or development.
   *
   * @default EnvironmentProfile.production()
   */
  readonly profile?: EnvironmentProfile;
  /**
   * Where alarms are sent.
   *
   * @default - a new topic that nobody is subscribed to, and a warning that says so
   */
  readonly notifications?: INotifications;
  /**
   * The boards' language, what the application is called on them, and what users may expect of it.
   *
   * @default - English, the platform's name, 99.9 % of requests without an error and 99 % of them within 1 second
   */
  readonly observability?: ObservabilityProps;
}
