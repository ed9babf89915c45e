// One state of two: of two windows that show the course, or of this browser and a file from another one.

import { merge, newAttempts, newState } from '../../state.js';

/** @typedef {import('../../types.js').State} State */
/** @typedef {import('../../types.js').Attempts} Attempts */
/** @typedef {import('../../types.js').Raw} Raw */
/** @typedef {import('../../course.js').Course} Course */

/** Whether two answers, or two records of attempts, are the same. @param {Raw | Attempts | undefined} a @param {Raw | Attempts | undefined} b */
function isSame(a, b) {
  const plain = (/** @type {string} */ _, /** @type {any} */ value) =>
    value instanceof Map ? [...value].sort(([one], [other]) => one - other) : value;
  return JSON.stringify(a, plain) === JSON.stringify(b, plain);
}

/** The answers that are new since `base`. @param {Map<number, Raw>} answers @param {Map<number, Raw>} base */
function changed(answers, base) {
  return new Map([...answers].filter(([slot, raw]) => !isSame(raw, base.get(slot))));
}

/**
 * What a window did in an assessment since `base`.
 * @param {Attempts} current
 * @param {Attempts} base
 * @param {Attempts | undefined} stored what another window has written meanwhile
 * @returns {Attempts}
 */
function attemptsSince(current, base, stored) {
  if (!stored) return current;
  const used = current.used - base.used;
  const isOne = stored.phase > 0 && stored.seed === current.seed;
  // Both windows show the same attempt: once one of them has submitted it, it is over.
  if (isOne && stored.phase === 2) {
    const over = current.phase === 2 ? current : stored;
    return { ...over, used: Math.max(current.used, stored.used) - stored.used };
  }
  if (!isOne || current.phase !== 1) return { ...current, used };
  const answers = new Map([...stored.answers, ...changed(current.answers, base.answers)]);
  return { ...current, used, answers };
}

/**
 * What another window has written, and what this one has done since `base`, the last state that both have known.
 * @param {State} stored
 * @param {State} current
 * @param {State} base
 */
export function mergeSince(stored, current, base) {
  /** @type {State['attempts']} */
  const attempts = new Map();
  for (const [slot, now] of current.attempts) {
    const before = base.attempts.get(slot) ?? newAttempts();
    if (!isSame(now, before)) attempts.set(slot, attemptsSince(now, before, stored.attempts.get(slot)));
  }
  return merge(stored, {
    ...current,
    page: current.page === base.page ? null : current.page,
    checks: changed(current.checks, base.checks),
    attempts,
  });
}

/**
 * What is here, and a copy from elsewhere, which wins where they disagree. To add the same copy again changes nothing.
 * @param {State} here
 * @param {State} copy
 */
export function mergeCopy(here, copy) {
  /** @type {State['attempts']} */
  const attempts = new Map();
  for (const [slot, other] of copy.attempts) {
    const used = here.attempts.get(slot)?.used ?? 0;
    attempts.set(slot, { ...other, used: Math.max(0, other.used - used) });
  }
  return merge(here, { ...copy, attempts });
}

/** Shows another state in the place of this one. @param {Course} player @param {State} state */
function replace(player, state) {
  const before = player.state;
  player.state = state;
  player.restore(
    (slot) => !isSame(before.checks.get(slot), state.checks.get(slot)),
    (slot) => !isSame(before.attempts.get(slot), state.attempts.get(slot)),
  );
  player.refresh();
}

/** @param {Course} player @param {string} theirs what another window has written @param {string} known what both have known before */
export function mergeWindow(player, theirs, known) {
  const stored = player.decode(theirs);
  if (!stored) return;
  player.keep();
  replace(player, mergeSince(stored.state, player.state, player.decode(known)?.state ?? newState()));
}

/**
 * Adds a state from elsewhere, and goes to its place.
 * @param {import('../../types.js').Data} data
 * @param {Course} player
 * @param {string} text
 * @returns {boolean} false if it is none of this course
 */
export function addCopy({ pages }, player, text) {
  const copy = player.decode(text);
  if (!copy) return false;
  player.keep();
  replace(player, mergeCopy(player.state, copy.state));
  const place = pages.findIndex(({ slot }) => slot === copy.state.page);
  if (place >= 0) player.pages.show(place);
  player.changed();
  return true;
}
