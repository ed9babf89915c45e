// What was set in this session, element by element, and what of it may be lost.

import { isNumbered, isVolatile, otherValue } from './rounds.js';

/** @typedef {'done' | 'never' | 'later'} Result of setting an element: the LMS has it, will never take it, or cannot now */

/** @param {(element: string, value: string) => Result} put calls LMSSetValue */
export function createLedger(put) {
  /** @type {Map<string, string>} what each element is to hold, in the order in which they were first set */
  const values = new Map();
  /** @type {Set<string>} those that no commit is known to have carried */
  const doubtful = new Set();
  let astray = false;

  /** @param {string} element */
  const putRight = (element) => put(element, values.get(element) ?? '') !== 'later';

  return {
    /** What an element is to hold; undefined if it was not set. @param {string} element */
    get: (element) => values.get(element),

    /** Notes what the LMS holds already. @param {string} element @param {string} value */
    assume: (element, value) => void values.set(element, value),

    /** @param {string} element @param {string} value */
    set(element, value) {
      const result = put(element, value);
      if (result !== 'later') values.set(element, value);
      if (result === 'done' && !isVolatile(element)) doubtful.add(element);
      return result;
    },

    /** Whether elements hold other values than they are to: between the two rounds. */
    get astray() {
      return astray;
    },

    /** Whether interactions or objectives were set. */
    hasEntries: () => [...values.keys()].some(isNumbered),

    /** Whether interactions or objectives may be lost. */
    mayLackEntries: () => [...doubtful].some(isNumbered),

    /** Takes all interactions and objectives for lost. */
    doubtEntries() {
      for (const element of values.keys()) if (isNumbered(element)) doubtful.add(element);
    },

    /** Whether the first round has anything to set. */
    needsOthers: () =>
      [...doubtful].some((element) => otherValue(element, values.get(element) ?? '') !== null),

    /** The first round: sets what may be lost to other values. False if it has to be done again. */
    setOthers() {
      astray = true;
      return [...doubtful].every((element) => {
        const value = otherValue(element, values.get(element) ?? '');
        return value === null || put(element, value) !== 'later';
      });
    },

    /** The second round: sets what may be lost to its values. False if it has to be done again. */
    setRight() {
      const done = [...doubtful].every(putRight);
      astray = astray && !done;
      return done;
    },

    /** Sets everything once more. */
    setAll: () => [...values.keys()].every(putRight),

    /** All that was set has arrived. */
    settle: () => doubtful.clear(),
  };
}
