import { ask } from './api.js';

/** One item, or what the API says of it. */
export async function detail(base, id) {
  const title = await ask(`/items/${id}`).then(item => item.title, error => error.message);
  return Object.assign(document.createElement('h1'), { textContent: title });
}
