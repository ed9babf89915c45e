// Results by objective as cmi.objectives: one entry for each, of which no score and no status ever goes down.

import { cut, decimal } from './formats.js';
import { firstFree } from './elements.js';

/** @typedef {import('../../types.js').ObjectiveResult} ObjectiveResult */

/** @param {import('./elements.js').Elements} elements */
export function createObjectives(elements) {
  /** @type {Map<string, ObjectiveResult>} */
  let queue = new Map();
  /** @type {number | null} the index of the next entry; -1 where there are none, null before it is known */
  let next = null;
  let begun = false;
  /** @type {Map<string, number>} */
  const indexes = new Map();

  /** @param {boolean} [used] see `firstFree` */
  function count(used) {
    next ??= firstFree(elements, 'cmi.objectives', used);
    return next;
  }

  /** Finds the objectives that the LMS has; false if it cannot tell them now. */
  function begin() {
    begun = count() !== null;
    for (let index = 0; index < Number(next) && begun; index++) {
      const id = elements.get(`cmi.objectives.${index}.id`);
      if (id.thrown) begun = false;
      else indexes.set(id.value, index);
    }
    return begun;
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

    /** Adds results as entries of their own, whatever became of earlier ones. @param {ObjectiveResult[]} results */
    addAgain(results) {
      indexes.clear();
      for (const result of results) this.add(result);
    },

    isWaiting: () => queue.size > 0,

    /** How many the LMS has; null if it cannot tell now. It is asked once. */
    count,

    /** Sets what is waiting; false if it has to be done again. */
    write() {
      if (!queue.size) return true;
      if (!begun && !begin()) return false;
      if (next === -1) queue.clear();
      for (const result of queue.values()) {
        const known = indexes.get(result.id);
        const index = known ?? Number(next);
        for (const [name, value] of changes(result, index, known === undefined)) {
          if (elements.set(`cmi.objectives.${index}.${name}`, value) === 'later') return false;
        }
        indexes.set(result.id, index);
        next = Math.max(Number(next), index + 1);
        queue.delete(result.id);
      }
      return true;
    },
  };
}
