// The list of clusters: search, problems first, and only as many as a reader looks at.

import { el, patch } from './dom.js';
import { clusterItem } from './cluster.js';
import { GROUPS, group, isProblem, rank, worst } from './states.js';
import { legend } from './timeline.js';
import { language, words } from './words.js';

const STEP = 50;

const list = document.getElementById('cluster-list');
const form = document.getElementById('cluster-filter');
const more = document.getElementById('more-clusters');
const drawn = new Map();
let limit = STEP;
let latest = null;
let historyOf = () => [];

/** Prepares the form; later calls of show draw the list. */
export function start(entriesOf) {
  historyOf = entriesOf;
  const option = (value, text) => el('option', { value }, text);
  form.elements.group.append(option('', words.all), option('problems', words.problems),
    ...GROUPS.map(([name]) => option(name, words.groups[name])));
  document.getElementById('legend').append(...legend());
  form.addEventListener('input', () => {
    limit = STEP;
    draw();
  });
  form.addEventListener('submit', event => event.preventDefault());
  more.addEventListener('click', () => {
    limit += 2 * STEP;
    draw();
  });
}

/** Shows another status. */
export function show(status) {
  latest = status;
  draw();
}

/** Returns the clusters that a policy names; none where it speaks of any. */
export function clustersOf(policy) {
  return policy.clusters ?? (policy.cluster ? [policy.cluster] : []);
}

/** Draws the list again: the filter, the status or the history is another one. */
export function draw() {
  if (!latest) {
    return;
  }
  const text = form.elements.text.value.trim().toLowerCase();
  const wanted = form.elements.group.value;
  const found = latest.clusters.filter(cluster => isShown(cluster, text, wanted)).sort(compare);
  const policies = byCluster(latest.policies);
  const shown = found.slice(0, limit);
  patch(list, shown.length ? shown.map(cluster => item(cluster, policies))
    : [el('p', { class: 'none', role: 'listitem' }, latest.clusters.length ? words.shown(0, latest.clusters.length)
      : words.noClusters)]);
  document.getElementById('shown').textContent = words.shown(found.length, latest.clusters.length);
  more.hidden = found.length <= limit;
  more.textContent = words.more(Math.min(2 * STEP, found.length - limit), found.length - limit);
}

function isShown(cluster, text, wanted) {
  const fits = wanted === '' || (wanted === 'problems' ? isProblem(cluster) : group(cluster) === wanted);
  return fits && (text === '' || text.split(/\s+/).every(word => searched(cluster).includes(word)));
}

/** Returns what a search looks at: name, address, states, tenants. */
function searched(cluster) {
  return [cluster.cluster, cluster.endpoint, cluster.version,
    ...cluster.kinds.flatMap(kind => [kind.state, words.states[kind.state],
      ...kind.jobs.map(job => job.tenant)])]
    .filter(part => part).join(' ').toLowerCase();
}

const names = new Intl.Collator(language, { numeric: true });

function compare(one, other) {
  return rank(worst(one).state) - rank(worst(other).state) || names.compare(one.cluster, other.cluster);
}

function byCluster(policies) {
  const found = new Map();
  for (const policy of policies) {
    for (const name of clustersOf(policy)) {
      found.set(name, [...(found.get(name) ?? []), policy]);
    }
  }
  return found;
}

/** Returns the item of a cluster, the one that is there where nothing has changed. */
function item(cluster, policies) {
  const entries = historyOf(cluster.cluster);
  const ofCluster = policies.get(cluster.cluster) ?? [];
  // A drawing moves by a pixel in some minutes.
  const minutes = Math.floor(Date.now() / 300_000);
  const signature = JSON.stringify([cluster, ofCluster, entries.length, minutes]);
  const before = drawn.get(cluster.cluster);
  if (before?.signature === signature && before.node.isConnected) {
    return before.node;
  }
  const fresh = clusterItem(cluster, ofCluster, entries);
  const there = list.querySelector(`:scope > [data-key="${CSS.escape(cluster.cluster)}"]`);
  drawn.set(cluster.cluster, { signature, node: there ?? fresh });
  return fresh;
}
