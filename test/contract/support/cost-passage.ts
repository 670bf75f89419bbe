import { Template } from 'aws-cdk-lib/assertions';
import { DEFAULT } from './alarm-platforms';
import { stacksOf, Variant } from './variant';
import { VARIANTS } from './variants';
import { billOf, total } from '../../support/cloudwatch-bill';

/** The passage of docs/observability.md that is written from the templates. */
const PASSAGE = /(<!-- cost: .* -->\n)[^]*?(\n<!-- \/cost -->)/;
const PLATFORMS: [title: string, variant: Variant][] = [
  ['production, containers', DEFAULT], ...['instances', 'development'].map((name): [string, Variant] => [name, VARIANTS.find(each => each.name === name)!]),
];

/** The templates of a platform, in all its stacks. */
export function templatesOf(variant: Variant): Template[] {
  return stacksOf(variant).map(({ template }) => Template.fromJSON(template as { [key: string]: unknown }));
}

/** The page with what platforms cost now. */
export function withCost(page: string): string {
  if (!PASSAGE.test(page)) throw new Error('The page has no passage between <!-- cost: … --> and <!-- /cost -->');
  return page.replace(PASSAGE, (_, before: string, after: string) => `${before}\n${costTable()}\n${after}`);
}

function costTable(): string {
  const bills = PLATFORMS.map(([, variant]) => billOf(templatesOf(variant)));
  const lines = [...new Set(bills.flatMap(bill => bill.map(({ what }) => what)))];
  const cells = lines.map(what => [what, ...bills.map(bill => {
    const line = bill.find(each => each.what === what);
    return line === undefined ? '' : `${line.count}: ${line.usd.toFixed(2)}`;
  })]);
  const sums = ['**sum, USD a month**', ...bills.map(bill => `**${total(bill).toFixed(2)}**`)];
  return [['number: USD', ...PLATFORMS.map(([title]) => title)], ['---', ...PLATFORMS.map(() => '---')], ...cells, sums]
    .map(row => `| ${row.join(' | ')} |`).join('\n');
}
