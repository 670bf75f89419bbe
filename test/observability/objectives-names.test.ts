import { Lazy } from 'aws-cdk-lib';
import { Slo } from '../../src';
import { platformTemplate } from '../support/platform';
import { testRefusals } from '../support/refusals';

describe('the names of objectives', () => {
  testRefusals([
    ['two of a kind without names', () => platformTemplate({ observability: { objectives: [Slo.availability(), Slo.availability({ objective: 99 })] } }),
      '[Stack/Shop] \'objectives\' must each have a name of their own, got "Availability" more than once: alarms are named after it; give all but one another \'name\', such as \'Checkout\''],
    ['two kinds of one name', () => platformTemplate({ observability: { objectives: [Slo.availability({ name: 'Shop' }), Slo.latency({ name: 'Shop' })] } }),
      '[Stack/Shop] \'objectives\' must each have a name of their own, got "Shop" more than once: alarms are named after it; give all but one another \'name\', such as \'Checkout\''],
    ['a name that is not known', () => Slo.availability({ name: Lazy.string({ produce: () => 'Shop' }) }),
      '[Slo.availability] \'name\' must be known at synthesis, got a token: alarms are named after it, so give a text, not a parameter or an attribute'],
  ]);

  test('two of a kind may have two', () => {
    expect(() => platformTemplate({ observability: { objectives: [Slo.availability(), Slo.availability({ name: 'Checkout' })] } })).not.toThrow();
  });
});
