import { App, CfnResource, Stack } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { Reachability } from '../../src/checks';

/** A web platform as one would write it by hand and get right: nothing reaches its stores but the service. */
export class SoundStack extends Stack {
  public readonly vpc: ec2.Vpc;
  public readonly service: ecs.FargateService;
  public readonly database: rds.DatabaseCluster;

  constructor(scope: Construct, id: string) {
    super(scope, id, { env: { account: '111111111111', region: 'us-east-1' } });
    this.vpc = this.createNetwork();
    this.service = this.createService();
    const balancer = this.createBalancer();
    this.createCdn(balancer);
    this.database = this.createDatabase();
    this.createCache();
    this.createFiles();
    new lambda.Function(this, 'Report', {
      code: lambda.Code.fromInline('exports.handler = async () => {}'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_22_X,
      vpc: this.vpc,
    });
  }

  private createNetwork(): ec2.Vpc {
    const vpc = new ec2.Vpc(this, 'Vpc', {
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/16'),
      natGateways: 1,
      subnetConfiguration: [
        { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
        { name: 'App', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
        { name: 'Data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
    vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    vpc.addInterfaceEndpoint('Secrets', { service: ec2.InterfaceVpcEndpointAwsService.SECRETS_MANAGER });
    return vpc;
  }

  private createService(): ecs.FargateService {
    const taskDefinition = new ecs.FargateTaskDefinition(this, 'Task');
    taskDefinition.addContainer('web', { image: ecs.ContainerImage.fromRegistry('nginx'), portMappings: [{ containerPort: 8080 }] });
    return new ecs.FargateService(this, 'Service', {
      cluster: new ecs.Cluster(this, 'Cluster', { vpc: this.vpc }),
      taskDefinition,
      securityGroups: [new ec2.SecurityGroup(this, 'ServiceGroup', { vpc: this.vpc, allowAllOutbound: false })],
    });
  }

  private createBalancer(): elb.ApplicationLoadBalancer {
    const group = new ec2.SecurityGroup(this, 'BalancerGroup', { vpc: this.vpc, allowAllOutbound: false });
    group.addIngressRule(ec2.Peer.prefixList('pl-3b927c52'), ec2.Port.tcp(80), 'CloudFront');
    const balancer = new elb.ApplicationLoadBalancer(this, 'Balancer', { vpc: this.vpc, securityGroup: group });
    balancer.addListener('Http', { port: 80, open: false }).addTargets('Service', { port: 8080, targets: [this.service] });
    return balancer;
  }

  private createCdn(balancer: elb.ApplicationLoadBalancer): void {
    const media = new s3.Bucket(this, 'Media', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL, enforceSSL: true });
    new cloudfront.Distribution(this, 'Cdn', {
      defaultBehavior: { origin: origins.VpcOrigin.withApplicationLoadBalancer(balancer) },
      additionalBehaviors: { '/media/*': { origin: origins.S3BucketOrigin.withOriginAccessControl(media) } },
    });
  }

  private createDatabase(): rds.DatabaseCluster {
    const database = new rds.DatabaseCluster(this, 'Database', {
      engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 }),
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      readers: [rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })],
      vpc: this.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });
    database.connections.allowDefaultPortFrom(this.service);
    Reachability.declare(database.node.defaultChild as CfnResource, this.service);
    return database;
  }

  private createCache(): void {
    const group = new ec2.SecurityGroup(this, 'CacheGroup', { vpc: this.vpc, allowAllOutbound: false });
    const cache = new elasticache.CfnServerlessCache(this, 'Sessions', {
      engine: 'valkey',
      serverlessCacheName: 'sessions',
      securityGroupIds: [group.securityGroupId],
      subnetIds: this.vpc.isolatedSubnets.map(subnet => subnet.subnetId),
    });
    this.service.connections.allowTo(group, ec2.Port.tcpRange(6379, 6380));
    Reachability.declare(cache, this.service);
  }

  private createFiles(): void {
    const files = new efs.FileSystem(this, 'Files', {
      vpc: this.vpc,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      allowAnonymousAccess: false,
    });
    files.connections.allowDefaultPortFrom(this.service);
    Reachability.declare(files.node.defaultChild as CfnResource, this.service);
  }
}

/** The sound stack's template. */
export function soundTemplate(): string {
  const app = new App();
  const stack = new SoundStack(app, 'Sound');
  return JSON.stringify(app.synth().getStackByName(stack.stackName).template);
}
