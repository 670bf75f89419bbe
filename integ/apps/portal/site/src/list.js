import { ask } from './api.js';

/** All items, and the way to a new one. */
export async function list(base) {
  const section = document.createElement('section');
  const items = await ask('/items');
  section.append(
    Object.assign(document.createElement('h1'), { textContent: 'Items' }),
    link(base, 'items/new', 'New item'),
    ...items.map(({ id, title }) => link(base, `items/${id}`, title)),
  );
  return section;
}

function link(base, path, text) {
  const anchor = Object.assign(document.createElement('a'), { href: base + path, textContent: text });
  anchor.dataset.link = path;
  return anchor;
}
