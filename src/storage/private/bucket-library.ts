import { IKeyGroup, IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { MonitoringFacade } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';
import { signedFact, signing } from './signing';
import { BlockDescription, IWorkload, SecretReference, Tier } from '../../core';
import { acknowledgeWildcards } from '../../core/private/acknowledge';
import { HTTPS, identityOf } from '../../core/private/block-links';
import { IMediaLibrary } from '../contract';
import { SignedUrls } from '../signed-urls';

/** What a library in a bucket is made of. */
export interface BucketLibraryProps {
  readonly title: string;
  readonly bucket: IBucket;
  readonly encryptionKey?: IKey;
  readonly origin: IOrigin;
  readonly prefix: string;
  readonly isWritable: boolean;
  readonly signedUrls?: SignedUrls;
}

/** Files in a bucket, served at the edge: no unit ever holds a copy. */
export class BucketLibrary implements IMediaLibrary {
  public readonly environment: { [name: string]: string };
  public readonly secrets: { [name: string]: SecretReference };
  public readonly pathPattern: string;
  public readonly origin: IOrigin;
  public readonly trustedKeyGroups?: IKeyGroup[];
  public readonly bucket: IBucket;

  constructor(private readonly scope: Construct, private readonly props: BucketLibraryProps) {
    const signed = signing(scope, props.signedUrls);
    this.pathPattern = `/${props.prefix}/*`;
    this.origin = props.origin;
    this.bucket = props.bucket;
    this.trustedKeyGroups = signed.trustedKeyGroups;
    this.environment = { MEDIA_BASE_URL: `/${props.prefix}`, MEDIA_BUCKET: props.bucket.bucketName, ...signed.environment };
    this.secrets = signed.secrets;
  }

  public attachTo(workload: IWorkload): void {
    if (!this.props.isWritable) return;
    const { bucket, encryptionKey, prefix } = this.props;
    const objects = bucket.arnForObjects(`${prefix}/*`);
    workload.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({
      actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
      resources: [objects],
    }));
    encryptionKey?.grant(workload, 'kms:Decrypt', 'kms:GenerateDataKey');
    acknowledgeWildcards(workload, [objects], 'The application manages its media files, whatever their names, below their prefix alone');
  }

  public monitorWith(monitoring: MonitoringFacade): void {
    monitoring.monitorS3Bucket({ bucket: this.props.bucket, humanReadableName: 'Media', alarmFriendlyName: 'Media', addToSummaryDashboard: false });
  }

  public describe(): BlockDescription {
    return {
      ...identityOf(this.scope),
      title: this.props.title,
      purpose: 'Serves images and other files at the edge, without a copy on any unit',
      tier: Tier.DATA,
      ...this.props.isWritable ? { port: HTTPS } : {},
      facts: {
        path: this.pathPattern,
        application: this.props.isWritable ? 'reads and writes' : 'links only',
        ...signedFact(this.trustedKeyGroups),
      },
    };
  }
}
