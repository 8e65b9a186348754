// Asks the daemon again and again, and shows what it answers or that it does not.

import * as clusters from './clusters.js';
import * as decisions from './decisions.js';
import { el, patch } from './dom.js';
import { age, command, synchronize, tick } from './format.js';
import * as history from './history.js';
import * as policies from './policies.js';
import * as records from './records.js';
import { isProblem, sum } from './states.js';
import { translate, words } from './words.js';

const TIMEOUT = 10_000;
const MANY_CLUSTERS = 200;

let answered = null;
let interval = 2000;
let timer = 0;

async function ask(path) {
  const answer = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT) });
  return { answer, text: await answer.text() };
}

/** Asks for everything once, and plans the next time. */
async function poll() {
  clearTimeout(timer);
  try {
    await Promise.all([pollStatus(), pollHistory()]);
    interval = document.hidden ? 15_000 : (answered?.clusters ?? 0) > MANY_CLUSTERS ? 5000 : 2000;
  } catch {
    showTrouble([gone()]);
    interval = 2000;
  }
  timer = setTimeout(poll, interval);
}

async function pollStatus() {
  const [status, ready] = await Promise.all([ask('api/v1/status'), ask('readyz')]);
  if (status.answer.status === 503) {
    showTrouble([notice('attention', words.busy)]);
    return;
  }
  if (!status.answer.ok) {
    throw new Error(`status ${status.answer.status}`);
  }
  synchronize(status.answer.headers.get('Date'));
  const tree = JSON.parse(status.text);
  answered = { at: new Date().toISOString(), clusters: tree.clusters.length };
  showTrouble(ready.answer.ok ? [] : [notice('bad', words.notReady, ' ', el('span', { lang: 'en' }, ready.text))]);
  document.getElementById('main').classList.remove('stale');
  patch(document.getElementById('age-of-all'), []);
  show(tree);
}

async function pollHistory() {
  const { answer, text } = await ask(`api/v1/history?since=${encodeURIComponent(records.nextSince())}`);
  if (answer.ok && records.add(text, answer.headers.has('Backstop-Truncated'))) {
    history.draw();
    clusters.draw();
  }
}

function show(status) {
  const parts = sum(status.clusters).map(([group, count]) => words.part(count, group));
  const line = status.clusters.length ? words.sum(status.clusters.length, parts) : words.noClusters;
  setText('summary', line);
  document.getElementById('summary').className = status.clusters.some(isProblem) ? 'attention' : 'good';
  document.title = `${parts.length > 1 ? parts.slice(1).join(', ') : line} – Backstop`;
  const daemon = status.clusters.find(cluster => cluster.daemon)?.daemon;
  setText('daemon', daemon ?? '');
  patch(document.getElementById('freshness'),
    [el('span', { class: 'live' }, words.live), age(answered.at, 'ago')]);
  decisions.show(status);
  clusters.show(status);
  policies.show(status.policies);
}

/** A live region is read again with each change of its text. */
function setText(id, text) {
  const node = document.getElementById(id);
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

function gone() {
  document.getElementById('main').classList.add('stale');
  document.title = `${words.gone} – Backstop`;
  patch(document.getElementById('freshness'), []);
  // Outside of the alert, which would be read out with every second.
  patch(document.getElementById('age-of-all'), answered ? [notice('bad', words.goneSince, words.colon,
    age(answered.at, 'ago'), words.stop, words.goneMeaning)] : []);
  return notice('bad', el('strong', null, words.gone), ' ', words.todo, words.colon,
    command('systemctl status backstop'));
}

function notice(style, ...children) {
  return el('p', { class: `notice ${style}` }, children);
}

function showTrouble(notices) {
  patch(document.getElementById('trouble'), notices);
}

function onClick(event) {
  const button = event.target.closest('button');
  if (button?.dataset.copy) {
    navigator.clipboard.writeText(button.dataset.copy).then(() => {
      button.textContent = words.copied;
      setTimeout(() => { button.textContent = words.copy; }, 1500);
    });
  } else if (button?.dataset.history) {
    history.showCluster(button.dataset.history);
  }
}

/** Completes the drawing of a cluster that a reader opens, where the daemon cut the day of all. */
async function onToggle(event) {
  const name = event.target.closest('[data-key]')?.dataset.key;
  if (event.target.open && name && records.isIncomplete(name)) {
    const { answer, text } = await ask(`api/v1/history?since=24h&cluster=${encodeURIComponent(name)}`);
    if (answer.ok) {
      records.addCluster(name, text);
      clusters.draw();
    }
  }
}

translate();
document.getElementById('summary').textContent = words.loading;
clusters.start(records.ofCluster);
policies.start();
history.start();
document.addEventListener('click', onClick);
document.getElementById('cluster-list').addEventListener('toggle', onToggle, true);
document.addEventListener('visibilitychange', () => { if (!document.hidden) { poll(); } });
setInterval(tick, 1000);
poll();
