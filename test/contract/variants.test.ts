import { App, CfnResource } from 'aws-cdk-lib';
import { addPlatform, eastStack, once } from '../support/platform';
import { BlockNetwork } from './support/block-network';
import { DEFAULT } from './support/elastic-web-variants';
import { EVERYTHING } from './support/everything';
import { readList } from './support/lists';
import { Resources } from './support/stateful';
import { appOf } from './support/variant';
import { VARIANTS } from './support/variants';
import { BlockDescription, BlockLink, Platforms, Tier } from '../../src';
import { REACHABLE_BY, ReachableBy } from '../../src/core/private/reachable-by';

/** CloudFormation takes so many resources in a template. */
const MAX = 500;

const apps = once(() => [...VARIANTS, EVERYTHING].map(variant => ({ variant: variant.name, app: appOf(variant) })));

const synthesized = once(() => apps().flatMap(({ variant, app }) => app.synth().stacks
  .map(({ stackName, template }) => ({ variant, stack: stackName, template: template as { readonly Resources: Resources } }))));

const counts = once(() => synthesized()
  .map(({ variant, stack, template }) => ({ name: stack === 'Stack' ? variant : `${variant} (${stack})`, variant, resources: Object.keys(template.Resources).length })));

const budgets = once(() => readList<{ [variant: string]: number }>('resource-budgets.json'));

describe('the resources of a stack', () => {
  test('are within the budget of each variant', () => {
    counts().forEach(({ name, resources }) => process.stdout.write(`${name}: ${resources} of ${MAX} resources\n`));
    const over = counts().filter(({ variant, resources }) => resources > budgets()[variant]);
    expect(over.map(({ name, variant, resources }) => `${name}: ${resources} resources, of ${budgets()[variant]} that it may have`)).toEqual([]);
  });

  test('have a budget in every variant, and nothing else has', () => {
    expect(Object.keys(budgets()).sort()).toEqual([...VARIANTS, EVERYTHING].map(({ name }) => name).sort());
  });

  test('leave room for a second platform: no budget is above half of what CloudFormation takes, but that of everything at once', () => {
    expect(Object.entries(budgets()).filter(([, budget]) => budget > MAX / 2).map(([variant]) => variant)).toEqual([EVERYTHING.name]);
  });
});

test('platforms that do not fit into one stack are refused, with the way out', () => {
  const stack = eastStack();
  ['One', 'Two', 'Three'].forEach(id => addPlatform(stack, {}, id));
  expect(() => (stack.node.root as App).synth()).toThrow(
    /^Validation failed with the following errors:\n {2}\[Stack\] a stack may have 500 resources, got 5\d\d \(AWS::CloudWatch::Alarm \d+, .*\): give each platform a stack of its own, .* \[cdk-platform-patterns:stack-full\]$/);
});

describe('functions that are written into the template', () => {
  // A role for functions of different rights would let each do what only another must.
  test('are as few as their rights allow: no two of a stack have the same', () => {
    const twice = synthesized().flatMap(({ variant, stack, template }) => {
      const rights = inlineFunctions(template.Resources).map(each => rightsOf(each, template.Resources));
      expect([variant, rights.length]).not.toEqual([DEFAULT.name, 0]);
      return rights.filter((each, index) => rights.indexOf(each) !== index).map(each => `${variant} (${stack}): ${each}`);
    });
    expect(twice).toEqual([]);
  });
});

describe('what the blocks say of themselves', () => {
  const described = once(() => apps().map(({ variant, app }) => {
    const [platform, ...others] = Platforms.of(app);
    expect([variant, others]).toEqual([variant, []]);
    const blocks = platform.blocks.map(block => block.describe());
    return { variant, app, platform, blocks, links: blocks.flatMap(linksOf), network: new BlockNetwork(app, blocks) };
  }));
  type Described = ReturnType<typeof described>[number];
  const faults = (find: (each: Described) => string[]) => described().flatMap(each => find(each).map(fault => `${each.variant}: ${fault}`));

  test('is there: each block is described, and made of something in the app', () => {
    const tiers = [Tier.EDGE, Tier.COMPUTE, Tier.DATA, Tier.NETWORK, Tier.OBSERVABILITY];
    expect(faults(({ blocks }) => tiers.filter(tier => !blocks.some(block => block.tier === tier)))).toEqual([]);
    expect(faults(({ app, blocks }) => blocks.filter(({ construct }) => construct.node.root !== app).map(({ id }) => id))).toEqual([]);
  });

  test('has an id that no other block of the platform has, the same wherever the platform is deployed', () => {
    const isFirst = ({ id }: BlockDescription, index: number, blocks: BlockDescription[]) => blocks.findIndex(block => block.id === id) === index;
    expect(faults(({ blocks }) => blocks.filter((...block) => !isFirst(...block)).map(({ id }) => id))).toEqual([]);
    expect(faults(({ blocks }) => blocks.map(({ id }) => id).filter(id => !/^Shop(\/\w+)+$/.test(id)))).toEqual([]);
    const idsOf = (name: string) => described().find(({ variant }) => variant === name)!.blocks.map(({ id }) => id);
    expect(idsOf('another Region, development')).toEqual(idsOf('development'));
  });

  test('names other blocks of the platform, on a port that they listen to', () => {
    const isThere = ({ from, to }: Link, blocks: BlockDescription[]) => from !== to && blocks.some(({ id }) => id === to);
    expect(faults(({ blocks, links }) => links.filter(link => !isThere(link, blocks)).map(lineOf))).toEqual([]);
    const isHeard = ({ to, port }: Link, network: BlockNetwork) => port === undefined || network.portsOf(to).includes(port);
    expect(faults(({ links, network }) => links.filter(link => !isHeard(link, network)).map(lineOf))).toEqual([]);
  });

  test('is what the rules of the security groups say: no way that is closed, and none that nobody talks of', () => {
    const inGroups = ({ links, network }: Described) => links
      .filter(({ from, to, port }) => port !== undefined && network.hasGroup(from) && network.hasGroup(to));
    expect(described().filter(each => inGroups(each).length < 2 || each.network.ways.length < 2).map(({ variant }) => variant)).toEqual([]);
    expect(faults(each => inGroups(each).filter(({ from, to, port }) => !each.network.isOpen(from, to, port)).map(lineOf))).toEqual([]);
    expect(faults(({ links, network }) => network.ways.filter(way => !isSaid(way, links)).map(({ from, to }) => lineOf({ from, to })))).toEqual([]);
  });

  test('is what the stores declare: each workload that may reach one says so', () => {
    const blockOf = (blocks: BlockDescription[], path: string) => blocks.find(({ construct: { node } }) => `${path}/`.startsWith(`${node.path}/`))?.id;
    const declared = ({ app, blocks }: Described) => app.node.findAll().filter(CfnResource.isCfnResource).flatMap(store =>
      ((store.getMetadata(REACHABLE_BY) ?? []) as ReachableBy[]).flatMap(({ workload = '' }) => {
        const [from, to] = [blockOf(blocks, workload), blockOf(blocks, store.node.path)];
        return from === undefined || to === undefined || from === to ? [] : [{ from, to }];
      }));
    expect(described().filter(each => declared(each).length === 0).map(({ variant }) => variant)).toEqual([]);
    expect(faults(each => declared(each).filter(way => !isSaid(way, each.links)).map(lineOf))).toEqual([]);
  });

  test('leads from the edge to all that serves requests; nothing is alone but the network and the way over', () => {
    const serves = ({ id, tier }: BlockDescription) => !id.startsWith('Shop/Migration/') && tier !== Tier.NETWORK && tier !== Tier.OBSERVABILITY;
    expect(faults(({ links, blocks }) => {
      const reached = new Set([blocks.find(({ title }) => title === 'Content delivery')!.id]);
      // A set visits what is added while it is gone through.
      reached.forEach(id => links.filter(({ from }) => from === id).forEach(({ to }) => reached.add(to)));
      return blocks.filter(block => serves(block) && !reached.has(block.id)).map(({ id }) => id);
    })).toEqual([]);
    const mayBeAlone = ({ title, tier }: BlockDescription) => title === 'Cut-over' || tier === Tier.NETWORK || tier === Tier.OBSERVABILITY;
    expect(faults(({ links, blocks }) => blocks.filter(block => !mayBeAlone(block)).map(({ id }) => id)
      .filter(id => !links.some(({ from, to, why }) => why !== WATCHES && (from === id || to === id))))).toEqual([]);
  });

  test('has every block watched', () => {
    expect(faults(({ links, blocks }) => {
      const watched = links.filter(({ why }) => why === WATCHES).map(({ to }) => to);
      return blocks.filter(({ id, tier }) => tier !== Tier.OBSERVABILITY && !watched.includes(id)).map(({ id }) => id);
    })).toEqual([]);
  });

  test('is a picture of the default platform', () => {
    expect(pictureOf(described().find(({ variant }) => variant === DEFAULT.name)!)).toEqual([
      'ContentDelivery/CloudFront -> Firewall/WebAcl: Has each request judged before it is answered',
      'ContentDelivery/CloudFront -> Media/Bucket 443: Asks for what it does not keep of /media/*',
      'ContentDelivery/CloudFront -> LoadBalancer 80: Asks for what it does not keep of *',
      'LoadBalancer -> Compute/Fargate 8080: Leads requests to whichever unit is well',
      'Compute/Fargate -> Database/AuroraMysql 13306: Keeps the application\'s data',
      'Compute/Fargate -> Sessions/ValkeyServerless 6379: Keeps the sessions, so that any unit can serve any user',
    ]);
  });

  test('is a picture of a migration, past the proxy of the database', () => {
    expect(pictureOf(described().find(({ variant }) => variant === EVERYTHING.name)!).filter(line => line.startsWith('Migration'))).toEqual([
      'Migration/Database/Mysql -> Database/RdsMysql 13306: Writes what it copies',
      'Migration/Files/DataSync -> Media/Bucket 443: Puts the files where the application finds them',
    ]);
  });
});

/** Why the boards talk to a block. */
const WATCHES = 'Watches it';

interface Link extends BlockLink {
  readonly from: string;
}

function linksOf({ id, talksTo = [] }: BlockDescription): Link[] {
  return talksTo.map(link => ({ from: id, ...link }));
}

function lineOf({ from, to, port, why }: Pick<Link, 'from' | 'to'> & Partial<Link>): string {
  return `${from} -> ${to}${port === undefined ? '' : ` ${port}`}${why === undefined ? '' : `: ${why}`}`;
}

/** Whether one of the links leads the same way. */
function isSaid(way: Pick<Link, 'from' | 'to'>, links: Link[]): boolean {
  return links.some(({ from, to }) => from === way.from && to === way.to);
}

/** Without what every block has: that it is watched. */
function pictureOf({ links }: { readonly links: Link[] }): string[] {
  return links.filter(({ why }) => why !== WATCHES).map(link => lineOf(link).replaceAll('Shop/', ''));
}

function inlineFunctions(resources: Resources): Resources[string][] {
  return Object.values(resources).filter(({ Type, Properties }) => Type === 'AWS::Lambda::Function'
    && (Properties?.Code as { ZipFile?: string } | undefined)?.ZipFile !== undefined);
}

/** What the function's role may do, but for writing its own log. */
function rightsOf({ Properties }: Resources[string], resources: Resources): string {
  const [role] = (Properties!.Role as { 'Fn::GetAtt': string[] })['Fn::GetAtt'];
  return JSON.stringify(Object.values(resources)
    .filter(({ Type, Properties: policy }) => Type === 'AWS::IAM::ManagedPolicy' && JSON.stringify(policy!.Roles).includes(`"${role}"`))
    .flatMap(({ Properties: policy }) => (policy!.PolicyDocument as { Statement: { Action: unknown }[] }).Statement)
    .filter(({ Action }) => JSON.stringify(Action) !== JSON.stringify(['logs:CreateLogStream', 'logs:PutLogEvents'])));
}
