const api = import.meta.env.VITE_API ?? '/backend';

/** What the API answers, or what it says of why not. */
export async function ask(path, options) {
  const answer = await fetch(`${api}${path}`, { ...options, headers: { accept: 'application/json', 'content-type': 'application/json' } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.message);
  return body;
}
