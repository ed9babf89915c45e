// The data model of the LMS that was found: elements are read and set, and what was set is in the ledger.

import { call, explain, isPermanent, isTrue, lastError } from './api.js';
import { timespan } from './formats.js';
import { createLedger } from './ledger.js';

/** @typedef {ReturnType<typeof createConnection>} Connection */

/** @param {any} api @param {import('../session.js').World} world */
export function createConnection(api, world) {
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
    calls: () => calls,

    /** All that was set is stored. @param {boolean} first as far as is known: of the first commit nothing tells */
    settle(first) {
      calls = 0;
      if (!first) ledger.settle();
    },

    /** Sets how long the session has been. @returns {boolean} false if it cannot be set now */
    setTime: () => ledger.set('cmi.core.session_time', timespan(world.now() - world.start)) !== 'later',

    /** Returns whether the LMS says that it has committed. @param {boolean} quiet asks for no reason where it does not */
    commit(quiet) {
      const answer = call(api, 'LMSCommit', '');
      if (!quiet && !answer.thrown && !isTrue(answer)) explain(api, 'LMSCommit', lastError(api));
      return isTrue(answer);
    },

    finish: () => call(api, 'LMSFinish', ''),
  };
}
