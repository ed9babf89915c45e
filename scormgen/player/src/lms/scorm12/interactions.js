// Answers as cmi.interactions: kept until the LMS has them, written in the order of the standard's examples.

import { clockTime, cut, decimal, timespan } from './formats.js';
import { firstFree } from './elements.js';
import { responseOf } from './responses.js';

/** @typedef {import('../../types.js').Fact} Fact */

/** @typedef {{at: string, fact: Fact, index: number | null}} Entry */

/** @param {Fact} fact @param {Date} date @returns {Entry} */
const entryOf = (fact, date) => ({ at: clockTime(date), fact, index: null });

/**
 * @param {'all' | 'last' | 'none'} answers which answers become interactions
 * @param {import('./elements.js').Elements} elements
 */
export function createInteractions(answers, elements) {
  /** @type {Entry[]} not yet set */
  let queue = [];
  /** @type {number | null} the index of the next entry; -1 where there are none, null before it is known */
  let next = answers === 'none' ? -1 : null;
  let replacing = answers === 'last';
  /** @type {Map<string, number>} */
  const indexes = new Map();

  /** @param {Entry} entry @returns {boolean} false if it has to be done again */
  function writeEntry(entry) {
    const { id } = entry.fact;
    entry.index ??= (replacing ? indexes.get(id) : undefined) ?? Number(next);
    next = Math.max(Number(next), entry.index + 1);
    indexes.set(id, entry.index);
    for (const [name, value] of fields(entry.fact, entry.at)) {
      const result = elements.set(`cmi.interactions.${entry.index}.${name}`, value);
      if (result === 'later') return false;
      if (result === 'never' && name === 'id') break;
    }
    return true;
  }

  return {
    /** @param {Fact} fact @param {Date} date */
    add(fact, date) {
      if (next !== -1) queue.push(entryOf(fact, date));
    },

    /**
     * Adds the latest answers before those that are waiting, where they are not among these.
     * @param {Fact[]} latest @param {Date} date
     * @param {number} [least] how many entries there have to be, so that no earlier one follows them
     */
    addAgain(latest, date, least = 0) {
      if (next === -1 || !latest.length) return;
      const waiting = new Set(queue.map(({ fact }) => fact.id));
      const missing = latest.filter(({ id }) => !waiting.has(id));
      const length = Math.max(0, least - missing.length);
      const fill = Array.from({ length }, (_, i) => latest[i % latest.length]);
      queue.unshift(...[...fill, ...missing].map((fact) => entryOf(fact, date)));
    },

    /** How many entries the LMS has; null if it cannot tell now. It is asked once. @param {boolean} [used] see `firstFree` */
    count(used) {
      next ??= firstFree(elements, 'cmi.interactions', used);
      return next;
    },

    /** How many entries the LMS is to have. @param {number} earlier how many were reported before this session */
    expected(earlier) {
      if (next === -1) return 0;
      const isNew = (/** @type {Entry} */ { index, fact }) =>
        index === null && !(replacing && indexes.has(fact.id));
      return (next ?? earlier) + queue.filter(isNew).length;
    },

    /** Each question has one entry, from the first on: for an LMS that gives nothing back. */
    replaceAll() {
      if (next === -1) return;
      replacing = true;
      next ??= 0;
    },

    isWaiting: () => queue.length > 0,

    /** Sets what is waiting; false if it has to be done again. */
    write() {
      if (!queue.length) return true;
      if (this.count() === -1) queue = [];
      if (next === null) return false;
      while (queue.length) {
        if (!writeEntry(queue[0])) return false;
        queue.shift();
      }
      return true;
    },
  };
}

/**
 * An interaction's elements: the type before what depends on it.
 * @param {Fact} fact @param {string} at
 * @returns {[element: string, value: string][]}
 */
function fields(fact, at) {
  const { id, objective, points, latency } = fact;
  const { type, patterns, response, result } = responseOf(fact);
  /** @type {[element: string, value: string][]} */
  const pairs = [['id', cut(id, 255)]];
  if (objective) pairs.push(['objectives.0.id', objective]);
  pairs.push(['type', type], ['time', at]);
  patterns.forEach((pattern, n) => pairs.push([`correct_responses.${n}.pattern`, pattern]));
  pairs.push(['weighting', decimal(points)], ['student_response', response], ['result', result]);
  if (latency !== null) pairs.push(['latency', timespan(latency)]);
  return pairs;
}
