// Chooses the language by what the browser prefers, and names what the server sends as words.

import { chinese } from './chinese.js';
import { english } from './english.js';

const known = { en: english, zh: chinese };

const preferred = (navigator.languages ?? [navigator.language])
  .map(tag => tag.toLowerCase().split('-')[0])
  .find(tag => tag in known) ?? 'en';

/** All texts of the page in the reader's language. */
export const words = known[preferred];

/** The language's tag, for dates and numbers too. */
export const language = words.tag;

/** Returns a state as people read it, with its own word after a translation. */
export function stateWords(state) {
  const translated = words.states[state];
  return translated ? `${translated} ${state}` : state;
}

/** Returns the cause of a kind's state in the reader's language; null where that is the daemon's. */
export function reasonWords(kind) {
  return words.reasons[kind.reasonCode] ?? null;
}

/**
 * Returns what releases a state or a held set in the reader's language; null where that is the daemon's.
 *
 * @param code why: a reason code or the reason of a held set
 * @param commands those of the daemon's own sentence, in its order
 */
export function releaseWords(code, commands, cluster) {
  return words.releases[code]?.(commands, cluster) ?? null;
}

/** Returns an event or an outcome as people read it. */
export function wordOf(list, word) {
  return words[list][word] ?? word.replaceAll('_', ' ');
}

/** Writes the texts of the page that stand in its HTML. */
export function translate() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll('[data-text]')) {
    node.textContent = words[node.dataset.text];
  }
  document.getElementById('zone').textContent =
    words.zone(Intl.DateTimeFormat().resolvedOptions().timeZone);
}
