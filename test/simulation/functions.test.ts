import { simulation } from '../../src';
import { testRefusals } from '../support/refusals';

const TARGETS = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { TargetType: 'lambda' } };
const Service = { Type: 'AWS::ECS::Service', Properties: { LoadBalancers: [{ TargetGroupArn: 'arn' }], LaunchType: 'FARGATE' } };
const of = (resources: object) => simulation.SpikeSimulation.ofTemplate(JSON.stringify({ Resources: resources }));

describe('a function behind a load balancer', () => {
  testRefusals([
    ['to be simulated', () => of({ Targets: TARGETS }),
      '[SpikeSimulation.ofTemplate] the template must hold what runs the application, an AWS::ECS::Service or an AWS::AutoScaling::AutoScalingGroup, got a function behind Targets, which is not simulated: AWS starts its executions with the requests; look at the capacity plan'],
  ]);

  test('beside a service is told of', () => {
    expect(of({ Service, Beside: TARGETS }).notes).toContain('Beside leads to a function, whose executions the model does not look at');
  });
});
