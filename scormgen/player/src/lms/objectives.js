// Results by objective as cmi.objectives: one entry for each, of which no score and no status ever goes down.

import { cut, decimal } from '../formats.js';
import { firstFree } from './elements.js';

/** @typedef {import('../types.js').ObjectiveResult} ObjectiveResult */

/** @param {import('./elements.js').Elements} elements */
export function createObjectives(elements) {
  /** @type {Map<string, ObjectiveResult>} */
  let queue = new Map();
  /** @type {number | null} */
  let next = null;
  /** @type {Map<string, number>} */
  const indexes = new Map();

  /** Finds the objectives that the LMS has; false where it cannot tell them now. */
  function begin() {
    next = firstFree(elements, 'cmi.objectives');
    for (let index = 0; index < Number(next); index++) {
      const id = elements.get(`cmi.objectives.${index}.id`);
      if (id.thrown) next = null;
      else indexes.set(id.value, index);
    }
    return next !== null;
  }

  /** @param {ObjectiveResult} result @param {number} index @param {boolean} fresh @returns {[string, string][]} */
  function changes({ id, score, passed }, index, fresh) {
    const before = fresh ? '' : elements.get(`cmi.objectives.${index}.score.raw`).value;
    const status = fresh ? '' : elements.get(`cmi.objectives.${index}.status`).value;
    /** @type {[string, string][]} */
    const pairs = fresh ? [['id', cut(id, 255)]] : [];
    if (before === '' || score > Number(before))
      pairs.push(['score.min', '0'], ['score.max', '100'], ['score.raw', decimal(score)]);
    const reached = passed || /^(passed|completed)$/.test(status) ? 'passed' : 'failed';
    if (reached !== status) pairs.push(['status', reached]);
    return pairs;
  }

  return {
    /** @param {ObjectiveResult} result */
    add(result) {
      if (next !== -1) queue.set(result.id, result);
    },

    get waiting() {
      return queue.size > 0;
    },

    /** The LMS has them. */
    clear() {
      queue = new Map();
    },

    /** Writes what the LMS may not have; false where it has to be done again. */
    write() {
      if (!queue.size) return true;
      if (next === null && !begin()) return false;
      if (next === -1) queue.clear();
      for (const result of queue.values()) {
        const known = indexes.get(result.id);
        const index = known ?? Number(next);
        for (const [name, value] of changes(result, index, known === undefined)) {
          if (elements.set(`cmi.objectives.${index}.${name}`, value) === 'later') return false;
        }
        indexes.set(result.id, index);
        next = Math.max(Number(next), index + 1);
      }
      return true;
    },
  };
}
