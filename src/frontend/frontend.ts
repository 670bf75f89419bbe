import { ContainerFrontendProps } from './container-frontend-props';
import { IFrontend } from './contract';
import { ContainerFrontend } from './private/container-frontend';
import { StaticSite } from './private/static-site';
import { StaticSiteProps } from './static-site-props';

/** Ways to serve the site that users open. */
export class Frontend {
  /**
   * Files in a private bucket behind the content-delivery network: it carries any traffic, and there is nothing to scale. The team's
   * pipeline releases it.
   *
   * @param props how paths become files, and how long files of earlier releases stay
   * @throws Error when an extension, a folder or the time is none that can be
   */
  public static staticSite(props: StaticSiteProps = {}): IFrontend {
    return new StaticSite(props);
  }

  /**
   * Units of its own behind the load balancer, for pages that are made for each request.
   *
   * @param props what runs it, and what it is to carry
   * @throws Error when nothing runs it
   */
  public static container(props: ContainerFrontendProps): IFrontend {
    return new ContainerFrontend(props);
  }

  private constructor() {}
}
