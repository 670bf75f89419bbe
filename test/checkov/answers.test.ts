import { declared, Template, unanswered } from './answers';
import { DEFAULT } from '../contract/support/elastic-web-variants';
import { stacksOf } from '../contract/support/variant';

const template = () => stacksOf(DEFAULT)[0].template as Template;

test('a template answers what Checkov would find, at the resource and with a reason', () => {
  const answers = declared(template());
  expect([...new Set(answers.map(({ check }) => check))].sort())
    .toEqual(['CKV_AWS_103', 'CKV_AWS_115', 'CKV_AWS_116', 'CKV_AWS_117', 'CKV_AWS_174', 'CKV_AWS_18', 'CKV_AWS_2']);
  expect(answers.filter(({ check }) => check === 'CKV_AWS_18')).toEqual([{
    check: 'CKV_AWS_18',
    resource: expect.stringMatching(/^ShopAccessLogs/),
    reason: 'It receives the access logs of the edge and the load balancer: a log of its own would be logged again, without end',
  }]);
  expect(answers.filter(({ reason }) => reason.length < 40)).toEqual([]);
});

test('without its answers a template is otherwise the same', () => {
  const bare = unanswered(template());
  expect(declared(bare)).toEqual([]);
  expect(Object.keys(bare.Resources)).toEqual(Object.keys(template().Resources));
});
