import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { bindIn } from './support';
import { EnvironmentProfile, Network, Symptom } from '../../src';
import { ground } from '../support/blocks';
import { once } from '../support/platform';
import { resources } from '../support/template';
import { titlesOf, Watched } from '../support/watched';

const network = (profile: EnvironmentProfile) => new Watched((monitoring, stack) => bindIn(stack, {}, profile).monitorWith(monitoring));
const production = once(() => network(EnvironmentProfile.production()));

describe('a new network', () => {
  test('watches its NAT gateways, all of them together', () => {
    const gateways = resources(production().template, 'AWS::EC2::NatGateway').map(({ id }) => [{ Name: 'NatGatewayId', Value: { Ref: id } }]);
    expect(gateways).toHaveLength(3);
    expect(production().dimensions('Network-Port-Allocation-Errors-Warning')).toEqual(gateways);
  });

  test('warns of connections without a port, and wakes somebody when they are many', () => {
    expect(production().alarmNames).toEqual(['Network-Port-Allocation-Errors-Critical', 'Network-Port-Allocation-Errors-Warning']);
    expect(production().alarm('Network-Port-Allocation-Errors-Warning')).toMatchObject({ Threshold: 0, EvaluationPeriods: 3, DatapointsToAlarm: 3 });
    expect(production().alarm('Network-Port-Allocation-Errors-Critical')).toMatchObject({
      Threshold: 500, EvaluationPeriods: 2, DatapointsToAlarm: 2, TreatMissingData: 'notBreaching',
    });
    expect(production().withAdvice).toEqual({
      'Network-Port-Allocation-Errors-Critical': `${Symptom.FAILING}, nat-gateway-exhausted`,
      'Network-Port-Allocation-Errors-Warning': 'nat-gateway-exhausted',
    });
  });

  test('is for engineers', () => {
    expect(titlesOf(production().detail)).toHaveLength(4);
    expect(titlesOf(production().summary)).toEqual([]);
  });

  test('without NAT gateways has nothing to watch', () => {
    const { alarmNames, detail } = network(EnvironmentProfile.development({ natGateways: 0 }));
    expect(alarmNames).toEqual([]);
    expect(titlesOf(detail)).toEqual([]);
  });
});

test('a network that exists already is its owner\'s to watch', () => {
  const { stack, context } = ground();
  const existing = Network.fromVpc(new Vpc(stack, 'Own', { maxAzs: 2 }), { dataSubnets: { subnetGroupName: 'Private' } });
  const { alarmNames, detail } = new Watched(monitoring => existing.bind(new Construct(stack, 'Network'), context).monitorWith(monitoring), stack);
  expect(alarmNames).toEqual([]);
  expect(titlesOf(detail)).toEqual([]);
});
