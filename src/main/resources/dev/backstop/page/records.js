// History as the page keeps it: 24 hours, of which only what is new is asked for.

import { now } from './format.js';
import { DAY } from './timeline.js';

/** Entries of several processes may come out of order by seconds, in milliseconds. */
const OVERLAP = 60_000;

const known = new Map();
let entries = [];
let byCluster = new Map();
let truncated = false;
const whole = new Map();

/** Reads lines of JSON. */
export function parsed(text) {
  return text.split('\n').filter(line => line !== '').map(line => JSON.parse(line));
}

/** Returns what to ask for: a day at first, then what came since the newest entry. */
export function nextSince() {
  const newest = entries[entries.length - 1]?.time;
  return newest ? new Date(Date.parse(newest) - OVERLAP).toISOString() : '24h';
}

/** Adds an answer, which repeats what came at its first instant; returns whether anything is new. */
export function add(text, isTruncated) {
  truncated ||= isTruncated;
  const fresh = text.split('\n').filter(line => line !== '' && !known.has(line));
  if (fresh.length === 0) {
    return false;
  }
  fresh.forEach(line => known.set(line, JSON.parse(line)));
  const oldest = now() - DAY;
  known.forEach((entry, line) => {
    if (Date.parse(entry.time) < oldest) {
      known.delete(line);
    }
  });
  entries = [...known.values()];
  index();
  return true;
}

function index() {
  byCluster = new Map();
  for (const entry of entries) {
    if (entry.cluster) {
      const some = byCluster.get(entry.cluster);
      if (some) {
        some.push(entry);
      } else {
        byCluster.set(entry.cluster, [entry]);
      }
    }
  }
}

/** Returns all entries of the last day, oldest first. */
export function ofDay() {
  return entries;
}

/** Returns the entries of a cluster, oldest first. */
export function ofCluster(name) {
  const recent = byCluster.get(name) ?? [];
  const older = whole.get(name);
  return older ? [...older.filter(entry => !recent.length || entry.time < recent[0].time), ...recent]
    : recent;
}

/** Returns whether the day of a cluster is to be asked for by itself. */
export function isIncomplete(name) {
  return truncated && !whole.has(name);
}

/** Adds the day of one cluster. */
export function addCluster(name, text) {
  whole.set(name, parsed(text));
}

/** Returns whether the daemon left out older entries of the day. */
export function isTruncated() {
  return truncated;
}
