// Times, ages and commands as people read them.

import { language, releaseWords, words } from './words.js';
import { el } from './dom.js';

/** How long after its time a look may still be under way, in milliseconds. */
const GRACE = 10_000;

let offset = 0;

/** Sets what the server's clock is ahead of the browser's, by the date of an answer. */
export function synchronize(date) {
  const server = Date.parse(date ?? '');
  if (!Number.isNaN(server)) {
    const ahead = server - Date.now();
    // The date has whole seconds: smaller differences are none.
    offset = Math.abs(ahead) < 2000 ? 0 : ahead;
  }
}

/** Returns the time of the server's clock in milliseconds. */
export function now() {
  return Date.now() + offset;
}

const UNITS = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1000]];

const units = Object.fromEntries(UNITS.map(([unit]) => [unit,
  new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' })]));

/** Returns a span in its one or two largest units, as in "2 hr 5 min". */
export function span(milliseconds) {
  const whole = Math.max(0, milliseconds);
  const first = UNITS.findIndex(([, size]) => whole >= size);
  if (first < 0) {
    return units.second.format(0);
  }
  const [unit, size] = UNITS[first];
  const major = units[unit].format(Math.floor(whole / size));
  const next = UNITS[first + 1];
  // From ten of a unit on, the next smaller one says nothing that matters.
  const minor = next && whole < 10 * size ? Math.floor((whole % size) / next[1]) : 0;
  return minor ? `${major} ${units[next[0]].format(minor)}` : major;
}

const clock = new Intl.DateTimeFormat(language,
  { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' });

/** Returns a time of today as a clock shows it, and another one with its day. */
export function time(instant) {
  const then = new Date(instant);
  const today = new Date(now()).toDateString() === then.toDateString();
  return today ? clock.format(then) : `${day.format(then)} ${clock.format(then)}`;
}

/** Returns a time element; the tooltip has the instant in UTC. */
export function when(instant) {
  return el('time', { datetime: instant, title: instant }, time(instant));
}

/**
 * Returns an age that goes on by itself.
 *
 * @param form a name of words.ages: ago, lasting or ahead
 */
export function age(instant, form) {
  return el('time', { datetime: instant, title: `${time(instant)} · ${instant}`, 'data-age': form,
    class: isOverdue(instant, form) ? 'overdue' : null }, aged(instant, form));
}

function isOverdue(instant, form) {
  return form === 'ahead' && now() - Date.parse(instant) >= GRACE;
}

function aged(instant, form) {
  const passed = now() - Date.parse(instant);
  if (form !== 'ahead') {
    return words.ages[form](span(passed));
  }
  return passed <= 0 ? words.ages.ahead(span(-passed))
    : words.ages[isOverdue(instant, form) ? 'overdue' : 'due'](span(passed));
}

/** Brings every age on the page up to now. */
export function tick() {
  for (const node of document.querySelectorAll('time[data-age]')) {
    const text = aged(node.dateTime, node.dataset.age);
    if (node.textContent !== text) {
      node.textContent = text;
      node.classList.toggle('overdue', isOverdue(node.dateTime, node.dataset.age));
    }
  }
}

/** Returns a word as a shell takes it. */
export function quoted(word) {
  return /^[\w.@%+:,/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

const COMMAND = new RegExp('(' + [
  'backstop (?:approve|forget) [^\\s,;]+ --reason R', 'backstop arm [^\\s,;]+',
  "backstop (?:doctor|plan|history|status)(?: -[\\w-]+ (?:'[^']*'|[^\\s,;]+))*", 'systemctl status \\w+',
].join('|') + ')');

/**
 * Returns what a reader is to do, its commands set off from its words.
 *
 * @param text in English, as the daemon or this page wrote it
 * @param code the reason of which it is the release, for the reader's language; absent for a command
 * @param cluster of which cluster it speaks; absent for several
 */
export function advice(text, code, cluster) {
  return phrase(text, code, cluster, part => el('code', null, part));
}

/** Returns the same with a button after each command that copies it. */
export function command(text, code, cluster) {
  return phrase(text, code, cluster,
    part => el('span', { class: 'command' }, el('code', null, part), copy(part)));
}

function phrase(text, code, cluster, show) {
  const translated = releaseWords(code, text.split(COMMAND).filter((part, index) => index % 2), cluster);
  return el('span', { class: 'advice', lang: translated ? language : 'en' },
    (translated ?? text).split(COMMAND).map((part, index) => (index % 2 ? show(part) : part)));
}

function copy(text) {
  return navigator.clipboard ? [' ', el('button', { type: 'button', class: 'copy', lang: language,
    'data-copy': text, 'aria-label': `${words.copy}: ${text}` }, words.copy)] : null;
}
