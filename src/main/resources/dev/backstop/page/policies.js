// The table of policies; what is wrong with a file stands in its row.

import { el, patch } from './dom.js';
import { clustersOf } from './clusters.js';
import { words } from './words.js';

const STEP = 25;
const more = document.getElementById('more-policies');
let limit = STEP;
let latest = [];

/** Prepares the button below the table. */
export function start() {
  more.addEventListener('click', () => {
    limit += 4 * STEP;
    draw();
  });
}

/** Shows the policies, those with trouble first. */
export function show(policies) {
  const trouble = policy => (policy.state === 'valid' ? 1 : 0);
  latest = [...policies].sort((one, other) => trouble(one) - trouble(other)
    || String(one.file).localeCompare(String(other.file)));
  draw();
}

function draw() {
  patch(document.getElementById('policy-table'), [latest.length
    ? el('table', null,
      el('thead', null, el('tr', null, words.policyColumns.map(name => el('th', { scope: 'col' }, name)))),
      el('tbody', null, latest.slice(0, limit).map(row)))
    : el('p', { class: 'none' }, words.noPolicies)]);
  more.hidden = latest.length <= limit;
  more.textContent = words.more(Math.min(4 * STEP, latest.length - limit), latest.length - limit);
}

function row(policy) {
  const good = policy.state === 'valid';
  const clusters = clustersOf(policy);
  return el('tr', { 'data-key': policy.file, class: good ? null : 'trouble' },
    el('th', { scope: 'row' }, policy.name ?? '–'),
    el('td', null, clusters.length ? clusters.join(', ') : words.anyCluster),
    el('td', null, words[policy.data] ?? '–'),
    el('td', null, words[policy.log] ?? '–'),
    el('td', null, policy.mode ?? '–'),
    el('td', null, el('code', null, policy.file),
      good ? null : [' ', el('span', { class: 'badge bad' }, words.fileStates[policy.state] ?? policy.state)],
      policy.error ? el('span', { class: 'error', lang: 'en' }, policy.error) : null));
}
