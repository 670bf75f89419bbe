import { App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { once } from '../support/platform';
import { DEFAULT, WITH_DOMAIN } from './support/elastic-web-variants';
import { readList } from './support/lists';
import { acknowledgments, allFindings, needless, reasonsByRule, unacknowledged } from './support/nag';
import { appOf } from './support/variant';
import { VARIANTS } from './support/variants';

/** What the library acknowledges: rule by rule in each reason's words, and how many rules the default platform has. */
interface AcknowledgedRules {
  readonly atMost: { readonly default: number; readonly withDomain: number };
  readonly reasons: { readonly [rule: string]: string[] };
}

const recorded = once(() => readList<AcknowledgedRules>('acknowledged-rules.json'));
const apps = once(() => new Map(VARIANTS.map(variant => [variant, appOf(variant)])));
const rulesOf = (variant: typeof DEFAULT) => reasonsByRule(acknowledgments(apps().get(variant)!));

describe('cdk-nag (AwsSolutions, HIPAA, NIST 800-53 r5, PCI)', () => {
  test.each(VARIANTS.map(variant => [variant.name, variant] as const))('finds nothing unacknowledged: %s', (_, variant) => {
    expect(unacknowledged(apps().get(variant)!)).toEqual([]);
  });

  test('acknowledges no more rules than before', () => {
    const counts = { default: Object.keys(rulesOf(DEFAULT)).length, withDomain: Object.keys(rulesOf(WITH_DOMAIN)).length };
    const { atMost } = recorded();
    process.stdout.write(`Acknowledged rules of the default platform: ${counts.default}, with a domain: ${counts.withDomain}\n`);
    Object.entries(rulesOf(DEFAULT)).forEach(([rule, reasons]) => process.stdout.write(`  ${rule}: ${reasons.join('; ')}\n`));
    expect(counts.default).toBeLessThanOrEqual(atMost.default);
    expect(counts.withDomain).toBeLessThanOrEqual(atMost.withDomain);
  });

  test('acknowledges the rules of the committed list, for the reasons there (npx projen contract:record)', () => {
    expect(reasonsByRule([...apps().values()].flatMap(acknowledgments))).toEqual(recorded().reasons);
  });

  test('acknowledges nothing that no pack finds', () => {
    expect(needless([...apps().values()])).toEqual([]);
  });
});

describe('the check itself', () => {
  function appWithBareBucket(acknowledge: (bucket: Bucket) => void = () => {}): App {
    const app = new App({ analyticsReporting: false });
    acknowledge(new Bucket(new Stack(app, 'Stack'), 'Bucket'));
    return app;
  }

  test('finds a bucket without logs, and not once it is acknowledged', () => {
    const finding = { rule: 'AwsSolutions-S1', path: 'Stack/Bucket/Resource' };
    expect(unacknowledged(appWithBareBucket())).toContainEqual(finding);
    const app = appWithBareBucket(bucket => Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'an example' }));
    expect(unacknowledged(app)).not.toContainEqual(finding);
    expect(allFindings(app)).toContainEqual(finding);
    expect(reasonsByRule(acknowledgments(app))).toEqual({ 'AwsSolutions-S1': ['an example'] });
  });

  test('tells a needless acknowledgment from a needed one', () => {
    const app = appWithBareBucket(bucket => {
      Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason: 'needed' });
      Validations.of(bucket).acknowledge({ id: 'AwsSolutions-SNS3', reason: 'a bucket is no topic' });
    });
    expect(needless([app])).toEqual(['AwsSolutions-SNS3 at Stack/Bucket']);
  });
});
