// Answers as cmi.interactions: kept until the LMS has them, written in the order of the standard's examples.

import { clockTime, cut, decimal, timespan } from '../formats.js';
import { firstFree } from './elements.js';

/** @typedef {import('../types.js').Interaction} Interaction */

/**
 * @param {'all' | 'last' | 'none'} answers which answers become interactions
 * @param {import('./elements.js').Elements} elements
 */
export function createInteractions(answers, elements) {
  /** @type {{at: string, interaction: Interaction, index: number | null}[]} */
  let queue = [];
  /** @type {number | null} */
  let next = answers === 'none' ? -1 : null;
  /** @type {Map<string, number>} */
  const indexes = new Map();

  return {
    /** @param {Interaction} interaction @param {Date} date */
    add(interaction, date) {
      if (next !== -1) queue.push({ at: clockTime(date), interaction, index: null });
    },

    get waiting() {
      return queue.length > 0;
    },

    /** The LMS has them. */
    clear() {
      queue = [];
    },

    /** Writes what the LMS may not have; false where it has to be done again. */
    write() {
      if (!queue.length) return true;
      next ??= firstFree(elements, 'cmi.interactions');
      if (next === -1) queue = [];
      if (next === null) return false;
      for (const entry of queue) {
        const { id } = entry.interaction;
        entry.index ??= (answers === 'last' ? indexes.get(id) : undefined) ?? next;
        next = Math.max(next, entry.index + 1);
        indexes.set(id, entry.index);
        for (const [name, value] of fields(entry.interaction, entry.at)) {
          const result = elements.set(`cmi.interactions.${entry.index}.${name}`, value);
          if (result === 'later') return false;
          if (result === 'never' && name === 'id') break;
        }
      }
      return true;
    },
  };
}

/**
 * An interaction's elements: the type before what depends on it.
 * @param {Interaction} interaction @param {string} at
 * @returns {[element: string, value: string][]}
 */
function fields(interaction, at) {
  const { id, objective, type, patterns, weighting, response, result, latency } = interaction;
  /** @type {[element: string, value: string][]} */
  const pairs = [['id', cut(id, 255)]];
  if (objective) pairs.push(['objectives.0.id', objective]);
  pairs.push(['type', type], ['time', at]);
  patterns.forEach((pattern, n) => pairs.push([`correct_responses.${n}.pattern`, cut(pattern, 255)]));
  pairs.push(['weighting', decimal(weighting)], ['student_response', cut(response, 255)], ['result', result]);
  if (latency !== null) pairs.push(['latency', timespan(latency)]);
  return pairs;
}
