import { BASE, Candidate, platform } from './stacks';
import { Traffic } from '../../src';

interface Body {
  readonly Type: string;
  Properties: { [name: string]: unknown };
}

/** A choice for a rise that nobody announced, and what it costs a month besides what the replay counts. */
export interface Lever extends Candidate {
  readonly price: string;
}

/** A template with a change that the choice makes. */
function changed({ template }: Candidate, change: (resources: { [id: string]: Body }) => void): string {
  const body = JSON.parse(template) as { Resources: { [id: string]: Body } };
  change(body.Resources);
  return JSON.stringify(body);
}

function only(resources: { [id: string]: Body }, type: string): Body {
  return Object.values(resources).find(({ Type }) => Type === type)!;
}

/**
 * A rule for all visitors without a session together. 2,100 of them a minute are 35 a second: with 10 requests of each
 * visit more than half the peak, which is 60.
 */
function newcomersRule(customResponse: boolean): (resources: { [id: string]: Body }) => void {
  return resources => {
    const acl = only(resources, 'AWS::WAFv2::WebACL');
    acl.Properties.Rules = [...acl.Properties.Rules as object[], {
      Name: 'Newcomers',
      Priority: 100,
      Action: { Block: customResponse ? { CustomResponse: { ResponseCode: 503, CustomResponseBodyKey: 'waiting' } } : {} },
      Statement: { RateBasedStatement: { Limit: 2100, EvaluationWindowSec: 60, AggregateKeyType: 'CONSTANT', ScopeDownStatement: { NotStatement: {} } } },
    }];
  };
}

/** The distribution keeps anonymous pages for as long as the application says, up to a minute. */
function edgeCache(resources: { [id: string]: Body }): void {
  resources.Pages = { Type: 'AWS::CloudFront::CachePolicy', Properties: { CachePolicyConfig: { MinTTL: 0, DefaultTTL: 0, MaxTTL: 60 } } };
  const config = only(resources, 'AWS::CloudFront::Distribution').Properties.DistributionConfig as { DefaultCacheBehavior: { CachePolicyId: unknown } };
  config.DefaultCacheBehavior.CachePolicyId = { Ref: 'Pages' };
}

export function levers(): Lever[] {
  const none = platform('none', Traffic.spiky({ baselineRps: BASE }));
  const standing = [0.25, 0.5, 1].map(share =>
    ({ ...platform(`${100 * share} % of the peak stands ready`, Traffic.spiky({ baselineRps: BASE, standingHeadroom: share })), price: 'its units and ACU' }));
  const cached = changed(none, edgeCache);
  return [
    { ...none, price: '' },
    ...standing,
    { name: 'edge keeps anonymous pages', template: cached, price: 'less of everything' },
    { name: 'newcomers are refused at the edge', template: changed(none, newcomersRule(false)), price: '1 rule' },
    { name: 'newcomers see a waiting page', template: changed(none, newcomersRule(true)), price: '1 rule' },
    { name: 'edge keeps pages, waiting page', template: changed({ name: '', template: cached }, newcomersRule(true)), price: '1 rule' },
    { ...platform('all: 50 % ready, pages, waiting', Traffic.spiky({ baselineRps: BASE, standingHeadroom: 0.5 })), price: 'all of these' },
  ].map(lever => lever.name.startsWith('all') ? { ...lever, template: changed({ name: '', template: changed(lever, edgeCache) }, newcomersRule(true)) } : lever);
}
