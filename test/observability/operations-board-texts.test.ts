import { BoardLanguage } from '../../src';
import { drawn, legend, STATES } from '../../src/observability/boards/private/operations-states';
import { TEXTS, textsIn } from '../../src/observability/boards/private/operations-texts';
import { filled } from '../support/filled';

const LANGUAGES = Object.values(BoardLanguage);

/** Words of those who build it, which those who read the board need not know. */
const JARGON = [
  'alarm', 'alarme', 'API', 'AWS', 'backend', 'back-end', 'cache', 'CDN', 'CloudFront', 'CloudWatch', 'cluster', 'container', 'CPU', 'dashboard',
  'database', 'banco de dados', 'deploy', 'deployment', 'DNS', 'endpoint', 'error rate', 'taxa de erro', 'failover', 'firewall', 'frontend', 'HTTP',
  'incident', 'incidente', 'instance', 'instância', 'Lambda', 'latency', 'latência', 'load balancer', 'balanceador', 'log', 'logs', 'memory',
  'memória', 'metric', 'metrics', 'métrica', 'métricas', 'p95', 'p99', 'percentile', 'percentil', 'permission', 'permissão', 'query', 'region', 'região', 'request',
  'requests', 'requisição', 'requisições', 'runbook', 'saturation', 'saturação', 'server', 'servidor', 'SLA', 'SLI', 'SLO', 'stack', 'threshold', 'limiar', 'throttling',
  'timeout', 'timestamp', 'token', 'traffic', 'unhealthy', 'URL', 'uptime', 'UTC', 'widget', '5xx', '4xx', '500', '503',
];

/** Whole words: `log` is not in `logo`. */
const jargonIn = (text: string) => JARGON.filter(word => new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'iu').test(text));

describe.each(LANGUAGES)('in %s', language => {
  const texts = textsIn(language);

  test.each(Object.keys(TEXTS))('%s says something, without jargon', key => {
    const text = texts[key as keyof typeof texts];
    expect(text).toMatch(/\S/);
    expect(jargonIn(text)).toEqual([]);
  });

  test('the legend explains each word by its sign', () => {
    const rows = legend(texts).split('\n').slice(3);
    expect(rows).toHaveLength(Object.keys(STATES).length);
    expect(rows[0]).toBe(`| ✔ **${texts.well}** | ${texts.wellNotice} |`);
    expect(rows[5]).toBe(`| ✖ **${texts.down}** | ${texts.downNotice} |`);
  });
});

test('no text is the same in both languages, and both have the same blanks', () => {
  const blanks = (text: string) => [...text.match(/\{\w+\}/g) ?? []].sort();
  for (const [key, translated] of Object.entries(TEXTS)) {
    const [english, portuguese] = LANGUAGES.map(language => translated[language]);
    expect({ key, text: english }).not.toEqual({ key, text: portuguese });
    expect({ key, blanks: blanks(english) }).toEqual({ key, blanks: blanks(portuguese) });
  }
});

test('the list of jargon finds a word of it, and only as a whole', () => {
  expect(jargonIn('A latência do servidor, p99')).toEqual(['latência', 'p99', 'servidor']);
  expect(jargonIn('Our logo, in cached colours')).toEqual([]);
});

test('white letters stand out from each colour by 4.5 to 1 (WCAG 2.2, 1.4.3)', () => {
  const contrasts = Object.values(STATES).map(({ colour }) => 1.05 / (luminance(colour) + 0.05));
  filled(contrasts).forEach(contrast => expect(contrast).toBeGreaterThanOrEqual(4.5));
  expect(drawn().map(({ state }) => state)).toEqual(['down', 'failing', 'slow', 'unknown', 'waiting', 'well']);
});

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
