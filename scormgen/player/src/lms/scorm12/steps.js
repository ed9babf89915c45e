// The writes of a session: what is new, and the probe and the two rounds that make up for what may be lost.

import { DATA, settles } from './core.js';

/** @typedef {import('../session.js').Save} Save */
/** @typedef {import('../session.js').Written} Written */

/**
 * @param {import('./connection.js').Connection} connection
 * @param {import('./core.js').Core} core
 * @param {import('./answers.js').Answers} answers
 * @param {import('./proof.js').Proof} proof
 */
export function createSteps({ get, ledger, setTime }, core, answers, proof) {
  /** @param {Save} [save] @param {boolean} [prove] with suspend data in any case */
  const changes = ({ first } = {}, prove) => core.changes(answers.count(), { first, prove });

  /**
   * A run-time that counts in numbers keeps a copy of its own and sends differences (Moodle's): it may have lost entries unseen. Once
   * a course is passed it is only opened for review, and nothing can be repaired.
   */
  const isLast = () => settles(changes()) && ledger.hasEntries() && get('cmi.interactions._count').number;

  /** Sets what changes with each commit; false if it cannot be set now. */
  function writeProbe() {
    proof.open();
    return core.setProbe(answers.count());
  }

  /** Sets all that is new. @param {Save} save @param {boolean} [prove] @returns {Written} */
  function writeNew(save, prove) {
    let done = answers.write();
    for (const pair of changes(save, prove)) {
      if (pair[0] === DATA) proof.open();
      if (!core.set(pair)) done = false;
    }
    return (save.launch || setTime()) && done ? 'all' : 'later';
  }

  /** The second round. @returns {Written} */
  const writeRight = () => (ledger.setRight() ? writeNew({}, true) : 'later');

  return {
    isLast,
    writeNew,
    writeRight,

    /** @param {Save} save @param {boolean} [prove] */
    isDue: (save, prove) => changes(save, prove).length > 0 || answers.isWaiting(),

    /** @returns {Written} */
    writeProbe: () => (writeProbe() ? 'part' : 'later'),

    /** The first round for all that may be lost; what is new goes with the second. @returns {Written} */
    writeOthers() {
      if (isLast()) ledger.doubtEntries();
      if (!ledger.needsOthers()) return writeRight();
      return ledger.setOthers() && writeProbe() ? 'part' : 'later';
    },

    /** What can be written at once while the page may be going. @returns {Written} */
    writeLeaving() {
      if (ledger.astray) ledger.setRight();
      const pairs = changes();
      for (const [element, value] of pairs) if (element !== DATA) ledger.set(element, value);
      writeProbe();
      // The next launch may be for review alone.
      if (settles(pairs)) answers.addAgain();
      else if (ledger.mayLackEntries()) return 'all'; // no entry may follow entries that are lost
      return 'part';
    },
  };
}
