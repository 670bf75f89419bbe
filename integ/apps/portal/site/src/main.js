import './style.css';
import { list } from './list.js';

const base = import.meta.env.BASE_URL;
const page = document.getElementById('page');
document.getElementById('release').textContent = import.meta.env.VITE_RELEASE ?? 'development';

/** What is shown below which path of the site; a page of its own is loaded when it is first asked for. */
const ROUTES = [
  [/^$/, () => list(base)],
  [/^items\/new$/, async () => (await import('./create.js')).create(base, go)],
  [/^items\/(\d+)$/, async id => (await import('./detail.js')).detail(base, id)],
];

async function show() {
  const path = decodeURI(location.pathname).slice(base.length).replace(/\/$/, '');
  const [, make, match] = ROUTES.map(([pattern, make]) => [pattern, make, pattern.exec(path)]).find(([, , found]) => found !== null) ?? [];
  page.replaceChildren(make === undefined ? heading('There is no such page') : await make(...match.slice(1)));
}

function heading(text) {
  return Object.assign(document.createElement('h1'), { textContent: text });
}

function go(path) {
  history.pushState({}, '', base + path);
  return show();
}

document.addEventListener('click', event => {
  const link = event.target.closest?.('a[data-link]');
  if (link === null || link === undefined) return;
  event.preventDefault();
  void go(link.dataset.link ?? '');
});
window.addEventListener('popstate', show);
void show();
