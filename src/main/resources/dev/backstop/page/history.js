// The table of history and its filters.

import { el, patch } from './dom.js';
import { when } from './format.js';
import * as records from './records.js';
import { wordOf, words } from './words.js';

const STEP = 30;
const HOURS = { '1h': 1, '6h': 6, '24h': 24 };

const GROUPS = {
  statements: ['statement', 'statement_result', 'permit_refused', 'stop_proven', 'job_returned',
    'deletion_proven', 'deletion_would_stop', 'destination_recorded', 'force_ended'],
  states: ['state_changed', 'window_opened', 'window_closed'],
  policies: ['policy_added', 'policy_edited', 'policy_broken', 'policy_mended', 'policy_invalid',
    'policy_invalid_ended', 'deletion_noticed', 'deletion_withdrawn', 'deletion_superseded',
    'deletion_counted', 'deletion_forgotten'],
  people: ['deletion_held', 'budget_held', 'budget_released', 'edit_held', 'approved', 'forgotten',
    'disarmed', 'armed'],
  daemon: ['daemon_started', 'daemon_stopped', 'store_created', 'store_replaced', 'store_restored',
    'conf_loaded', 'conf_rejected'],
};

const form = document.getElementById('history-filter');
const more = document.getElementById('more-history');
const note = document.getElementById('history-note');
let limit = STEP;
let older = null;
let asked = 0;

/** Prepares the filters. */
export function start() {
  const fill = (name, options) => form.elements[name].append(
    ...options.map(([value, text]) => el('option', { value }, text)));
  fill('kind', [['', words.bothKinds], ['data', words.kinds.data], ['log', words.kinds.log]]);
  fill('event', [['', words.allEvents], ...Object.keys(GROUPS).map(key => [key, words.eventGroups[key]])]);
  fill('since', Object.entries(words.periods));
  form.elements.since.value = '24h';
  form.addEventListener('input', () => {
    limit = STEP;
    change();
  });
  form.addEventListener('submit', event => event.preventDefault());
  more.addEventListener('click', () => {
    limit += 4 * STEP;
    draw();
  });
}

/** Shows the history of one cluster, and leads a reader there. */
export function showCluster(name) {
  form.elements.cluster.value = name;
  form.dispatchEvent(new Event('input'));
  const title = document.getElementById('history');
  title.focus({ preventScroll: true });
  title.scrollIntoView();
}

/** Asks for what lies further back than the day that is kept, where the period does. */
async function change() {
  const turn = ++asked;
  older = null;
  draw();
  if (!(form.elements.since.value in HOURS)) {
    note.textContent = words.loading;
    try {
      const answer = await fetch(`api/v1/history?since=${form.elements.since.value}`);
      const text = await answer.text();
      if (turn !== asked) {
        return;
      }
      if (!answer.ok) {
        note.textContent = `${words.historyFailed} ${text}`;
        return;
      }
      older = { entries: records.parsed(text), truncated: answer.headers.has('Backstop-Truncated') };
    } catch {
      note.textContent = words.historyFailed;
      return;
    }
  }
  draw();
}

/** Draws the table again, with what is new. */
export function draw() {
  const newest = older ? older.entries[older.entries.length - 1]?.time ?? '' : '';
  const all = older ? [...older.entries, ...records.ofDay().filter(entry => entry.time > newest)]
    : records.ofDay();
  const found = all.filter(filter()).reverse();
  patch(document.getElementById('history-table'), [found.length
    ? el('table', { class: 'history' },
      el('thead', null, el('tr', null, words.historyColumns.map(name => el('th', { scope: 'col' }, name)))),
      el('tbody', null, found.slice(0, limit).map(row)))
    : el('p', { class: 'none' }, words.noHistory)]);
  note.textContent = (older ? older.truncated : records.isTruncated()) ? words.truncated : '';
  more.hidden = found.length <= limit;
  more.textContent = words.more(Math.min(4 * STEP, found.length - limit), found.length - limit);
}

function filter() {
  const cluster = form.elements.cluster.value.trim().toLowerCase();
  const kind = form.elements.kind.value;
  const events = GROUPS[form.elements.event.value];
  const hours = HOURS[form.elements.since.value];
  const from = hours ? new Date(Date.now() - hours * 3_600_000).toISOString() : '';
  return entry => (cluster === '' || (entry.cluster ?? '').toLowerCase().includes(cluster))
    && (kind === '' || entry.kind === kind || entry.kind === null)
    && (!events || events.includes(entry.event))
    && entry.time >= from;
}

const STYLES = {
  stop_proven: 'good', deletion_proven: 'good', policy_mended: 'good', statement: 'strong',
  statement_result: 'strong', job_returned: 'attention', deletion_held: 'attention',
  budget_held: 'attention', edit_held: 'attention', disarmed: 'attention', conf_rejected: 'bad',
  policy_broken: 'bad', policy_invalid: 'bad', permit_refused: 'bad', store_replaced: 'bad',
};

function row(entry) {
  return el('tr', null,
    el('td', { class: 'time' }, when(entry.time)),
    el('td', null, entry.cluster ?? '–',
      entry.kind ? [' ', el('span', { class: 'kind-name' }, words.kindsShort[entry.kind] ?? entry.kind)] : null),
    el('td', null, el('span', { class: `event ${STYLES[entry.event] ?? ''}` }, wordOf('events', entry.event))),
    el('td', null, details(entry)),
    el('td', null, entry.by));
}

function details(entry) {
  const jobs = entry.jobsAfter.length ? [words.after, entry.jobsAfter] : [words.before, entry.jobsBefore];
  return [
    entry.policy ? el('span', { class: 'policy' }, entry.policy, ' ') : null,
    entry.statement ? [el('code', null, entry.statement), ' '] : null,
    isSaid(entry) ? null : [el('strong', null, wordOf('outcomes', entry.outcome)), ' '],
    el('span', { lang: 'en' }, entry.reason),
    jobs[1].length ? el('span', { class: 'jobs-then' }, ` ${jobs[0]}${words.colon}`, jobs[1].map(title).join(', ')) : null,
  ];
}

/** Returns whether the reason begins with the outcome, or there is none. */
function isSaid(entry) {
  return !entry.outcome || entry.reason.startsWith(wordOf('outcomes', entry.outcome));
}

function title(job) {
  const id = job.jobId === null ? '' : ` ${job.jobId}`;
  return `${words.objects[job.object] ?? job.object}${id} (${job.status})`;
}
