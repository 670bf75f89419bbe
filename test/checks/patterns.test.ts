import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { testMutationsOf } from './mutation/all';
import {
  Compute, Database, ElasticWebPlatform, ElasticWebPlatformProps, EnvironmentProfile, Network, PasswordRotation, Reachability, Sessions,
} from '../../src';

const ENV = { account: '111111111111', region: 'us-east-1' };

function newStack(id = 'Shop', app = new App()): Stack {
  return new Stack(app, id, { env: ENV });
}

function addPlatform(stack: Stack, props: Partial<ElasticWebPlatformProps> = {}, id = 'Platform'): ElasticWebPlatform {
  return new ElasticWebPlatform(stack, id, { compute: Compute.fargate({ image: ContainerImage.fromRegistry('nginx') }), ...props });
}

function templateOf(stack: Stack): string {
  return JSON.stringify((stack.node.root as App).synth().getStackByName(stack.stackName).template);
}

function alternatingUsers(): PasswordRotation {
  const arn = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:web-abcdef';
  return PasswordRotation.alternatingUsers({ secret: Secret.fromSecretCompleteArn(newStack('Elsewhere'), 'Web', arn) });
}

/** A VPC of another stack, which a platform uses. */
function adoptedVpc(app: App): Vpc {
  return new Vpc(newStack('Base', app), 'Vpc', {
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    subnetConfiguration: [SubnetType.PUBLIC, SubnetType.PRIVATE_WITH_EGRESS, SubnetType.PRIVATE_ISOLATED]
      .map(subnetType => ({ name: subnetType, subnetType })),
  });
}

describe('ElasticWebPlatform', () => {
  test.each<[string, Partial<ElasticWebPlatformProps>]>([
    ['its defaults', {}],
    ['RDS MySQL', { database: Database.rdsMysql() }],
    ['a proxy before instances of Aurora', { database: Database.auroraMysqlProvisioned({ proxy: true, rotation: PasswordRotation.managed() }) }],
    ['a proxy before RDS MySQL, by tokens', { database: Database.rdsMysql({ iamAuthentication: true }) }],
    ['a function that changes passwords', { database: Database.auroraMysql({ rotation: alternatingUsers() }) }],
    ['Valkey nodes', { sessions: Sessions.valkeyNodes() }],
    ['a development profile', { profile: EnvironmentProfile.development() }],
  ])('with %s lets nothing reach its stores but the application', (_, props) => {
    const stack = newStack();
    addPlatform(stack, props);
    expect(Reachability.analyzeTemplate(templateOf(stack))).toEqual([]);
  });

  test('beside another in one stack keeps its stores to itself', () => {
    const stack = newStack();
    addPlatform(stack, {}, 'One');
    addPlatform(stack, {}, 'Two');
    expect(Reachability.analyzeTemplate(templateOf(stack))).toEqual([]);
  });

  test('attaches one more workload, and only then it may reach the database', () => {
    const stack = newStack();
    const [one, two] = ['One', 'Two'].map(id => addPlatform(stack, {}, id));
    one.database.attachTo(two.workload);
    expect(Reachability.analyzeTemplate(templateOf(stack))).toEqual([]);
  });

  describe('in a VPC of another stack', () => {
    const analyze = (damage: (vpc: Vpc) => void) => {
      const app = new App();
      const vpc = adoptedVpc(app);
      addPlatform(newStack('Shop', app), { network: Network.fromVpc(vpc) });
      damage(vpc);
      return Reachability.analyze(app.synth().stacks.map(each => each.templateFullPath)).map(({ ruleName, witness }) => `${ruleName}: ${witness}`);
    };

    test('lets nothing reach its stores either', () => {
      expect(analyze(() => {})).toEqual([]);
    });

    test('has a finding when the owner of the VPC makes the data subnets public', () => {
      const findings = analyze(vpc => vpc.isolatedSubnets.forEach(subnet => new CfnResource(subnet, 'Opened', {
        type: 'AWS::EC2::Route',
        properties: { RouteTableId: subnet.routeTable.routeTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId: vpc.internetGatewayId },
      })));
      expect(findings).toContainEqual(expect.stringMatching(
        /^reachability-public-placement: internet -> igw Vpc\w+ -> subnet VpcIsolated\w+ \(route 0\.0\.0\.0\/0\) -> AWS::ElastiCache::ServerlessCache/));
    });
  });

  describe('damaged', () => {
    const stack = newStack();
    addPlatform(stack);
    testMutationsOf(templateOf(stack));
  });
});
