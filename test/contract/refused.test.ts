import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Compute, Database, Domain, KnownEvent, Network, PasswordRotation, Traffic } from '../../src';
import { addPlatform, eastStack, IMAGE } from '../support/platform';

/** What no platform may be made of: each is refused when it is written down, not when it is deployed. */
const REFUSED: [what: string, attempt: (stack: Stack) => unknown, path: string, prop: string, given: string, mend: RegExp][] = [
  ['a peak below the base', () => Traffic.spiky({ baselineRps: 10, peakMultiplier: 0.5 }), 'Traffic.spiky', 'peakMultiplier', '0.5', /Traffic\.steady/],
  ['zero capacity of a unit', () => Compute.fargate({ image: IMAGE, load: { requestsPerSecond: 0 } }), 'Compute.fargate.load', 'requestsPerSecond', '0', /load test/],
  ['an event that ends before it begins', () => KnownEvent.once({ name: 'sale', start: '2027-11-26T08:00', end: '2027-11-26T07:00' }),
    'KnownEvent.once', 'end', '2027-11-26T07:00', /ends after it begins/],
  ['a certificate in the wrong Region', stack => Domain.elsewhere('shop.example.com',
    Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:sa-east-1:111111111111:certificate/0123')),
  'Domain.elsewhere', 'certificate', 'sa-east-1', /request or import it there/],
  ['public subnets for the database', stack => addPlatform(stack, {
    network: Network.fromVpc(vpc(stack), { dataSubnets: { subnetType: SubnetType.PUBLIC } }),
  }), 'Stack/Shop/Network', 'dataSubnets', 'PublicSubnet', /select isolated or private subnets/],
  ['a VPC without the subnets that are needed', stack => addPlatform(stack, {
    network: Network.fromVpc(new Vpc(stack, 'Vpc', { maxAzs: 2, subnetConfiguration: [{ name: 'Public', subnetType: SubnetType.PUBLIC }] })),
  }), 'Stack/Shop/Network', 'workloadSubnets', '0', /add private subnets/],
  ['a rotation that cannot work', stack => Database.auroraMysql({
    proxy: true, rotation: PasswordRotation.alternatingUsers({ secret: addPlatform(stack).database.secrets.DB_PASSWORD.secret }),
  }), 'Database.auroraMysql', 'rotation', 'proxy true', /leave 'proxy' out/],
];

describe('is refused, with its path, its prop, what was given, and how to mend it', () => {
  test.each(REFUSED)('%s', (_, attempt, path, prop, given, mend) => {
    const message = messageOf(() => attempt(eastStack()));
    expect(message).toMatch(new RegExp(`^\\[${path}\\] '${prop}'`));
    expect(message).toContain(given);
    expect(message).toMatch(mend);
  });
});

function vpc(stack: Stack): Vpc {
  return new Vpc(stack, 'Vpc', {
    maxAzs: 2,
    subnetConfiguration: [SubnetType.PUBLIC, SubnetType.PRIVATE_WITH_EGRESS, SubnetType.PRIVATE_ISOLATED]
      .map(subnetType => ({ name: subnetType, subnetType })),
  });
}

function messageOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
}
