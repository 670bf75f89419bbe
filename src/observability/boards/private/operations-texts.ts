import { BoardLanguage } from '../board-language';

type Translated = { readonly [language in BoardLanguage]: string };

/** One text in both languages. */
function text(english: string, portuguese: string): Translated {
  return { [BoardLanguage.ENGLISH]: english, [BoardLanguage.PORTUGUESE_BRAZIL]: portuguese };
}

/** All that the operations board says, for people without technical knowledge. Names in braces are filled in. */
export const TEXTS = {
  // What stands above the lines. Markdown.
  heading: text(
    '# How are our applications right now?\nRead the word in each line. If it is **Slow**, **Failing** or **Down**, or the page cannot tell, call the team that the line names. The page says when it last looked: if that was more than 5 minutes ago, press the round arrow at the top right.',
    '# Como estão nossas aplicações agora?\nLeia a palavra de cada linha. Se for **Lenta**, **Com falhas** ou **Fora do ar**, ou se a página não souber, ligue para a equipe indicada na linha. A página diz quando verificou pela última vez: se foi há mais de 5 minutos, clique na seta redonda no alto, à direita.',
  ),
  lines: text('Our applications', 'Nossas aplicações'),
  // The line of what all applications of a platform stand on.
  ground: text('{platform}: what all of it stands on', '{platform}: a base de tudo'),

  // The state of an application in one word, and what it means for customers.
  down: text('Down', 'Fora do ar'),
  failing: text('Failing', 'Com falhas'),
  slow: text('Slow', 'Lenta'),
  unknown: text('We cannot tell', 'Não sabemos'),
  waiting: text('No information yet', 'Ainda sem informação'),
  well: text('Well', 'Bem'),
  downNotice: text('They cannot use it at all: they see an error, or nothing.', 'Não conseguem usar nada: veem um erro, ou nada aparece.'),
  failingNotice: text('Some of what they do ends in an error, perhaps all of it.', 'Parte do que fazem termina em erro, talvez tudo.'),
  slowNotice: text('Many of them wait longer than usual.', 'Muitos esperam mais do que o normal.'),
  unknownNotice: text('Not known: this page could not look. Call the team and ask.', 'Não se sabe: esta página não conseguiu verificar. Ligue para a equipe e pergunte.'),
  waitingNotice: text('Not known yet: it is new. If this stays for an hour, call the team.', 'Ainda não se sabe: é nova. Se continuar assim por uma hora, ligue para a equipe.'),
  wellNotice: text('Nothing that this page sees.', 'Nada que esta página veja.'),
  partly: text('It may be worse than this: the page could not look everywhere.', 'Pode ser pior do que isto: a página não conseguiu verificar tudo.'),

  // The heads of the columns.
  application: text('Application', 'Aplicação'),
  state: text('How it is', 'Como está'),
  notice: text('What customers notice', 'O que os clientes percebem'),
  call: text('Whom to call', 'Para quem ligar'),
  help: text('Instructions', 'Instruções'),

  // Whom to call.
  nobody: text('No team is named here: ask your supervisor.', 'Nenhuma equipe foi indicada: fale com a supervisão.'),
  anyTime: text('At any time', 'A qualquer hora'),
  open: text('Open the instructions', 'Abrir as instruções'),
  ask: text('Ask the team', 'Pergunte à equipe'),

  // All lines in short, and when they were made.
  allWell: text('All is well.', 'Tudo está bem.'),
  notWell: text('Not well: {count} of {all}.', 'Não estão bem: {count} de {all}.'),
  notYet: text('No information yet: {count} of {all}; all others are well.', 'Ainda sem informação: {count} de {all}; as demais estão bem.'),
  looked: text('Looked at {time}.', 'Verificado às {time}.'),

  // Since when. Dates as Python's strftime writes them.
  today: text('for {duration}, since {time}', 'há {duration}, desde as {time}'),
  earlier: text('for {duration}, since {date}, {time}', 'há {duration}, desde {date}, às {time}'),
  date: text('%d %b', '%d/%m'),
  moment: text('less than a minute', 'menos de um minuto'),
  minute: text('1 minute', '1 minuto'),
  minutes: text('{count} minutes', '{count} minutos'),
  hours: text('{count} hours', '{count} horas'),
  days: text('{count} days', '{count} dias'),

  // For who may not see the lines. Markdown.
  fallback: text(
    '## If you cannot see the lines above\nYou may not have been given the right to see them: ask the team in the list here for it. Until then, read the boxes below. A **red** box means that customers of that application notice something now; its name ends in what: Down, Failing or Slow. Call that application\'s team.',
    '## Se você não consegue ver as linhas acima\nTalvez você ainda não tenha o direito de vê-las: peça à equipe desta lista. Até lá, leia as caixas abaixo. Uma caixa **vermelha** quer dizer que os clientes daquela aplicação percebem algo agora; o nome dela termina com o quê: Down (fora do ar), Failing (com falhas) ou Slow (lenta). Ligue para a equipe dessa aplicação.',
  ),
  boxes: text('{name}: what customers notice now', '{name}: o que os clientes percebem agora'),

  // What is always at the end. Markdown.
  meaning: text('## What the words mean', '## O que as palavras querem dizer'),
  word: text('Word', 'Palavra'),
  todo: text(
    '## What to do\n1. Call the team that the line names. Say the name of the application, the word, and since when.\n2. If nobody answers within 15 minutes, call again, and tell your supervisor.\n3. Keep looking until the word is **Well** again.\n\n## What not to do\n- Do not wait for it to get well by itself.\n- Do not switch anything off or on, and change nothing.\n- Do not tell customers when it will be over: ask the team what to tell them.',
    '## O que fazer\n1. Ligue para a equipe indicada na linha. Diga o nome da aplicação, a palavra e desde quando.\n2. Se ninguém atender em 15 minutos, ligue de novo e avise a supervisão.\n3. Continue olhando até a palavra voltar a ser **Bem**.\n\n## O que não fazer\n- Não espere que o problema se resolva sozinho.\n- Não desligue nem reinicie nada, e não mude nada.\n- Não diga aos clientes quando vai acabar: pergunte à equipe o que dizer a eles.',
  ),
} satisfies { readonly [key: string]: Translated };

/** The name of a text. */
export type TextKey = keyof typeof TEXTS;

/** Every text in one language. */
export type Texts = { readonly [key in TextKey]: string };

/** What the board says in one language. */
export function textsIn(language: BoardLanguage): Texts {
  return Object.fromEntries(Object.entries(TEXTS).map(([key, translated]) => [key, translated[language]])) as Texts;
}
