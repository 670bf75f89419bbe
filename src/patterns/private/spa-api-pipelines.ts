import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { pathsOf } from './spa-api-rules';
import { letRelease } from '../../access/private/let-release';
import { IFrontendApplication } from '../../frontend';
import { IWebWorkload } from '../../workload';
import { SpaApiPlatformProps } from '../spa-api-props';

/** What may be released, and where users find it. */
export interface SpaApiApplications {
  readonly frontend: IFrontendApplication;
  readonly backend: IWebWorkload;
  readonly distribution: IDistribution;
}

/** Lets each team's pipeline release its application. */
export function letTeamsRelease(
  props: SpaApiPlatformProps,
  namespaces: { readonly frontend: Construct; readonly backend: Construct },
  { frontend, backend, distribution }: SpaApiApplications,
): void {
  const paths = pathsOf(props);
  const address = (path: string) => `https://${props.domain?.name ?? distribution.distributionDomainName}${path}`;
  letRelease(namespaces.frontend, {
    prop: 'frontend', pipeline: props.frontend?.pipeline, subject: frontend.workload ?? frontend, release: frontend.release, address: address(paths.frontend),
  });
  letRelease(namespaces.backend, {
    prop: 'backend', pipeline: props.backend.pipeline, subject: backend, release: backend.release, address: address(paths.backend),
  });
}
