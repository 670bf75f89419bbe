import { Annotation, MetricOptions, Properties } from './body';
import { Known, madeUp } from './made-up';
import { escape } from './markdown';

const COLOURS = ['#1f77b4', '#ff7f0e', '#2ca02c', '#9467bd', '#8c564b', '#e377c2', '#17becf', '#7f7f7f'];
const THRESHOLD = '#d13212';
/** Room for the numbers of an axis and for the hours. */
const MARGIN = { left: 40, right: 14, top: 6, bottom: 18 };
const RIGHT_AXIS = 38;
const LEGEND = 17;

interface Series {
  readonly label: string;
  readonly colour: string;
  readonly right: boolean;
  readonly values: number[];
}

interface Plot {
  readonly width: number;
  readonly height: number;
  /** Where a value is, from the top. */
  y(value: number, right: boolean): number;
  /** What the axis says at a part of its height. */
  at(part: number, right: boolean): number;
}

/** A chart's lines as CloudWatch draws them, over data that is made up; thresholds are straight lines. */
export function chart(properties: Properties, width: number, height: number): string {
  const shown = seriesOf(properties);
  const rows = legendRows(shown.map(({ label }) => label), width);
  const twoAxes = shown.some(({ right }) => right);
  const across = width - MARGIN.left - (twoAxes ? RIGHT_AXIS : MARGIN.right);
  const plot = plotOf(properties, shown, across, Math.max(30, height - MARGIN.top - MARGIN.bottom - rows * LEGEND));
  const lines = shown.map(({ values, colour, right }) => {
    const points = values.map((value, step) => `${(MARGIN.left + plot.width * step / (values.length - 1)).toFixed(1)},${plot.y(value, right).toFixed(1)}`);
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.4" points="${points.join(' ')}"/>`;
  });
  const parts = [...axes(plot, twoAxes), ...lines, ...limits(annotationsOf(properties), plot), ...legend(shown, width, height, rows)];
  return `<svg width="${width}" height="${height}">${parts.join('')}</svg>`;
}

/** The axes end as the widget says, else at a round number above all that they show. */
function plotOf(properties: Properties, shown: Series[], width: number, height: number): Plot {
  const thresholds = annotationsOf(properties);
  const [left, right] = [false, true].map(side => {
    const { min = 0, max } = (side ? properties.yAxis?.right : properties.yAxis?.left) ?? {};
    const values = [
      ...shown.filter(each => each.right === side).flatMap(({ values: all }) => all),
      ...thresholds.filter(each => (each.yAxis === 'right') === side).map(({ value }) => value * 1.08),
    ];
    return { min, max: max ?? nice(Math.max(...values)) };
  });
  return {
    width,
    height,
    y: (value, side) => MARGIN.top + height * (1 - (value - (side ? right : left).min) / ((side ? right : left).max - (side ? right : left).min)),
    at: (part, side) => (side ? right : left).min + part * ((side ? right : left).max - (side ? right : left).min),
  };
}

function axes({ width, height, at }: Plot, twoAxes: boolean): string[] {
  const grid = [0, 0.5, 1].map(part => {
    const y = MARGIN.top + height * (1 - part);
    const right = twoAxes ? `<text x="${MARGIN.left + width + 4}" y="${y + 4}">${short(at(part, true))}</text>` : '';
    return `<line x1="${MARGIN.left}" x2="${MARGIN.left + width}" y1="${y}" y2="${y}" stroke="#e4e7ea"/><text x="${MARGIN.left - 4}" y="${y + 4}" text-anchor="end">${short(at(part, false))}</text>${right}`;
  });
  const hours = ['07:00', '09:00', '11:00', '13:00', '15:00'].map((hour, index) =>
    `<text x="${MARGIN.left + width * (index * 2 + 0.5) / 8.8}" y="${MARGIN.top + height + 14}" text-anchor="middle">${hour}</text>`);
  return [...grid, ...hours];
}

/** Thresholds of one value share their line, and say what the first says. */
function limits(thresholds: Annotation[], { width, y }: Plot): string[] {
  return thresholds.map(({ value, label = '', yAxis, color = THRESHOLD }, index) => {
    const at = y(value, yAxis === 'right');
    const first = thresholds.findIndex(each => each.value === value) === index;
    const text = first ? `<text x="${MARGIN.left + 4}" y="${at < MARGIN.top + 14 ? at + 12 : at - 3}" fill="${color}">${escape(cut(label, width / 5.6))}</text>` : '';
    return `<line x1="${MARGIN.left}" x2="${MARGIN.left + width}" y1="${at}" y2="${at}" stroke="${color}" stroke-width="1.2"/>${text}`;
  });
}

/** The newest value of each series, large. */
export function numbers(properties: Properties): string {
  const shown = seriesOf(properties).map(({ label, values }) => `<div class="number"><b>${short(values[values.length - 1])}</b><span>${escape(label)}</span></div>`);
  return `<div class="numbers">${shown.join('')}</div>`;
}

function seriesOf({ title = '', metrics = [], yAxis, ...rest }: Properties): Series[] {
  const thresholds = annotationsOf(rest);
  const shown = metrics.map(metric => ({ metric, options: metric.find((each): each is MetricOptions => typeof each === 'object') ?? {} }))
    .filter(({ options }) => options.visible !== false);
  const named = thresholds.some(each => shown.some(({ metric, options }) => each.label?.startsWith(labelOf(metric, options))));
  return shown.map(({ metric, options }, index) => {
    const right = options.yAxis === 'right';
    const label = labelOf(metric, options);
    const own = named ? thresholds.filter(each => each.label?.startsWith(label)) : thresholds;
    const values = madeUp(known(title, label, own, (right ? yAxis?.right : yAxis?.left)?.max));
    const average = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { label: label.replace('${AVG}', short(average)), colour: options.color ?? COLOURS[index % COLOURS.length], right, values };
  });
}

function labelOf([, name]: (string | MetricOptions)[], { label, expression }: MetricOptions): string {
  if (label !== undefined && label.trim() !== '') return label;
  if (expression?.startsWith('SEARCH') === true) return 'one line for each';
  return typeof name === 'string' ? name : expression ?? '';
}

/** A threshold's label says on which side of it an alarm is raised. */
function known(title: string, label: string, thresholds: Annotation[], max?: number): Known {
  const [upper, lower] = ['>', '<'].map(side => thresholds.filter(each => each.label?.includes(side)).map(({ value }) => value));
  return {
    title,
    label,
    max,
    below: upper.length === 0 ? undefined : Math.min(...upper),
    above: lower.length === 0 ? undefined : Math.max(...lower),
  };
}

function annotationsOf({ annotations }: Properties): Annotation[] {
  return (annotations?.horizontal ?? []).flat().filter(({ value }) => Number.isFinite(value));
}

function legend(shown: Series[], width: number, height: number, rows: number): string[] {
  let [x, row] = [MARGIN.left, 0];
  return shown.map(({ label, colour }) => {
    const text = cut(label, (width - MARGIN.left - 20) / 5.8);
    const needs = widthOf(text);
    if (x > MARGIN.left && x + needs > width) [x, row] = [MARGIN.left, row + 1];
    const y = height - (rows - row) * LEGEND + 11;
    const drawn = `<rect x="${x}" y="${y - 8}" width="9" height="9" fill="${colour}"/><text x="${x + 13}" y="${y}">${escape(text)}</text>`;
    x += needs;
    return drawn;
  });
}

function legendRows(labels: string[], width: number): number {
  let [x, rows] = [MARGIN.left, 1];
  for (const label of labels) {
    const needs = widthOf(cut(label, (width - MARGIN.left - 20) / 5.8));
    if (x > MARGIN.left && x + needs > width) [x, rows] = [MARGIN.left, rows + 1];
    x += needs;
  }
  return rows;
}

function widthOf(label: string): number {
  return 13 + label.length * 5.8 + 12;
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, Math.floor(letters) - 1))}…`;
}

/** A round number above. */
function nice(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map(step => step * power).find(step => step >= value * 0.999) ?? value;
}

function short(value: number): string {
  const [size, unit] = ([[1e9, 'G'], [1e6, 'M'], [1e3, 'k']] as const).find(([least]) => Math.abs(value) >= least) ?? [1, ''];
  return `${Number((value / size).toPrecision(Math.abs(value / size) >= 99 && Math.abs(value / size) < 100 ? 4 : 3))}${unit}`;
}
