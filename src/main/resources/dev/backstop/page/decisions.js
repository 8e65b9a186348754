// What waits for a person: held sets, disarmings, files that are not read.

import { el, patch } from './dom.js';
import { age, command, quoted } from './format.js';
import { disarming } from './cluster.js';
import { words } from './words.js';

const MOST_SHOWN = 10;
const MOST_COMMANDS = 3;

/** Shows what waits for a person, above the clusters. */
export function show(status) {
  const disarmed = disarmings(status.clusters);
  patch(document.getElementById('decisions'), [
    ...(status.held.length ? [heldSection(status.held)] : []),
    ...(disarmed.length ? [disarmedSection(disarmed, status.clusters.length)] : []),
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
      set.clusters.length ? row(words.clustersConcerned, shortened(set.clusters)) : null,
      set.policies.length ? row(words.policiesConcerned, shortened(set.policies)) : null,
      row(words.release, command(set.release, set.reason))));
}

/** Returns each disarming once with the names of its clusters: one of --all is shown on each. */
function disarmings(clusters) {
  const found = new Map();
  for (const { cluster, disarmed } of clusters.filter(one => one.disarmed)) {
    const key = JSON.stringify(disarmed);
    found.set(key, { disarmed, names: [...(found.get(key)?.names ?? []), cluster] });
  }
  return [...found.values()];
}

function disarmedSection(all, clusters) {
  return el('section', { 'data-key': 'disarmed' },
    el('h2', null, words.disarmedTitle),
    all.slice(0, MOST_SHOWN).map(({ disarmed, names }) => {
      const isAll = names.length > 1 && names.length === clusters;
      return disarming(disarmed, isAll ? words.all : shortened(names),
        isAll ? ['backstop arm --all']
          : names.slice(0, MOST_COMMANDS).map(name => `backstop arm ${quoted(name)}`));
    }),
    all.length > MOST_SHOWN ? el('p', null, words.moreJobs(all.length - MOST_SHOWN)) : null);
}

function shortened(names) {
  const shown = names.slice(0, MOST_SHOWN).join(', ');
  return names.length > MOST_SHOWN ? `${shown} ${words.moreJobs(names.length - MOST_SHOWN)}` : shown;
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
