/** What the edge answers itself, in place of an application. */
export interface OwnAnswer {
  readonly statusCode: number;
  readonly statusDescription: string;
  /** The page, in HTML. */
  readonly page: string;
  /** Beside the type of the content; nobody keeps the answer. */
  readonly headers: { readonly [name: string]: string };
}

/**
 * Source of `answer(request)`: the page for who takes pages, as browsers do, or says nothing of what is taken; JSON for all others, among them
 * scripts that take anything.
 */
export function ownAnswerCode({ statusCode, statusDescription, page, headers }: OwnAnswer): string {
  const others = Object.entries({ 'cache-control': 'no-store', ...headers }).map(([name, value]) => `,
      ${JSON.stringify(name)}: { value: ${JSON.stringify(value)} }`);
  return `
function answer(request) {
  var accept = request.headers.accept;
  var page = accept === undefined || accept.value.indexOf('text/html') >= 0;
  return {
    statusCode: ${statusCode},
    statusDescription: ${JSON.stringify(statusDescription)},
    headers: {
      'content-type': { value: page ? 'text/html; charset=utf-8' : 'application/json' }${others.join('')}
    },
    body: { encoding: 'text', data: page ? ${JSON.stringify(page)} : ${JSON.stringify(JSON.stringify({ message: statusDescription }))} }
  };
}
`;
}
