import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Compute, FargateDeployment, ICompute, InstanceCode } from '../../src';
import { FUNCTION_CODE, IMAGE, platformTemplate } from '../support/platform';
import { only, resources } from '../support/template';

const COMPUTES: [name: string, choose: (stack: Stack) => ICompute, units: string][] = [
  ['containers', () => Compute.fargate({ image: IMAGE }), 'AWS::ECS::Service'],
  ['containers, blue/green', () => Compute.fargate({ image: IMAGE, deployment: FargateDeployment.blueGreen() }), 'AWS::ECS::Service'],
  ['instances', stack => Compute.instances({ code: InstanceCode.fromBucket(Bucket.fromBucketName(stack, 'Releases', 'releases'), 'shop.zip') }), 'AWS::AutoScaling::AutoScalingGroup'],
  ['a function', () => Compute.function({ code: FUNCTION_CODE }), 'Custom::FunctionTarget'],
];

describe.each(COMPUTES)('on the first deployment of %s', (_, choose, units) => {
  test('nobody is woken because there are no units yet: the alarm on having none begins after the first', () => {
    const template = platformTemplate(stack => ({ compute: choose(stack) }));
    const alarms = resources(template, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => String(JSON.stringify(Properties.AlarmName)).includes('Healthy-Units-Critical'));
    expect(alarms.map(({ DependsOn }) => (DependsOn as string[] | undefined)?.includes(only(template, units).id))).toEqual([true]);
  });
});
