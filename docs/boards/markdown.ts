/** As much of Markdown as the boards' texts use, as HTML. */
export function markdown(source: string): string {
  const blocks = source.split('\n').reduce<string[][]>((found, line) => {
    const last = found[found.length - 1];
    if (last !== undefined && kindOf(line) === kindOf(last[0]) && kindOf(line) !== 'heading') last.push(line);
    else found.push([line]);
    return found;
  }, []);
  return blocks.map(lines => RENDERERS[kindOf(lines[0])](lines)).join('');
}

type Kind = 'heading' | 'table' | 'numbers' | 'points' | 'nothing' | 'text';

const KINDS: [RegExp, Kind][] = [[/^#+ /, 'heading'], [/^\|/, 'table'], [/^\d+\. /, 'numbers'], [/^[-*] /, 'points'], [/^\s*$/, 'nothing']];

const RENDERERS: { [kind in Kind]: (lines: string[]) => string } = {
  heading: ([line]) => {
    const [, marks, text] = /^(#+) (.*)$/.exec(line)!;
    return `<h${marks.length}>${inline(text)}</h${marks.length}>`;
  },
  table: ([head, , ...rows]) => `<table><tr>${cells(head, 'th')}</tr>${rows.map(row => `<tr>${cells(row, 'td')}</tr>`).join('')}</table>`,
  numbers: lines => `<ol>${items(lines)}</ol>`,
  points: lines => `<ul>${items(lines)}</ul>`,
  nothing: () => '',
  text: lines => `<p>${lines.map(inline).join('<br>')}</p>`,
};

function kindOf(line: string): Kind {
  return KINDS.find(([pattern]) => pattern.test(line))?.[1] ?? 'text';
}

function items(lines: string[]): string {
  return lines.map(line => `<li>${inline(line.replace(/^(\d+\.|[-*]) /, ''))}</li>`).join('');
}

function cells(row: string, tag: string): string {
  return row.replace(/^\||\|\s*$/g, '').split(/(?<!\\)\|/).map(cell => `<${tag}>${inline(cell.trim().replace(/\\\|/g, '|'))}</${tag}>`).join('');
}

function inline(text: string): string {
  return escape(text)
    .replace(/\[(?:button:(?:\w+:)?)?([^\]]*)\]\(([^)]*)\)/g, '<a href="$2">$1</a>')
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replace(/`([^`]+)`/g, '<code>$1</code>');
}

/** A text within HTML. */
export function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
