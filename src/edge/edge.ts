import { CloudFrontProps } from './cloud-front-props';
import { IEdge } from './contract';
import { CloudFrontEdge } from './private/cloud-front';

/** What can stand at the edge of a platform. */
export class Edge {
  /**
   * A CloudFront distribution: HTTP/3, IPv6, security headers, compression, access logs.
   *
   * @param props where users are, what is cached and what they see when nothing answers
   * @throws Error when a prop is out of its range
   */
  public static cloudFront(props: CloudFrontProps = {}): IEdge {
    return new CloudFrontEdge(props);
  }

  private constructor() {}
}
