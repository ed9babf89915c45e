// The learner's state: what is kept of a learner in a course, and how two states become one.

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Attempts} Attempts */
/** @typedef {import('./types.js').Raw} Raw */

/** @returns {State} */
export function newState() {
  return {
    page: null,
    visited: new Set(),
    attempts: new Map(),
    checks: new Map(),
    done: null,
    reported: null,
  };
}

/** @returns {Attempts} */
export function newAttempts() {
  return { used: 0, best: null, last: null, phase: 0, seed: 0, place: 0, seconds: 0, answers: new Map() };
}

/**
 * What was kept, and what the learner has done since without it: nothing of either is lost.
 * @param {State} stored
 * @param {State} current
 * @returns {State}
 */
export function merge(stored, current) {
  const state = {
    page: current.page ?? stored.page,
    visited: new Set([...stored.visited, ...current.visited]),
    attempts: new Map(stored.attempts),
    checks: new Map([...stored.checks, ...current.checks]),
    done: stored.done ?? current.done,
    reported: stored.reported,
  };
  for (const [slot, now] of current.attempts) {
    const before = stored.attempts.get(slot);
    const best = Math.max(now.best ?? -1, before?.best ?? -1);
    const source = now.phase || !before ? now : before;
    state.attempts.set(slot, {
      ...source,
      used: now.used + (before?.used ?? 0),
      best: best < 0 ? null : best,
    });
  }
  return state;
}

/**
 * Forgets slots that the course no longer has.
 * @param {State} state
 * @param {import('./types.js').Data} data
 */
export function dropUnknown(state, data) {
  /** @param {Iterable<number>} slots @param {{slot: number}[]} items @param {{delete: (slot: number) => void}} kept */
  const drop = (slots, items, kept) => {
    const known = new Set(items.map(({ slot }) => slot));
    for (const slot of slots) if (!known.has(slot)) kept.delete(slot);
  };
  drop(state.visited, data.pages, state.visited);
  drop(state.attempts.keys(), data.assessments, state.attempts);
  for (const { answers } of [{ answers: state.checks }, ...state.attempts.values()])
    drop(answers.keys(), data.questions, answers);
  return state;
}
