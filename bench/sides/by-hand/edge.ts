import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods, BehaviorOptions, CachePolicy, CacheQueryStringBehavior, Distribution, HttpVersion, OriginProtocolPolicy,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy, OriginRequestQueryStringBehavior, ResponseHeadersPolicy, S3OriginAccessControl, SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin, VpcOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { IApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { CfnLoggingConfiguration, CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

export interface EdgeGround {
  readonly key: IKey;
  readonly accessLogs: IBucket;
  readonly loadBalancer: IApplicationLoadBalancer;
}

export interface HandEdge {
  readonly distribution: Distribution;
  readonly webAcl: CfnWebACL;
  readonly webAclLogs: LogGroup;
  readonly media: Bucket;
}

const RULE_GROUPS = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
  'AWSManagedRulesPHPRuleSet',
];

export function createEdge(stack: Stack, { key, accessLogs, loadBalancer }: EdgeGround): HandEdge {
  const media = createMedia(stack, key, accessLogs);
  const webAcl = createWebAcl(stack);
  const webAclLogs = logWebAcl(stack, webAcl, key);
  const application: BehaviorOptions = {
    origin: VpcOrigin.withApplicationLoadBalancer(loadBalancer, {
      vpcOriginName: 'bench-application',
      protocolPolicy: OriginProtocolPolicy.HTTP_ONLY,
      readTimeout: Duration.seconds(60),
      keepaliveTimeout: Duration.seconds(55),
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_AND_CLOUDFRONT_2022,
    responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
    compress: true,
  };
  const distribution = new Distribution(stack, 'Distribution', {
    defaultBehavior: application,
    additionalBehaviors: {
      '/media/*': mediaBehavior(stack, media),
      '/static/*': staticBehavior(stack, application),
    },
    webAclId: webAcl.attrArn,
    httpVersion: HttpVersion.HTTP2_AND_3,
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    enableIpv6: true,
    enableLogging: true,
    logBucket: accessLogs,
    logFilePrefix: 'cloudfront/',
    logIncludesCookies: false,
  });
  return { distribution, webAcl, webAclLogs, media };
}

function staticBehavior(stack: Stack, application: BehaviorOptions): BehaviorOptions {
  return {
    ...application,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
    cachePolicy: new CachePolicy(stack, 'StaticCache', {
      cachePolicyName: 'bench-static-files',
      queryStringBehavior: CacheQueryStringBehavior.all(),
      defaultTtl: Duration.days(1),
      minTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    }),
    originRequestPolicy: new OriginRequestPolicy(stack, 'StaticFiles', {
      originRequestPolicyName: 'bench-static-files',
      headerBehavior: OriginRequestHeaderBehavior.allowList('Host'),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
    }),
  };
}

function createMedia(stack: Stack, key: IKey, accessLogs: IBucket): Bucket {
  return new Bucket(stack, 'Media', {
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    serverAccessLogsBucket: accessLogs,
    serverAccessLogsPrefix: 's3/media/',
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}

function mediaBehavior(stack: Stack, media: Bucket): BehaviorOptions {
  return {
    origin: S3BucketOrigin.withOriginAccessControl(media, {
      originAccessControl: new S3OriginAccessControl(stack, 'MediaAccessControl', { originAccessControlName: 'bench-media' }),
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    cachePolicy: new CachePolicy(stack, 'MediaCache', {
      cachePolicyName: 'bench-media', defaultTtl: Duration.days(30), minTtl: Duration.seconds(0), maxTtl: Duration.days(365),
    }),
    responseHeadersPolicy: new ResponseHeadersPolicy(stack, 'MediaHeaders', {
      responseHeadersPolicyName: 'bench-media',
      corsBehavior: {
        accessControlAllowOrigins: ['*'],
        accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
        accessControlAllowHeaders: ['*'],
        accessControlAllowCredentials: false,
        originOverride: true,
      },
    }),
  };
}

function createWebAcl(stack: Stack): CfnWebACL {
  return new CfnWebACL(stack, 'WebAcl', {
    scope: 'CLOUDFRONT',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('WebAcl'),
    rules: [
      {
        name: 'RateLimit',
        priority: 0,
        action: { block: {} },
        statement: { rateBasedStatement: { limit: 2000, aggregateKeyType: 'IP' } },
        visibilityConfig: visibility('RateLimit'),
      },
      ...RULE_GROUPS.map((name, index) => ({
        name,
        priority: index + 1,
        overrideAction: { none: {} },
        statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
        visibilityConfig: visibility(name),
      })),
    ],
  });
}

function logWebAcl(stack: Stack, webAcl: CfnWebACL, key: IKey): LogGroup {
  const logGroup = new LogGroup(stack, 'WebAclLogs', {
    logGroupName: 'aws-waf-logs-bench', encryptionKey: key, retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  new CfnLoggingConfiguration(stack, 'WebAclLogging', {
    resourceArn: webAcl.attrArn,
    logDestinationConfigs: [stack.formatArn({ service: 'logs', resource: `log-group:${logGroup.logGroupName}` })],
    redactedFields: ['authorization', 'cookie'].map(name => ({ singleHeader: { Name: name } })),
  });
  return logGroup;
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
