// Whether a commit has arrived: what the browser saw of the LMS's requests, and whether it gives back the suspend data.

import { SECOND_LOOK } from '../retry.js';
import { createWitness } from './witness.js';

/** @typedef {ReturnType<typeof createProof>} Proof */

const PATIENCE = 7000;
const LONGEST_ANSWER = 30000; // a request may hang, but a run-time may also have no request to wait for

/**
 * @param {import('../session.js').World} world
 * @param {import('./connection.js').Connection} connection
 * @param {import('./core.js').Core} core
 * @param {any} frame the window that has the API
 * @param {() => void} onLoss
 */
export function createProof(world, connection, core, frame, onLoss) {
  const witness = createWitness(frame, onLoss);
  let isOpen = false; // whether suspend data was set that has not been seen to be stored
  let isFirst = false;
  let isPart = false;
  let sent = 0; // when the last commit was made
  let perCall = 0; // milliseconds that the LMS has taken to store one call, where it stores without being asked

  /** @returns {import('../session.js').Seen} */
  function look() {
    const waited = world.now() - sent;
    const calls = connection.calls();
    // Some LMSs answer true and drop the data, which only reading it again tells; others store it a while later.
    if (!core.isStored()) {
      witness.mark();
      // One that stores call by call gets time for as many as there were: to send all again would only make its queue longer.
      return waited >= PATIENCE + 3 * perCall * calls ? 'lost' : 'waiting';
    }
    if (!witness.isAnswered() && waited < LONGEST_ANSWER) return 'waiting';
    if (waited >= SECOND_LOOK) perCall = Math.max(perCall, waited / Math.max(calls, 1));
    return 'stored';
  }

  return {
    begin: witness.begin,
    stop: witness.stop,

    /** Suspend data was set. */
    open() {
      isOpen = true;
    },

    /** Notes what is to be committed. @param {import('../session.js').Written} written @param {boolean} [first] by the first of a first visit */
    note(written, first = false) {
      isPart = written === 'part';
      isFirst = first;
      return written;
    },

    /** Whether the LMS has been seen to store without being asked. */
    isLate: () => perCall > 0,

    /** @returns {boolean} whether nothing says that a commit has failed */
    commit() {
      const taken = connection.commit(false);
      const seen = witness.end();
      sent = world.now();
      return seen && taken && world.online();
    },

    read() {
      const seen = isOpen ? look() : 'stored';
      if (seen !== 'stored') return seen;
      isOpen = false;
      if (isPart) return seen;
      connection.settle(isFirst);
      core.settle();
      return seen;
    },
  };
}
