import { Template } from 'aws-cdk-lib/assertions';
import { stacksOf } from './support/variant';
import { VARIANTS } from './support/variants';
import { resources } from '../support/template';

test.each(VARIANTS.map(variant => [variant.name, variant] as const))('every log group is kept as long as the profile says: %s', (name, variant) => {
  const groups = stacksOf(variant).flatMap(({ template }) => resources(Template.fromJSON(template as object)).filter(({ Type }) => Type === 'AWS::Logs::LogGroup'));
  expect(groups.length).toBeGreaterThan(2);
  const days = name.includes('development') ? 7 : 365;
  expect(groups.filter(({ Properties }) => Properties.RetentionInDays !== days).map(({ id }) => id)).toEqual([]);
});
