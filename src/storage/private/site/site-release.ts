import { CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { IDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { Grant, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BUILDS, LIVE, RELEASE_CODE, STATE } from './release-code';
import { BindContext, IReleasable } from '../../../core';
import { acknowledgeWildcards } from '../../../core/private/acknowledge';
import { arnOf } from '../../../core/private/distribution-arn';
import { createInlineFunction, InlineFunction } from '../../../core/private/resources/inline-function';
import { grantLogs } from '../../../workload/private/view-logs';

/** Longest that a function runs (Lambda quota), and that CloudFormation waits for its answer. */
const TIMEOUT = Duration.minutes(15);
/** It holds one file at a time, and its content once more while that is sent. */
const MEMORY_MIB = 1024;

/** What the function reads and writes. */
const OBJECTS = [`${BUILDS}/*`, `${LIVE}/*`];

/** What users see until the team has released something. */
const PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Nothing here yet</title><h1>Nothing here yet</h1><p>The platform is ready. Its team has not released this site yet.</p></html>';

/** What the releases of a site need. */
export interface SiteReleaseProps extends BindContext {
  readonly bucket: Bucket;
  readonly distribution: IDistribution;
  /** Below which the site is, such as `/frontend`, or `/`. */
  readonly path: string;
  /** Folders whose files browsers keep for a year. */
  readonly hashedFolders: string[];
  /** How long files of an earlier release stay. */
  readonly keepReleases: Duration;
}

/**
 * Releases a site by a function of the platform's, which the team's pipeline asks: it checks a build before anything of it is seen, and
 * knows the order in which nobody notices. So the pipeline may write builds and ask, and nothing else.
 */
export class SiteRelease extends Construct implements IReleasable {
  /** What the pipeline asks. */
  public readonly functionName: string;
  private readonly made: InlineFunction;

  constructor(scope: Construct, id: string, private readonly props: SiteReleaseProps) {
    super(scope, id);
    this.made = this.createFunction();
    this.functionName = this.made.fn.ref;
    new CustomResource(this, 'First', {
      resourceType: 'Custom::FirstRelease',
      serviceToken: this.made.fn.attrArn,
      serviceTimeout: TIMEOUT,
      properties: { Page: PAGE, Path: props.path },
    });
  }

  public get parameters(): { [name: string]: string } {
    return { kind: 'site', bucket: this.props.bucket.bucketName, releaseFunction: this.functionName };
  }

  public grantRelease(grantee: IGrantable): Grant {
    const { bucket } = this.props;
    return Grant.addToPrincipal({
      grantee, actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resourceArns: [bucket.arnForObjects(`${BUILDS}/*`)],
    }).combine(Grant.addToPrincipal({
      grantee,
      actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
      resourceArns: [this.props.encryptionKey.keyArn],
      conditions: this.byS3,
    })).combine(Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [this.made.fn.attrArn] }));
  }

  public grantView(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee, actions: ['s3:ListBucket'], resourceArns: [this.props.bucket.bucketArn],
    }).combine(grantLogs(grantee, this.made.logGroup));
  }

  private createFunction(): InlineFunction {
    const { bucket, distribution, path, hashedFolders, keepReleases, encryptionKey, profile } = this.props;
    const made = createInlineFunction(this, {
      description: 'Releases builds of a site, and takes them back',
      code: RELEASE_CODE,
      environment: {
        BUCKET: bucket.bucketName,
        ROOT: path === '/' ? '' : path,
        DISTRIBUTION: distribution.distributionId,
        HASHED: JSON.stringify(hashedFolders),
        KEPT_DAYS: String(keepReleases.toDays()),
      },
      statements: this.statements(),
      encryptionKey,
      logRetention: profile.logRetention,
      logRemovalPolicy: RemovalPolicy.DESTROY,
      timeout: TIMEOUT,
      memorySize: MEMORY_MIB,
      bareBecause: 'A pipeline asks it, and waits for its answer: a failure fails the release, two at a time are told apart by what they write, and it speaks to S3 and CloudFront alone',
    });
    acknowledgeWildcards(made.fn.node.scope!, OBJECTS.map(each => bucket.arnForObjects(each)), 'Builds have files of any names, each below a prefix of its own');
    return made;
  }

  /** The key opens much else: here it is for what S3 keeps. */
  private get byS3() {
    return { StringEquals: { 'kms:ViaService': `s3.${Stack.of(this).region}.amazonaws.com` } };
  }

  private statements(): PolicyStatement[] {
    const { bucket, distribution, encryptionKey } = this.props;
    const [builds, live] = OBJECTS.map(each => bucket.arnForObjects(each));
    return [
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
      new PolicyStatement({ actions: ['s3:GetObject', 's3:DeleteObject'], resources: [builds] }),
      new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [live] }),
      new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [bucket.arnForObjects(STATE)] }),
      new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [encryptionKey.keyArn], conditions: this.byS3 }),
      new PolicyStatement({
        actions: ['cloudfront:CreateInvalidation'],
        resources: [arnOf(distribution)],
      }),
    ];
  }
}
