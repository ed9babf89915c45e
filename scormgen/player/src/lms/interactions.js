// Answers as cmi.interactions: kept until the LMS has them, written in the order of the standard's examples.

import { clockTime, cut, decimal, timespan } from '../formats.js';

/** @typedef {import('../types.js').Interaction} Interaction */
/** @typedef {{value: string, thrown: boolean}} Answer */

/**
 * @typedef {object} Elements how elements are read and written
 * @property {(element: string) => Answer} get
 * @property {(element: string, value: string) => 'done' | 'never' | 'later'} set
 * @property {() => boolean} isMissing whether the last answer was empty because the LMS has no such element
 */

/**
 * @param {'all' | 'last' | 'none'} answers which answers become interactions
 * @param {Elements} elements
 */
export function createInteractions(answers, elements) {
  /** @type {{at: string, interaction: Interaction, index: number | null}[]} */
  let queue = [];
  /** @type {number | null} */
  let nextIndex = null;
  let supported = answers !== 'none';
  /** @type {Map<string, number>} */
  const indexes = new Map();

  /** Finds the first free index; false where the LMS cannot tell it now. */
  function begin() {
    const children = elements.get('cmi.interactions._children');
    if (!children.thrown && children.value === '' && elements.isMissing()) {
      supported = false;
      queue = [];
      return true;
    }
    const count = elements.get('cmi.interactions._count');
    if (children.thrown || count.thrown) return false;
    nextIndex = Number.parseInt(count.value, 10) || 0;
    return true;
  }

  return {
    /** @param {Interaction} interaction @param {Date} date */
    add(interaction, date) {
      if (supported) queue.push({ at: clockTime(date), interaction, index: null });
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
      if (nextIndex === null && !begin()) return false;
      for (const entry of queue) {
        const { id } = entry.interaction;
        const again = answers === 'last' ? indexes.get(id) : undefined;
        entry.index ??= again ?? Number(nextIndex);
        nextIndex = Math.max(Number(nextIndex), entry.index + 1);
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
  /** @type {[element: string, value: string][]} */
  const pairs = [
    ['id', cut(interaction.id, 255)],
    ['type', interaction.type],
    ['time', at],
    ['correct_responses.0.pattern', interaction.pattern],
    ['weighting', decimal(interaction.weighting)],
    ['student_response', interaction.response],
    ['result', interaction.result],
  ];
  if (interaction.latency !== null) pairs.push(['latency', timespan(interaction.latency)]);
  return pairs;
}
