import { Match } from '@aws-cdk/integ-tests-alpha';
import { CfnAutoScalingGroup, CfnWarmPool } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { CfnTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Compute, ElasticWebPlatform, InstanceCode } from '../src';
import { PlatformCase } from './support/platform-case';
import { step } from './support/step';

/** The production platform on EC2 instances that run the sample shop: its code is an asset of the deployment. */
const test = new PlatformCase('ElasticWebPlatformInstances');
const platform = new ElasticWebPlatform(test.stack, 'Shop', {
  compute: Compute.instances({
    code: InstanceCode.fromAsset('integ/apps/php-shop'),
    // Another version of PHP stands for the next release: the instances have to be renewed for it.
    php: { version: step() === 'new-image' ? '8.4' : '8.3' },
  }),
  traffic: test.traffic,
  profile: test.profile,
});

test.prove(platform, proof => {
  const [group, template, targets] = [proof.only(CfnAutoScalingGroup), proof.only(CfnLaunchTemplate), proof.only(CfnTargetGroup)];

  // Instances: metadata by IMDSv2 alone, encrypted volumes, no public address, no SSH key.
  proof.assert('ec2', 'describeLaunchTemplateVersions', { LaunchTemplateId: template.ref, Versions: ['$Latest'] }, {
    LaunchTemplateVersions: [Match.objectLike({
      LaunchTemplateData: Match.objectLike({
        MetadataOptions: Match.objectLike({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 }),
        BlockDeviceMappings: [Match.objectLike({ Ebs: Match.objectLike({ Encrypted: true, VolumeType: 'gp3' }) })],
        NetworkInterfaces: [Match.objectLike({ AssociatePublicIpAddress: false })],
        Monitoring: { Enabled: true },
      }),
    })],
  });

  // The group spans the zones, asks the load balancer who is healthy, and all that it launched stands behind it.
  proof.assert('auto-scaling', 'describeAutoScalingGroups', { AutoScalingGroupNames: [group.ref] }, {
    AutoScalingGroups: [Match.objectLike({
      AvailabilityZones: [Match.stringLikeRegexp('^us-east-1.$'), Match.stringLikeRegexp('^us-east-1.$')],
      HealthCheckType: 'ELB',
      TargetGroupARNs: [targets.ref],
      Instances: Match.arrayWith([Match.objectLike({ LifecycleState: 'InService', HealthStatus: 'Healthy' })]),
    })],
  });
  proof.assert('auto-scaling', 'describeLifecycleHooks', { AutoScalingGroupName: group.ref }, {
    LifecycleHooks: [Match.objectLike({ LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING', DefaultResult: 'ABANDON' })],
  });
  proof.assert('elastic-load-balancing-v2', 'describeTargetHealth', { TargetGroupArn: targets.ref }, {
    TargetHealthDescriptions: Match.arrayWith([Match.objectLike({ Target: Match.objectLike({ Id: Match.stringLikeRegexp('^i-') }) })]),
  });
  proof.assert('auto-scaling', 'describePolicies', { AutoScalingGroupName: group.ref }, {
    ScalingPolicies: Match.arrayWith([Match.objectLike({
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingConfiguration: Match.objectLike({ PredefinedMetricSpecification: Match.objectLike({ PredefinedMetricType: 'ALBRequestCountPerTarget' }) }),
    })]),
  });
  proof.all(CfnWarmPool).forEach(pool => proof.assert('auto-scaling', 'describeWarmPool', { AutoScalingGroupName: group.ref }, {
    WarmPoolConfiguration: Match.objectLike({ MinSize: pool.minSize, PoolState: 'Stopped' }),
  }));
});
