import { Duration } from 'aws-cdk-lib';
import { BASE, Candidate, platform, PlatformChoices } from './stacks';
import { CloudFrontProps, Edge, Firewall, Traffic } from '../../src';

/** A choice for a rise that nobody announced, and what it costs a month besides what the replay counts. */
export interface Lever extends Candidate {
  readonly price: string;
}

/** 2,100 new visits a minute are 35 a second: with 10 requests of each more than half the peak, which is 60. */
const NEW_VISITS = 2100;

const keepPages: CloudFrontProps = { pageCaching: { maxTtl: Duration.minutes(1) } };
const letWait: CloudFrontProps = { firewall: Firewall.managed({ waitingPage: { newVisitsPerMinute: NEW_VISITS } }) };
const pages: PlatformChoices = { edge: Edge.cloudFront(keepPages) };
const waiting: PlatformChoices = { edge: Edge.cloudFront(letWait) };
const both: PlatformChoices = { edge: Edge.cloudFront({ ...keepPages, ...letWait }) };

function lever(name: string, price: string, choices: PlatformChoices = {}, standingHeadroom = 0): Lever {
  return { ...platform(name, Traffic.spiky({ baselineRps: BASE, standingHeadroom }), choices), price };
}

/** Load shedding without a page: the same rule, which refuses. */
function withoutPage({ template, ...others }: Lever): Lever {
  return {
    ...others,
    template: JSON.stringify(JSON.parse(template), (key, value: unknown) => key === 'CustomResponse' ? undefined : value),
  };
}

export function levers(): Lever[] {
  return [
    lever('none', ''),
    ...[0.25, 0.5, 1].map(share => lever(`${100 * share} % of the peak stands ready`, 'its units and ACU', {}, share)),
    lever('edge keeps anonymous pages', 'less of everything', pages),
    withoutPage(lever('newcomers are refused at the edge', '1 rule', waiting)),
    lever('newcomers see a waiting page', '1 rule', waiting),
    lever('edge keeps pages, waiting page', '1 rule', both),
    lever('all: 50 % ready, pages, waiting', 'all of these', both, 0.5),
  ];
}
