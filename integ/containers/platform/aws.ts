import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { ECSClient } from '@aws-sdk/client-ecs';
import { EFSClient } from '@aws-sdk/client-efs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { LocalAws } from '../../emulator/local-aws';

/** Clients of the local AWS, and of no other, whatever this machine is signed in to. */
export class AwsClients {
  readonly endpoint: string;
  /** Leads the AWS command line there. */
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudFront: CloudFrontClient;
  readonly ecs: ECSClient;
  readonly efs: EFSClient;
  readonly elastiCache: ElastiCacheClient;
  readonly elasticLoadBalancing: ElasticLoadBalancingV2Client;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly secretsManager: SecretsManagerClient;

  constructor(local: LocalAws) {
    this.endpoint = local.url;
    this.environment = local.environment;
    const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_REGION } = local.environment;
    const options = {
      endpoint: local.url,
      region: AWS_REGION,
      credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    };
    this.cloudFormation = new CloudFormationClient(options);
    this.cloudFront = new CloudFrontClient(options);
    this.ecs = new ECSClient(options);
    this.efs = new EFSClient(options);
    this.elastiCache = new ElastiCacheClient(options);
    this.elasticLoadBalancing = new ElasticLoadBalancingV2Client(options);
    this.lambda = new LambdaClient(options);
    this.s3 = new S3Client({ ...options, forcePathStyle: true });
    this.secretsManager = new SecretsManagerClient(options);
  }
}
