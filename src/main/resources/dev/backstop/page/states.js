// States in the order of the sum, the worst first, and what they mean to a reader.

/** Words of the sum, each with the states that it counts. The order is that of `backstop status`. */
export const GROUPS = [
  ['wrong_cluster', ['WRONG_CLUSTER']],
  ['unknown', ['UNKNOWN']],
  ['unsupported', ['UNSUPPORTED']],
  ['not_verified', ['NOT_VERIFIED']],
  ['refused', ['REFUSED']],
  ['contested', ['CONTESTED']],
  ['blocked', ['BLOCKED']],
  ['held', ['HELD']],
  ['disarmed', ['DISARMED']],
  ['would_stop', ['WOULD_STOP']],
  ['stopping', ['STOPPING', 'DRIFTED']],
  ['as_wanted', ['PERMITTED', 'STOPPED']],
  ['unmanaged', ['UNMANAGED']],
];

const RANKS = new Map(GROUPS.flatMap(([, states], rank) => states.map(state => [state, rank])));

/** Returns the rank of a state, 0 for the worst; a state of a later version is among the worst. */
export function rank(state) {
  return RANKS.get(state) ?? 1;
}

/** Returns the worse kind of a cluster. */
export function worst(cluster) {
  return cluster.kinds.reduce((one, other) => (rank(other.state) < rank(one.state) ? other : one));
}

/** Returns the word of the sum that counts a cluster. */
export function group(cluster) {
  return GROUPS[rank(worst(cluster).state)][0];
}

/** Returns whether a cluster needs a reader's attention. */
export function isProblem(cluster) {
  return !['as_wanted', 'unmanaged'].includes(group(cluster));
}

const STYLES = {
  PERMITTED: 'good', STOPPED: 'good', UNMANAGED: 'quiet', WOULD_STOP: 'quiet',
  DRIFTED: 'attention', STOPPING: 'attention', DISARMED: 'attention', HELD: 'attention',
  BLOCKED: 'attention', CONTESTED: 'attention',
};

/** Returns the style of a state: good, attention, bad or quiet. */
export function style(state) {
  return STYLES[state] ?? 'bad';
}

/** Counts clusters by word: as wanted first, then the worst first; none with 0. */
export function sum(clusters) {
  const counts = new Map(GROUPS.map(([word]) => [word, 0]));
  for (const cluster of clusters) {
    const word = group(cluster);
    counts.set(word, counts.get(word) + 1);
  }
  const wanted = counts.get('as_wanted');
  counts.delete('as_wanted');
  return [['as_wanted', wanted], ...counts].filter(([, count]) => count > 0);
}
