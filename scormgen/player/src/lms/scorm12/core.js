// What cmi.core and the suspend data should hold, and what of it is to be set. Status, score and rank never go down.

import { cut, decimal } from './formats.js';

/** @typedef {import('../session.js').Wanted} Wanted */
/** @typedef {import('../../types.js').Reported} Reported */
/** @typedef {[element: string, value: string]} Pair */

export const STATUS = 'cmi.core.lesson_status';
export const DATA = 'cmi.suspend_data';
export const TIME = 'cmi.core.session_time';
const SCORE = 'cmi.core.score.';
const LOCATION = 'cmi.core.lesson_location';
const RANKS = ['', 'incomplete', 'failed', 'completed', 'passed'];

/** @param {string} status */
function rank(status) {
  return Math.max(0, RANKS.indexOf(status));
}

/** Whether the course ends with these. @param {Pair[]} pairs */
export function settles(pairs) {
  return pairs.some(([element, value]) => element === STATUS && rank(value) >= rank('failed'));
}

export class Core {
  #connection;
  #launched;
  #counter = 0;
  #topRank = 0; // of the statuses that were ever reported
  #status; // that the LMS has
  /** @type {number | null} that the LMS has */
  #score = null;
  #scoreRead = false;
  #data; // that the LMS was given, or had

  /**
   * @param {import('./connection.js').Connection} connection
   * @param {import('./launch.js').Start} launched
   */
  constructor(connection, launched) {
    this.#connection = connection;
    this.#launched = launched;
    this.#status = launched.status;
    this.#data = launched.state;
  }

  /** @param {import('../session.js').Taken} taken what the state says of earlier sessions */
  begin({ counter, reported }) {
    this.#counter = counter;
    this.#topRank = Math.max(reported?.rank ?? 0, rank(this.#status));
    this.#connection.ledger.assume(STATUS, this.#status);
  }

  /** Whether the LMS has the highest status that was ever reported. */
  get isWhole() {
    return !this.#launched.credit || rank(this.#status) >= this.#topRank;
  }

  /** What is to be reported: status and rank are never less than before. @param {Wanted} wanted @param {number} count of interactions */
  #report({ outcome: { status } }, count) {
    const top = this.#launched.credit ? Math.max(this.#topRank, rank(status)) : this.#topRank;
    return {
      status: rank(status) >= this.#topRank ? status : RANKS[this.#topRank],
      reported: { rank: top, count },
    };
  }

  /**
   * What to write, in the order that LMSs want: score, status, place, data, exit.
   * @param {Wanted} wanted @param {number} count of interactions
   * @param {{first?: boolean, prove?: boolean}} [how] `first`: no more than that the course has begun; `prove`: with suspend data in
   *   any case: that it is given back proves that all before it has arrived
   * @returns {Pair[]}
   */
  changes(wanted, count, { first, prove } = {}) {
    const { outcome, location, state } = wanted;
    const { ledger } = this.#connection;
    const { status, reported } = this.#report(wanted, count);
    /** @type {Pair[]} */
    const pairs = [];
    if (this.#launched.credit) {
      if (outcome.score !== null && this.#isBetter(outcome.score)) {
        pairs.push([`${SCORE}min`, '0'], [`${SCORE}max`, '100'], [`${SCORE}raw`, decimal(outcome.score)]);
      }
      if (rank(status) >= rank(this.#status)) pairs.push([STATUS, status]);
    }
    const place = cut(location, 255);
    const data = prove || this.#data !== state(this.#counter, reported);
    if (!first && (data || ledger.get(DATA) !== undefined)) pairs.push([LOCATION, place]);
    if (!first && data) pairs.push([DATA, state(this.#counter + 1, reported)]);
    const settled = outcome.final || rank(this.#status) >= rank('completed');
    pairs.push(['cmi.core.exit', settled ? '' : 'suspend']);
    return pairs.filter(([element, value]) => element === DATA || ledger.get(element) !== value);
  }

  /** Whether a score is better than the one that the LMS has. @param {number} score */
  #isBetter(score) {
    if (!this.#scoreRead) {
      const { value } = this.#connection.get(`${SCORE}raw`);
      this.#scoreRead = true;
      this.#score = value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : null;
    }
    return this.#score === null || score > this.#score;
  }

  /** @param {Pair} pair @returns {boolean} whether it was set */
  set([element, value]) {
    if (this.#connection.ledger.set(element, value) === 'later') return false;
    if (element === DATA) {
      this.#counter++;
      this.#data = value;
    } else if (element === STATUS) this.#topRank = Math.max(this.#topRank, rank(value));
    return true;
  }

  /** Sets the suspend data, which changes with each commit. @param {Wanted} wanted @param {number} count of interactions */
  setData(wanted, count) {
    return this.set([DATA, wanted.state(this.#counter + 1, this.#report(wanted, count).reported)]);
  }

  /** Whether the LMS gives back the suspend data that it was given. */
  isStored() {
    return this.#connection.get(DATA).value === this.#data;
  }

  /** All that was set is stored. */
  settle() {
    const { ledger } = this.#connection;
    this.#status = ledger.get(STATUS) ?? this.#status;
    const score = ledger.get(`${SCORE}raw`);
    if (score !== undefined) this.#score = Number(score);
  }
}
