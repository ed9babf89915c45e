// What cmi.core and the suspend data should hold, and what of it is to be set. Status, score and rank never go down.

import { cut, decimal } from './formats.js';

/** @typedef {[element: string, value: string]} Pair */
/** @typedef {ReturnType<typeof createCore>} Core */

export const STATUS = 'cmi.core.lesson_status';
export const DATA = 'cmi.suspend_data';
const SCORE = 'cmi.core.score.';
const LOCATION = 'cmi.core.lesson_location';
const RANKS = ['', 'incomplete', 'failed', 'completed', 'passed'];

/** @param {string} status */
const rank = (status) => Math.max(0, RANKS.indexOf(status));

/** Whether the course ends with these. @param {Pair[]} pairs */
export function settles(pairs) {
  return pairs.some(([element, value]) => element === STATUS && rank(value) >= 2);
}

/** The score that the LMS has, which is read once. @param {import('./connection.js').Connection} connection */
function createScore({ get, ledger }) {
  /** @type {number | null | undefined} */
  let best;
  return {
    /** @param {number} score @returns {Pair[]} what to set where it is better */
    changes(score) {
      if (best === undefined) {
        const { value } = get(`${SCORE}raw`);
        best = value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : null;
      }
      if (best !== null && score <= best) return [];
      return [
        [`${SCORE}min`, '0'],
        [`${SCORE}max`, '100'],
        [`${SCORE}raw`, decimal(score)],
      ];
    },
    settle() {
      const score = ledger.get(`${SCORE}raw`);
      if (score !== undefined) best = Number(score);
    },
  };
}

/**
 * @param {import('./connection.js').Connection} connection
 * @param {import('./launch.js').Start} launched
 * @param {import('../session.js').Course} course
 */
export function createCore(connection, { credit, status: found, state: data }, course) {
  const { get, ledger } = connection;
  const score = createScore(connection);
  let has = found; // the status that the LMS has
  let counter = 0;
  let top = 0; // of the ranks of statuses that were ever reported

  /** @param {string} status @param {number} count of interactions */
  const reported = (status, count) => ({ rank: credit ? Math.max(top, rank(status)) : top, count });

  /** @param {Pair} pair @returns {boolean} whether it was set */
  function set([element, value]) {
    if (ledger.set(element, value) === 'later') return false;
    if (element === DATA) [data, counter] = [value, counter + 1];
    else if (element === STATUS) top = Math.max(top, rank(value));
    return true;
  }

  return {
    set,

    /** @param {import('../session.js').Taken} taken what the state says of earlier sessions */
    begin(taken) {
      counter = taken.counter;
      top = Math.max(taken.reported?.rank ?? 0, rank(found));
      ledger.assume(STATUS, found);
    },

    /** Whether the LMS has the highest status that was ever reported. */
    isWhole: () => !credit || rank(has) >= top,

    /**
     * What to write, in the order that LMSs want: score, status, place, data, exit.
     * @param {number} count of interactions
     * @param {{first?: boolean, prove?: boolean}} [how] `first`: no more than that the course has begun; `prove`: with suspend data
     *   in any case: that it is given back proves that all before it has arrived
     */
    changes(count, { first, prove } = {}) {
      const { outcome, location, state } = course.wanted();
      const status = rank(outcome.status) >= top ? outcome.status : RANKS[top];
      const report = reported(outcome.status, count);
      /** @type {Pair[]} */
      const pairs = credit && outcome.score !== null ? score.changes(outcome.score) : [];
      if (credit && rank(status) >= rank(has)) pairs.push([STATUS, status]);
      const isNew = prove || data !== state(counter, report);
      if (!first && (isNew || ledger.get(DATA) !== undefined)) pairs.push([LOCATION, cut(location, 255)]);
      if (!first && isNew) pairs.push([DATA, state(counter + 1, report)]);
      pairs.push(['cmi.core.exit', outcome.final || rank(has) >= 3 ? '' : 'suspend']);
      return pairs.filter(([element, value]) => element === DATA || ledger.get(element) !== value);
    },

    /** Sets what changes with each commit. @param {number} count of interactions @returns {boolean} false if it cannot be set now */
    setProbe(count) {
      const { outcome, state } = course.wanted();
      return set([DATA, state(counter + 1, reported(outcome.status, count))]) && connection.setTime();
    },

    /** Whether the LMS gives back the suspend data that it was given. */
    isStored: () => get(DATA).value === data,

    /** All that was set is stored. */
    settle() {
      has = ledger.get(STATUS) ?? has;
      score.settle();
    },
  };
}
