// SCORM 1.2 behind the session: write early, write little, lose nothing.
//
// A commit counts as failed where the LMS says so or throws, where the browser is offline, where it saw the LMS's request fail
// (witness.js), and where the LMS does not give back the suspend data. It is then made up for in three commits: a probe, and the
// two rounds of rounds.js. What an LMS has lost unseen is found at the next launch, by what the suspend data says was reported, and
// written again.

import { findApi } from './api.js';
import { createConnection } from './connection.js';
import { Core, DATA, STATUS, TIME, settles } from './core.js';
import { timespan } from './formats.js';
import { createInteractions } from './interactions.js';
import { readLaunch } from './launch.js';
import { createObjectives } from './objectives.js';
import { SECOND_LOOK } from '../retry.js';
import { createWitness } from './witness.js';

/** @typedef {import('../session.js').Save} Save */
/** @typedef {import('../session.js').Written} Written */

const PATIENCE = 7000;
const LONGEST_ANSWER = 30000; // a request may hang, but a run-time may also have no request to wait for

/**
 * @param {import('../session.js').World} world
 * @param {import('../session.js').Course} course
 * @returns {import('../session.js').Adapter}
 */
export function createScorm12(world, course) {
  const start = world.now();
  /** @type {Attempt | null} */
  let attempt = null;
  const begun = () => /** @type {Attempt} */ (attempt);
  return {
    open({ onLoss }) {
      const found = findApi(world.frame);
      const launched = found && readLaunch(found.api);
      if (!launched) return null;
      attempt = new Attempt(world, course, found, launched, start, onLoss);
      return launched;
    },
    read: () => begun().read(),
    write: (save, given, results) => begun().write(save, given, results),
    commit: () => begun().commit(),
    close: (time) => begun().close(time),
  };
}

/** A session with the API that was found. */
class Attempt {
  #world;
  #course;
  #launched;
  #start;
  #connection;
  #witness;
  #interactions;
  #objectives;
  #core;
  #readable = true; // whether the LMS gives back the status that it was given
  #earlier = 0; // entries of cmi.interactions that were reported in earlier sessions
  #isLeaving = false; // whether the last write was one of a page that may be going
  #isFirst = false; // whether the last commit was the first of a first visit
  /** @type {Written} what was written last */
  #written = 'nothing';
  #isProbe = false; // whether the last write was a probe, behind which the rounds begin
  #isOpen = false; // whether suspend data was set that has not been seen to be stored
  #sent = 0; // when the last commit was made
  #perCall = 0; // milliseconds that the LMS has taken to store one call, where it stores behind our back

  /**
   * @param {import('../session.js').World} world
   * @param {import('../session.js').Course} course
   * @param {import('./api.js').Found} found
   * @param {import('./launch.js').Start} launched
   * @param {number} start when the page came, by the clock
   * @param {() => void} onLoss
   */
  constructor(world, course, found, launched, start, onLoss) {
    this.#world = world;
    this.#course = course;
    this.#launched = launched;
    this.#start = start;
    this.#connection = createConnection(found.api);
    this.#interactions = createInteractions(world.answers, this.#connection.elements);
    this.#objectives = createObjectives(this.#connection.elements);
    this.#core = new Core(this.#connection, launched);
    this.#witness = createWitness(found.frame, onLoss);
  }

  get #count() {
    return this.#interactions.expected(this.#earlier);
  }

  /** @param {{first?: boolean, prove?: boolean}} [how] */
  #changes(how) {
    return this.#core.changes(this.#course.wanted(), this.#count, how);
  }

  /** @returns {import('../session.js').Seen} */
  read() {
    const waited = this.#world.now() - this.#sent;
    const calls = Math.max(this.#connection.calls, 1);
    // Some LMSs answer true and drop the data, which only reading it again tells; others store it a while later.
    if (this.#isOpen && !this.#core.isStored()) {
      this.#witness.mark();
      // One that stores call by call gets time for as many as there were: to send all again would only make its queue longer.
      return waited >= PATIENCE + 3 * this.#perCall * this.#connection.calls ? 'lost' : 'waiting';
    }
    if (this.#isOpen && !this.#witness.isAnswered() && waited < LONGEST_ANSWER) return 'waiting';
    if (this.#isOpen && waited >= SECOND_LOOK) this.#perCall = Math.max(this.#perCall, waited / calls);
    this.#isOpen = false;
    if (this.#written === 'all') this.#settle();
    return 'stored';
  }

  /** All has arrived. */
  #settle() {
    this.#connection.settle();
    if (!this.#isFirst) this.#connection.ledger.settle(); // nothing tells yet whether the first has arrived
    this.#core.settle();
  }

  /**
   * @param {Save} save
   * @param {import('../session.js').Given[]} given
   * @param {import('../../types.js').ObjectiveResult[]} results
   * @returns {Written}
   */
  write(save, given, results) {
    for (const { at, fact } of given) this.#interactions.add(fact, at);
    if (this.#launched.credit) for (const result of results) this.#objectives.add(result);
    if (save.launch) this.#begin(save.launch);
    if (save.close && !save.rest && !this.#readable) this.#connection.ledger.setAll();
    this.#isLeaving = Boolean(save.leaving);
    if (save.leaving) return save.rest ? this.#writeLeft() : this.#writeLeaving();
    if (!save.rest && !save.again && !save.time && !this.#isDue(save)) return 'nothing';
    this.#witness.begin();
    this.#isFirst = Boolean(save.first);
    this.#written = this.#writeStep(save);
    return this.#written;
  }

  /** @param {Save} save @returns {Written} */
  #writeStep(save) {
    if (save.rest) return this.#isProbe ? this.#writeOthers() : this.#writeRight();
    if (save.again) {
      this.#isProbe = true;
      return this.#writeProbe() ? 'part' : 'later';
    }
    if (this.#connection.ledger.astray || this.#isLast()) return this.#writeOthers();
    return this.#writeNew(save) ? 'all' : 'later';
  }

  /** The first round for all that may be lost; what is new goes with the second. @returns {Written} */
  #writeOthers() {
    const { ledger } = this.#connection;
    this.#isProbe = false;
    if (this.#isLast()) ledger.doubtEntries();
    if (!ledger.needsOthers()) return this.#writeRight();
    return ledger.setOthers() && this.#writeProbe() ? 'part' : 'later';
  }

  /** The second round. @returns {Written} */
  #writeRight() {
    return this.#connection.ledger.setRight() && this.#writeNew({}, true) ? 'all' : 'later';
  }

  /** What can be written at once while the page may be going. @returns {Written} */
  #writeLeaving() {
    const { ledger } = this.#connection;
    if (ledger.astray) ledger.setRight();
    const pairs = this.#changes();
    for (const pair of pairs) if (pair[0] !== DATA) ledger.set(...pair);
    this.#writeProbe();
    if (settles(pairs)) {
      // The next launch may be for review alone. Entries of their own are sent, whatever became of those before.
      const latest = this.#course.latest();
      this.#interactions.addAgain(latest.answers, this.#world.date());
      this.#objectives.addAgain(latest.results);
    } else if (ledger.mayLackEntries()) return 'all'; // behind entries that are lost no other may stand
    return 'part';
  }

  /** @returns {Written} */
  #writeLeft() {
    this.#writeNew({});
    return 'all';
  }

  /** Sets what changes anyway. @returns {boolean} false where it cannot be set now */
  #writeProbe() {
    this.#isOpen = true;
    return this.#core.setData(this.#course.wanted(), this.#count) && this.#writeTime();
  }

  /** Sets all that is new. @param {Save} save @param {boolean} [prove] @returns {boolean} false where something cannot be set now */
  #writeNew(save, prove) {
    let done = this.#interactions.write() && this.#objectives.write();
    for (const pair of this.#changes({ ...this.#how(save), ...(prove && { prove }) })) {
      if (pair[0] === DATA) this.#isOpen = true;
      if (!this.#core.set(pair)) done = false;
    }
    return (Boolean(save.launch) || this.#writeTime()) && done;
  }

  /** @returns {boolean} whether it was set */
  #writeTime() {
    return this.#connection.ledger.set(TIME, timespan(this.#world.now() - this.#start)) !== 'later';
  }

  /**
   * What a save writes. The last one has the suspend data in any case, for those before may have been lost unseen; but where the LMS
   * stores late, it would keep the learner waiting.
   * @param {Save} save
   */
  #how({ first, close }) {
    return { first, prove: close && this.#readable && this.#perCall === 0 };
  }

  /** @param {Save} save */
  #isDue(save) {
    return (
      this.#changes(this.#how(save)).length > 0 || this.#interactions.waiting || this.#objectives.waiting
    );
  }

  /**
   * A run-time that counts in numbers keeps a copy of its own and sends differences (Moodle's): it may have lost entries unseen. Once
   * a course is passed it is only opened for review, and nothing can be made up for.
   */
  #isLast() {
    const { ledger, get } = this.#connection;
    return settles(this.#changes()) && ledger.hasEntries() && get('cmi.interactions._count').number;
  }

  commit() {
    if (this.#isLeaving) return this.#connection.commit(true);
    const taken = this.#connection.commit();
    const seen = this.#witness.end();
    this.#sent = this.#world.now();
    if (this.#isFirst) this.#look();
    return seen && taken && this.#world.online();
  }

  /** Whether the status that a first visit has set can be read. */
  #look() {
    this.#readable = !this.#launched.credit || this.#connection.get(STATUS).value !== '';
    if (!this.#readable) this.#interactions.replaceAll();
  }

  /** @param {import('../session.js').Taken} taken */
  #begin(taken) {
    this.#core.begin(taken);
    if (this.#launched.first) return;
    this.#readable = this.#launched.status !== '';
    if (!this.#readable) this.#interactions.replaceAll();
    this.#compare(taken.reported);
  }

  /**
   * Compares what the LMS gives back with what the suspend data says was reported, and has what is missing written again. Status and
   * score need nothing here: `changes` sees that they differ.
   * @param {import('../../types.js').Reported | null} before null where the suspend data does not say: it is of an older version
   */
  #compare(before) {
    const { answers: latest, results: reached } = this.#course.latest();
    const { credit } = this.#launched;
    this.#earlier = before?.count ?? latest.length;
    const answers = this.#readable && this.#earlier ? this.#interactions.count(true) : null;
    const results = this.#readable && credit && reached.length ? this.#objectives.count(true) : null;
    const lost = answers !== null && answers >= 0 && answers < this.#earlier;
    const few = results !== null && results >= 0 && results < reached.length;
    if (this.#readable && !lost && !few && this.#core.isWhole) return;
    if (!this.#readable || lost)
      this.#interactions.addAgain(latest, this.#world.date(), lost ? this.#earlier - answers : 0);
    for (const result of credit ? reached : []) this.#objectives.add(result);
  }

  /** @param {boolean} time */
  close(time) {
    if (time) this.#writeTime();
    this.#connection.finish();
    this.#witness.stop();
  }
}
