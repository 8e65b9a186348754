// One cluster: its line, and what it shows when it is opened.

import { el } from './dom.js';
import { advice, age, command, quoted, when } from './format.js';
import { isProblem, style, worst } from './states.js';
import { axis, timeline } from './timeline.js';
import { language, reasonWords, stateWords, words } from './words.js';

const NARROW = 700;

/**
 * Returns a cluster as details that a reader can open.
 *
 * @param policies those that name the cluster
 * @param entries its history of 24 hours, oldest first
 */
export function clusterItem(cluster, policies, entries) {
  const problem = isProblem(cluster);
  return el('div', { role: 'listitem', 'data-key': cluster.cluster },
    el('details', { class: `cluster ${problem ? 'problem' : ''}` },
      el('summary', null,
        el('span', { class: 'name' }, cluster.cluster),
        el('span', { class: 'badges' }, cluster.kinds.map(badge)),
        el('span', { class: 'strip' }, timeline(cluster, entries, 240)),
        problem ? why(cluster) : null),
      el('div', { class: 'body' },
        facts(cluster),
        cluster.disarmed ? disarming(cluster.disarmed, words.disarmedTitle,
          [`backstop arm ${quoted(cluster.cluster)}`]) : null,
        el('div', { class: 'kinds' }, isSame(cluster.kinds)
          ? kindPanel(cluster, cluster.kinds[0], policies, words.bothTogether)
          : cluster.kinds.map(kind => kindPanel(cluster, kind, policies, words.kinds[kind.kind]))),
        el('div', { class: 'wide' },
          el('div', { class: 'lanes', 'aria-hidden': 'true' },
            cluster.kinds.map(kind => el('span', null, words.kindsShort[kind.kind] ?? kind.kind))),
          timeline(cluster, entries, window.innerWidth < NARROW ? 290 : 1060), axis()),
        el('p', null, el('button', { type: 'button', 'data-history': cluster.cluster },
          words.historyOf(cluster.cluster))))));
}

function badge(kind) {
  return el('span', { class: 'kind-state' },
    el('span', { class: 'kind-name' }, words.kindsShort[kind.kind] ?? kind.kind), ' ',
    el('span', { class: `badge ${style(kind.state)}` }, stateWords(kind.state)));
}

function why(cluster) {
  const kind = worst(cluster);
  const translated = reasonWords(kind);
  return el('span', { class: 'why' },
    el('span', { class: 'because', lang: translated ? language : 'en' }, translated ?? kind.reason),
    todo(cluster, kind, advice, parts => el('span', { class: 'then' }, parts)));
}

/** Returns whether all that there is to say holds for both kinds. */
function isSame(kinds) {
  const said = kind => JSON.stringify({ ...kind, kind: null });
  return kinds.length === 2 && said(kinds[0]) === said(kinds[1]);
}

function facts(cluster) {
  const seen = cluster.kinds[0].observedAt;
  const parts = [
    cluster.version ? `OceanBase ${cluster.version}` : null,
    cluster.endpoint,
    seen ? [words.seen, ' ', age(seen, 'ago')] : words.neverSeen,
    cluster.nextRun ? [words.nextLook, ' ', age(cluster.nextRun, 'ahead')] : null,
    cluster.daemon ? words.daemon(cluster.daemon) : null,
  ];
  return el('p', { class: 'facts' },
    parts.filter(part => part).map(part => el('span', null, part)));
}

/** Returns who disarmed clusters, why and until when, and what ends it. */
export function disarming({ by, reason, until }, title, commands) {
  return el('div', { class: 'notice attention' },
    el('p', null, el('strong', null, title), ' ', words.disarmedBy(by), words.colon, reason),
    el('p', null, until ? [words.until, ' ', when(until), ' (', age(until, 'ahead'), ')']
      : words.untilArmed),
    el('p', null, words.arm, words.colon, commands.map(command)));
}

function kindPanel(cluster, kind, policies, title) {
  const rows = [
    [words.desired, desired(kind, policies)],
    kind.window ? [words.window, windowOf(kind.window)] : null,
    [words.observed, observed(kind)],
    [words.state, [badgeOf(kind), ' ', kind.state === 'UNMANAGED' ? null : age(kind.since, 'lasting')]],
    [words.reason, reason(kind)],
    kind.statements.length ? [words.willSend, el('code', null, kind.statements.join('; '))] : null,
    todo(cluster, kind, command, parts => [words.todo, parts]),
  ];
  return el('section', { class: `kind ${style(kind.state)}` },
    el('h3', null, title ?? kind.kind),
    el('dl', null, rows.filter(row => row).map(([name, value]) =>
      [el('dt', null, name), el('dd', null, value)])),
    jobs(kind));
}

/** Returns the cause in the reader's language, and the daemon's own sentence with the details. */
function reason(kind) {
  const translated = reasonWords(kind);
  const sentence = el('span', { class: translated ? 'sentence' : '', lang: 'en' }, kind.reason);
  return translated ? [el('span', null, translated), sentence] : sentence;
}

function badgeOf(kind) {
  return el('span', { class: `badge ${style(kind.state)}` }, stateWords(kind.state));
}

/** Returns what the policies of a cluster say of a kind. */
function desired(kind, policies) {
  if (policies.length === 0) {
    return words.noPolicy;
  }
  return policies.map(policy => el('span', { class: 'wish' },
    policy[kind.kind] ? [el('strong', null, words[policy[kind.kind]]), ' '] : null,
    policy.name ?? policy.file,
    policy.mode === 'observe' ? ` (${words.observe})` : null,
    policy.state === 'valid' ? null : ` (${words.fileStates[policy.state] ?? policy.state})`));
}

function windowOf({ open, nextChange }) {
  return [el('strong', null, open ? words.windowOpen : words.windowClosed),
    nextChange ? [', ', open ? words.windowCloses : words.windowOpens, ' ', when(nextChange), ' (',
      age(nextChange, 'ahead'), ')'] : null];
}

function observed(kind) {
  if (kind.state === 'UNKNOWN' || !kind.observedAt) {
    return kind.state === 'UNMANAGED' ? '–' : words.notRead;
  }
  const count = kind.jobs.length + (kind.moreJobs ?? 0);
  return count === 0 ? words.nothingRuns : words.jobsRun(count);
}

const COMMANDS = {
  UNKNOWN: 'backstop doctor -c', WRONG_CLUSTER: 'backstop doctor -c', REFUSED: 'backstop doctor -c',
  NOT_VERIFIED: 'backstop history --since 1h -c', CONTESTED: 'backstop history --since 24h -c',
  DISARMED: 'backstop arm', BLOCKED: 'backstop plan -c',
};

/**
 * Returns what releases a kind, or else what tells more about it; null where nothing is to do.
 *
 * @param form how its text is shown: advice or command
 * @param within makes of that what is returned
 */
function todo(cluster, kind, form, within) {
  if (kind.release) {
    return within(form(kind.release, kind.reasonCode, cluster.cluster));
  }
  const more = COMMANDS[kind.state];
  return more ? within(form(`${more} ${quoted(cluster.cluster)}`)) : null;
}

function jobs(kind) {
  if (kind.jobs.length === 0) {
    return null;
  }
  return el('ul', { class: 'jobs', 'aria-label': words.jobs },
    kind.jobs.map(job => el('li', null,
      el('span', { class: 'job' }, words.objects[job.object] ?? job.object,
        job.jobId === null ? null : ` ${job.jobId}`),
      el('span', null, tenant(job)),
      el('span', { class: 'status' }, job.status),
      el('span', { class: `standing ${job.standing}` },
        words.standings[job.standing] ?? job.standing,
        job.policies.length ? ` (${job.policies.join(', ')})` : null),
      job.destination ? el('code', { class: 'destination' }, job.destination) : null)),
    kind.moreJobs ? el('li', null, words.moreJobs(kind.moreJobs)) : null);
}

function tenant(job) {
  if (job.tenantId === 1) {
    return words.wholeCluster;
  }
  return `${words.tenant} ${job.tenant ? `${job.tenant}/` : ''}${job.tenantId}`;
}
