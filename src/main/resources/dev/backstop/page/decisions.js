// What waits for a person: held sets, disarmings, files that are not read.

import { el, patch } from './dom.js';
import { age, command } from './format.js';
import { disarming } from './cluster.js';
import { words } from './words.js';

const MOST_DISARMED = 10;

/** Shows what waits for a person, above the clusters. */
export function show(status) {
  const disarmed = status.clusters.filter(cluster => cluster.disarmed);
  patch(document.getElementById('decisions'), [
    ...(status.held.length ? [heldSection(status.held)] : []),
    ...(disarmed.length ? [disarmedSection(disarmed)] : []),
    ...(status.ignoredFiles?.length ? [ignored(status.ignoredFiles)] : []),
    ...(status.awaitingStart?.length ? [awaiting(status.awaitingStart)] : []),
  ]);
}

function heldSection(sets) {
  return el('section', { 'data-key': 'held' },
    el('h2', null, words.heldTitle(sets.length)), sets.map(heldSet));
}

function heldSet(set) {
  const row = (name, value) => [el('dt', null, name), el('dd', null, value)];
  return el('div', { class: 'notice attention', 'data-key': set.id },
    el('h3', null, words.heldSet, ' ', el('code', null, set.id), ' ', age(set.since, 'lasting')),
    el('dl', null,
      row(words.reason, words.holds[set.reason] ?? set.reason),
      set.clusters.length ? row(words.clustersConcerned, set.clusters.join(', ')) : null,
      set.policies.length ? row(words.policiesConcerned, set.policies.join(', ')) : null,
      row(words.release, command(set.release))));
}

function disarmedSection(clusters) {
  return el('section', { 'data-key': 'disarmed' },
    el('h2', null, words.disarmedTitle),
    clusters.slice(0, MOST_DISARMED).map(cluster => disarming(cluster, cluster.cluster)),
    clusters.length > MOST_DISARMED ? el('p', null, words.moreJobs(clusters.length - MOST_DISARMED))
      : null);
}

function ignored(files) {
  return el('section', { 'data-key': 'ignored' },
    el('details', { class: 'notice quiet' },
      el('summary', null, words.ignored, ` (${files.length})`),
      el('ul', null, files.map(one => el('li', null, el('code', null, one.file), ' ', one.reason)))));
}

function awaiting(keys) {
  return el('p', { class: 'notice quiet', 'data-key': 'awaiting' }, words.awaiting, words.colon, keys.join(', '));
}
