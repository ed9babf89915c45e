// The data model of the LMS that was found: elements are read and set, and what was set is in the ledger.

import { call, explain, isPermanent, isTrue, lastError } from './api.js';
import { createLedger } from './ledger.js';

/** @typedef {ReturnType<typeof createConnection>} Connection */

/** @param {any} api */
export function createConnection(api) {
  let calls = 0;

  /** @param {string} element */
  const get = (element) => call(api, 'LMSGetValue', element);

  /** @param {string} element @param {string} value @returns {import('./ledger.js').Result} */
  function put(element, value) {
    calls++;
    const answer = call(api, 'LMSSetValue', element, value);
    if (isTrue(answer)) return 'done';
    if (answer.thrown) return 'later';
    const code = lastError(api);
    if (code === '0') return answer.value === 'false' ? 'later' : 'done';
    explain(api, `${element} = ${value}`, code);
    return isPermanent(code) ? 'never' : 'later';
  }

  const ledger = createLedger(put);
  return {
    get,
    ledger,

    /** Elements of numbered entries. @type {import('./elements.js').Elements} */
    elements: {
      /** What was set counts: between two rounds the LMS has something else. @param {string} element */
      get(element) {
        const value = ledger.get(element);
        return value === undefined ? get(element) : { value, thrown: false, number: false };
      },
      set: ledger.set,
      isMissing: () => isPermanent(lastError(api)),
    },

    /** Calls of LMSSetValue since all was known to be stored. */
    get calls() {
      return calls;
    },

    /** All that was set is stored. */
    settle() {
      calls = 0;
    },

    /** Returns whether the LMS says that it has committed. @param {boolean} [quiet] asks for no reason where it does not */
    commit(quiet = false) {
      const answer = call(api, 'LMSCommit', '');
      if (!quiet && !answer.thrown && !isTrue(answer)) explain(api, 'LMSCommit', lastError(api));
      return isTrue(answer);
    },

    finish: () => void call(api, 'LMSFinish', ''),
  };
}
