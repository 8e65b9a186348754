// The last 24 hours of a cluster as a drawing: what ran, what was sent, what was proven.

import { svg, el } from './dom.js';
import { now } from './format.js';
import { style } from './states.js';
import { words } from './words.js';

export const DAY = 86_400_000;

/** Heights of a kind's lane, in a line of the list and below it. */
const LOW = 16;
const HIGH = 24;
/** Drawings narrower than this are lines of the list. */
const LIST = 260;
const KINDS = ['data', 'log'];

/**
 * Returns the drawing of a cluster.
 *
 * @param entries the cluster's history, oldest first
 * @param width in pixels, as it is meant to be shown
 */
export function timeline(cluster, entries, width) {
  const height = width < LIST ? LOW : HIGH;
  const end = now();
  const start = end - DAY;
  const x = instant => Math.round((Math.max(0, instant - start) / DAY) * width * 10) / 10;
  const told = entries.filter(entry => Date.parse(entry.time) >= start);
  const lanes = cluster.kinds.filter(kind => KINDS.includes(kind.kind))
    .map((kind, row) => lane(kind, ofKind(told, kind.kind), row, height, x, end, width));
  const stories = cluster.kinds.map(kind => story(kind.kind, ofKind(told, kind.kind)));
  return svg('svg', {
    class: 'timeline', role: 'img', viewBox: `-5 0 ${width + 10} ${2 * height}`,
    'aria-label': `${cluster.cluster}, ${words.timeline}. ${stories.join('. ')}`,
  }, ticks(width, 2 * height), lanes);
}

/** Returns the hours below a drawing. */
export function axis() {
  return el('div', { class: 'axis', 'aria-hidden': 'true' },
    [24, 18, 12, 6, 0].map(hours => el('span', null, words.hours(hours))));
}

/** Returns what the marks mean. */
export function legend() {
  const sample = (name, ...shapes) => el('span', null,
    svg('svg', { viewBox: '0 0 16 14', width: 16, height: 14, 'aria-hidden': 'true' }, shapes),
    ` ${words.timelineLegend[name]}`);
  return [
    sample('runs', svg('rect', { class: 'attention runs', x: 0, y: 2, width: 16, height: 10 })),
    sample('statement', statementMark(8, 4)),
    sample('proven', provenMark(8, 10)),
    sample('returned', returnMark(8, 7)),
    sample('edge', edgeMark(8, 0, 14)),
    sample('good', svg('rect', { class: 'good idle', x: 0, y: 5.5, width: 16, height: 3 })),
    sample('unknown', svg('rect', { class: 'bad idle', x: 0, y: 5.5, width: 16, height: 3 })),
  ];
}

function ofKind(entries, kind) {
  return entries.filter(entry => entry.kind === kind);
}

function count(entries, event) {
  return entries.filter(entry => entry.event === event).length;
}

function story(kind, entries) {
  return words.story(kind, count(entries, 'statement'), count(entries, 'stop_proven'),
    count(entries, 'job_returned'));
}

function ticks(width, height) {
  return [0, 6, 12, 18, 24].map(hours => svg('line', { class: 'tick', x1: hours * width / 24,
    x2: hours * width / 24, y1: 0, y2: height }));
}

function lane(kind, entries, row, height, x, end, width) {
  const middle = (row + 0.5) * height;
  return svg('g', null,
    svg('line', { class: 'base', x1: 0, x2: width, y1: middle, y2: middle }),
    spans(kind, entries, end).map(one => bar(one, middle, height, x)),
    entries.map(entry => mark(entry, x(Date.parse(entry.time)), middle, height / 2)));
}

/** Cuts the day at changes of state; what was before the first one that is known stays empty. */
function spans(kind, entries, end) {
  const changes = entries.filter(entry => entry.event === 'state_changed');
  const found = changes.map((entry, index) => ({
    state: entry.reason.split(':', 1)[0],
    runs: entry.jobsBefore.length > 0,
    from: Date.parse(entry.time),
    to: index + 1 < changes.length ? Date.parse(changes[index + 1].time) : end,
  }));
  const since = Date.parse(kind.since);
  const last = found[found.length - 1];
  if (last?.state !== kind.state && kind.state !== 'UNMANAGED' && !Number.isNaN(since)) {
    if (last) {
      last.to = Math.max(last.from, since);
    }
    found.push({ state: kind.state, from: since, to: end });
  }
  if (found.length > 0) {
    // What runs now is known; jobs of an unchanged state come and go without an entry.
    found[found.length - 1].runs = kind.jobs.length > 0;
  }
  return found;
}

function bar({ state, runs, from, to }, middle, lane, x) {
  const height = runs ? 0.45 * lane : 3;
  return svg('rect', { class: `${style(state)} ${runs ? 'runs' : 'idle'}`, x: x(from),
    y: middle - height / 2, width: Math.max(1.5, x(to) - x(from)), height });
}

function mark(entry, x, y, half) {
  switch (entry.event) {
    case 'statement': return statementMark(x, y - half);
    case 'stop_proven': return provenMark(x, y + half);
    case 'job_returned': return returnMark(x, y);
    case 'window_opened':
    case 'window_closed': return edgeMark(x, y - half, y + half);
    default: return null;
  }
}

function statementMark(x, y) {
  return svg('path', { class: 'mark statement', d: `M${x - 4} ${y}h8l-4 7z` });
}

function provenMark(x, y) {
  return svg('circle', { class: 'mark proven', cx: x, cy: y - 3.5, r: 3.5 });
}

function edgeMark(x, top, bottom) {
  return svg('line', { class: 'edge', x1: x, x2: x, y1: top, y2: bottom });
}

function returnMark(x, y) {
  return svg('path', { class: 'mark returned', d: `M${x} ${y - 5}l5 5l-5 5l-5 -5z` });
}
