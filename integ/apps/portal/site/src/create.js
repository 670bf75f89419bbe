import { ask } from './api.js';

/** A form for a new item, which leads to it. */
export function create(base, go) {
  const form = document.createElement('form');
  const title = Object.assign(document.createElement('input'), { name: 'title', required: true });
  const label = document.createElement('label');
  label.append('Title ', title);
  form.append(label, Object.assign(document.createElement('button'), { textContent: 'Create' }));
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const { id } = await ask('/items', { method: 'POST', body: JSON.stringify({ title: title.value }) });
    await go(`items/${id}`);
  });
  return form;
}
