import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { ImageReleases } from './image-releases';
import { IReleasable } from '../../../../core';
import { grantLogs } from '../../../../workload/private/view-logs';
import { ServiceRelease } from '../release';

/** What pushes an image, and looks which there are. */
const PUSH = [
  'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:CompleteLayerUpload', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer',
  'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart',
];

/** A new version of a service is another image behind its tag: a pipeline pushes it, and asks. */
export class ImageRelease implements IReleasable {
  constructor(private readonly service: ServiceRelease, private readonly repository: Repository, private readonly releases: ImageReleases) {}

  public get parameters(): { [name: string]: string } {
    const { cluster, service } = this.service.parameters;
    return { kind: 'image', repository: this.repository.repositoryUri, releaseFunction: this.releases.made.fn.ref, cluster, service };
  }

  public grantRelease(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee, actions: PUSH, resourceArns: [this.repository.repositoryArn],
    }).combine(Grant.addToPrincipal({
      // AWS knows no resource for it; what it gives is good for the repositories that the role may reach.
      grantee, actions: ['ecr:GetAuthorizationToken'], resourceArns: ['*'],
    })).combine(Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [this.releases.made.fn.attrArn] }));
  }

  public grantView(grantee: IGrantable): Grant {
    return this.service.grantView(grantee).combine(grantLogs(grantee, this.releases.made.logGroup));
  }
}
