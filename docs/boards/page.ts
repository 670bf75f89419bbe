import { Widget } from './body';
import { chart, numbers } from './chart';
import { logs } from './logs';
import { escape, markdown } from './markdown';

/** One cell of the board's grid of 24 columns, and the space around a widget, in pixels. */
const COLUMN = 52;
const ROW = 48;
const GAP = 6;
const TITLE = 26;
const BAR = 46;
const CAPTION = 40;

/** What a page is made of. */
export interface Page {
  readonly name: string;
  readonly widgets: Widget[];
  /** Says what is made up. */
  readonly caption: string;
  /** What a custom widget's function answers. */
  readonly answers?: (params: object) => string;
  /** Alarms that are raised, by the ends of their names. */
  readonly raised?: string[];
}

/** A board as CloudWatch lays it out. */
export interface Rendered {
  readonly html: string;
  readonly width: number;
  readonly height: number;
}

const STYLE = `
* { box-sizing: border-box }
body { margin: 0; background: #f2f3f3; font: 13px "Liberation Sans", "DejaVu Sans", sans-serif; color: #16191f }
header { height: ${BAR}px; padding: 12px 16px; background: #232f3e; color: #fff; font-size: 16px; font-weight: bold }
header span { float: right; font-weight: normal; font-size: 13px; color: #d5dbdb }
main { position: relative }
section { position: absolute; background: #fff; border: 1px solid #d5dbdb; border-radius: 3px; overflow: hidden }
section > h6 { margin: 0; height: ${TITLE}px; padding: 6px 10px 0; font-size: 13px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
section.text { border: 0; background: none; padding: 0 10px }
svg text { font: 10.5px "Liberation Sans", sans-serif; fill: #545b64 }
h1 { font-size: 22px; margin: 8px 0 6px } h2 { font-size: 17px; margin: 10px 0 6px } h3 { font-size: 15px; margin: 14px 0 0 }
p { margin: 4px 0 8px; line-height: 1.45 } ol, ul { margin: 4px 0; padding-left: 22px; line-height: 1.5 }
a { color: #0073bb; text-decoration: none } b { font-weight: bold }
table { border-collapse: collapse; background: #fff } th { text-align: left; color: #545b64; background: #fafafa }
th, td { border: 1px solid #eaeded; padding: 6px 10px; vertical-align: top; line-height: 1.4 }
.custom { padding: 0 12px; font-size: 14px } .logs table { width: calc(100% - 20px); margin: 0 10px; font-size: 12px } .logs th, .logs td { padding: 3px 8px }
.boxes { display: flex; flex-wrap: wrap; gap: 6px; padding: 4px 10px }
.box { width: 192px; padding: 6px 8px; border-radius: 2px; border-left: 5px solid #1d8102; background: #f2f8f0; font-size: 11px; overflow-wrap: anywhere }
.box.raised { border-color: #d13212; background: #fdf3f1; font-weight: bold }
.numbers { display: flex; flex-wrap: wrap; justify-content: space-around; padding: 4px }
.number { text-align: center; padding: 4px 10px } .number b { display: block; font-size: 26px; font-weight: normal } .number span { font-size: 11px; color: #545b64 }
footer { position: absolute; left: 10px; font-style: italic; color: #545b64 }`;

/** Renders a board's widgets over made-up data. */
export function render(page: Page): Rendered {
  const rows = Math.max(...page.widgets.map(({ y, height }) => y + height));
  const width = 24 * COLUMN + 2 * GAP;
  const height = BAR + rows * ROW + 2 * GAP + CAPTION;
  const sections = page.widgets.map(widget => section(widget, page));
  return {
    width,
    height,
    html: `<!doctype html><meta charset="utf-8"><title>${escape(page.name)}</title><style>${STYLE}</style><header>${escape(page.name)}<span>8h · UTC-03:00</span></header>
<main>${sections.join('\n')}<footer style="top:${rows * ROW + 2 * GAP + 8}px">${escape(page.caption)}</footer></main>`,
  };
}

function section(widget: Widget, page: Page): string {
  const [width, height] = [widget.width * COLUMN - GAP, widget.height * ROW - GAP];
  const box = `left:${GAP + widget.x * COLUMN}px;top:${GAP + widget.y * ROW}px;width:${width}px;height:${height}px`;
  const { title = '' } = widget.properties;
  const head = widget.type === 'text' ? '' : `<h6>${escape(title)}</h6>`;
  return `<section class="${widget.type}-widget ${widget.type === 'text' ? 'text' : ''}" style="${box}">${head}${content(widget, page, width, height - TITLE)}</section>`;
}

function content({ type, properties }: Widget, page: Page, width: number, height: number): string {
  switch (type) {
    case 'text': return markdown(properties.markdown ?? '');
    case 'alarm': return `<div class="boxes">${(properties.alarms ?? []).map(arn => alarmBox(arn, page.raised)).join('')}</div>`;
    case 'custom': return `<div class="custom">${page.answers?.(properties.params ?? {}) ?? ''}</div>`;
    case 'log': return `<div class="logs">${logs(properties, width, height)}</div>`;
    default: return properties.view === 'singleValue' || properties.view === 'gauge' ? numbers(properties) : chart(properties, width - 4, height - 4);
  }
}

function alarmBox(arn: string, raised: string[] = []): string {
  const name = arn.replace(/^.*:alarm:/, '');
  return `<div class="box${raised.some(end => name.endsWith(end)) ? ' raised' : ''}">${escape(name)}</div>`;
}
