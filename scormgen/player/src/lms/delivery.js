// Commits, and the proof that they were stored: what fails is tried again with growing pauses until all has arrived.
//
// A commit counts as failed where the LMS says so or throws, where the browser is offline, where it saw the LMS's request fail
// (witness.js), and where the LMS does not give back the suspend data. It is then made up for in three commits: a probe, and the
// two rounds of rounds.js. Only after the last of them is the state "saved".

import { call, explain, isTrue, lastError } from './api.js';

/** @typedef {'off' | 'saving' | 'saved' | 'unsaved' | 'stuck' | 'review' | 'closed'} SaveState `stuck`: unsaved for a minute */

/**
 * @typedef {object} Writer sets elements; each of the functions returns false where something could not be set now
 * @property {() => boolean} writeProbe sets what changes anyway
 * @property {(how?: import('./session.js').How) => boolean} writeNew sets all that is new
 * @property {() => boolean} isLast whether the LMS may take no further commit than one of what is new
 * @property {(how?: import('./session.js').How) => boolean} isDue whether there is anything new
 * @property {() => boolean} isStored whether the LMS gives back the suspend data that it was given
 * @property {() => string} data the suspend data that it was given
 * @property {() => void} onStored all has arrived
 */

const FIRST_LAUNCH_PAUSE = 500;
const FIRST_RETRY_PAUSE = 2000;
const LONGEST_PAUSE = 60000;
const STUCK = 60000;
const SECOND_LOOK = 1000;
const LONGEST_LOOK = 4000;
const PATIENCE = 7000;
const LONGEST_ANSWER = 30000; // a request may hang, but a run-time may also have no request to wait for
/** Stands for a commit that was answered true and not stored. */
const UNSEEN = { value: 'true', thrown: false, number: false };

/**
 * @param {import('./session.js').World} world
 * @param {ReturnType<import('./ledger.js').createLedger>} ledger
 * @param {Writer} writer
 * @param {(state: SaveState, saved: Date | null) => void} onState
 */
export function createDelivery(world, ledger, writer, onState) {
  /** @type {any} */
  let api = null;
  /** @type {import('./witness.js').Witness | null} */
  let witness = null;
  /** @type {SaveState} */
  let state = 'off';
  /** @type {(() => boolean) | null} what to do when the LMS is seen to have the last commit */
  let awaited = null;
  let pause = FIRST_LAUNCH_PAUSE;
  let notBefore = 0;
  let timers = 0;
  let calls = 0; // LMSSetValue since all was known to be stored
  let sent = 0; // when the last commit was made
  let perCall = 0; // milliseconds that the LMS has taken to store one call, where it stores behind our back
  let failing = 0; // since when, by the clock
  /** @type {Date | null} */
  let savedAt = null;

  /** @param {SaveState} next */
  function turn(next) {
    if (next === state) return;
    state = next;
    onState(state, savedAt);
  }

  const isFailing = () => state === 'unsaved' || state === 'stuck';

  /** Tries again after a pause that doubles. @param {() => void} run */
  function again(run) {
    const timer = ++timers;
    notBefore = world.now() + Math.min(pause, FIRST_RETRY_PAUSE);
    world.later(() => {
      if (timer === timers) run();
    }, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  /**
   * Sets, commits, and goes on when the LMS is seen to have it.
   * @param {() => boolean} write false where something could not be set
   * @param {() => boolean} then
   * @returns {boolean} whether nothing has failed so far
   */
  function send(write, then) {
    const before = writer.data();
    let answer = { value: '', thrown: true, number: false };
    let done = false;
    const seen = witness?.watch(() => {
      done = write();
      answer = call(api, 'LMSCommit', '');
    });
    if (!done || !seen || !isTrue(answer) || !world.online()) {
      fail(answer);
      return false;
    }
    sent = world.now();
    // Some LMSs answer true and drop the data, which only reading it again tells; others store it a while later.
    const nothingToRead = writer.data() === before && !awaited; // no suspend data went out
    const stored = nothingToRead || writer.isStored();
    if (nothingToRead || (stored && witness?.isAnswered() !== false)) {
      awaited = null;
      return then();
    }
    awaited = then;
    if (!stored) witness?.mark();
    if (!isFailing()) turn('saving');
    const timer = ++timers;
    world.later(() => lookAgain(timer, SECOND_LOOK), SECOND_LOOK);
    return true;
  }

  /** Goes on where the LMS has what was awaited; false where it has not. */
  function goOn() {
    const then = awaited;
    if (!then) return false;
    if (!writer.isStored()) {
      witness?.mark();
      return false;
    }
    if (!witness?.isAnswered() && world.now() - sent < LONGEST_ANSWER) return false;
    awaited = null;
    then();
    return true;
  }

  /**
   * Looks again for data that was not there at once, before it is taken for lost. An LMS that has been seen to store call by
   * call gets time for as many as there were: sending all again would only make its queue longer.
   * @param {number} timer @param {number} last pause before this look
   */
  function lookAgain(timer, last) {
    if (timer !== timers || state === 'closed') return;
    const waited = world.now() - sent;
    const took = waited / Math.max(calls, 1);
    if (goOn()) perCall = Math.max(perCall, took);
    else if (waited >= PATIENCE + 3 * perCall * calls && !writer.isStored()) fail(UNSEEN);
    else {
      const next = Math.min(last * 2, LONGEST_LOOK);
      world.later(() => lookAgain(timer, next), next);
    }
  }

  /** The two rounds for all that may be lost; what is new goes with the second. */
  function sendAgain() {
    if (writer.isLast()) ledger.doubtEntries();
    const sendRight = () => send(() => ledger.setRight() && writer.writeNew({ prove: true }), confirm);
    return ledger.needsOthers() ?
        send(() => ledger.setOthers() && writer.writeProbe(), sendRight)
      : sendRight();
  }

  /**
   * All has arrived; what has changed meanwhile goes out.
   * @param {boolean} [first] the first commit of a first visit says no more than that it has begun
   * @returns {boolean} whether nothing has failed so far
   */
  function confirm(first = false) {
    calls = 0;
    if (!first) ledger.settle(); // nothing tells yet whether the first has arrived
    writer.onStored();
    timers++;
    pause = FIRST_RETRY_PAUSE;
    savedAt = world.date();
    const more = !first && writer.isDue();
    turn(more ? 'saving' : 'saved');
    return more ? commit() : true;
  }

  /** @param {import('./api.js').Answer} answer of the commit */
  function fail(answer) {
    if (!answer.thrown && !isTrue(answer)) explain(api, 'LMSCommit', lastError(api));
    awaited = null;
    if (!isFailing()) failing = world.now();
    turn(world.now() - failing >= STUCK ? 'stuck' : 'unsaved');
    again(() => commit({ force: true }));
  }

  /** @param {import('./session.js').How} [how] @returns {boolean} whether nothing has failed so far */
  function commit(how = {}) {
    if (isFailing()) {
      if (!how.force && (awaited || world.now() < notBefore)) return false;
      return send(writer.writeProbe, sendAgain);
    }
    if (!writer.isDue(how) && !how.time) return true;
    if (ledger.astray || writer.isLast()) return sendAgain();
    return send(
      () => writer.writeNew(how),
      () => confirm(how.first),
    );
  }

  return {
    turn,
    again,
    commit,
    isFailing,

    /** The LMS has been found. @param {any} found its API @param {import('./witness.js').Witness} observer of its requests */
    open(found, observer) {
      [api, witness] = [found, observer];
      timers++;
      pause = FIRST_RETRY_PAUSE;
    },

    /** Counts a call of LMSSetValue. */
    count() {
      calls++;
    },

    /** Waits for nothing more; returns whether all has arrived. */
    settle() {
      while (awaited && goOn());
      return !awaited && !isFailing();
    },

    close() {
      timers++;
      witness?.stop();
      turn('closed');
    },

    /** A request of the LMS failed after it had answered true. */
    onFailedRequest() {
      if (state !== 'closed' && (!isFailing() || awaited)) fail(UNSEEN);
    },

    get state() {
      return state;
    },

    /** Whether the LMS has been seen to store behind our back. */
    get isLate() {
      return perCall > 0;
    },
  };
}
