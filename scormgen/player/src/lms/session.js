// One session with what keeps the learner's progress: an LMS, or the browser. The same for every target.
//
// The course says what should be kept (`wanted`), the target's adapter writes what of it is new, and retry.js sees to it that it
// arrives. Saves are early and small: one at the end of each task that changed something.

import { Retry } from './retry.js';

/** @typedef {import('../types.js').Fact} Fact */
/** @typedef {import('../types.js').ObjectiveResult} ObjectiveResult */
/** @typedef {import('../types.js').Reported} Reported */
/** @typedef {import('./retry.js').SaveState} SaveState */

/**
 * @typedef {object} World what a session needs of its surroundings
 * @property {any} frame the course's window
 * @property {() => number} now milliseconds, never backwards
 * @property {number} start when the page came, likewise
 * @property {() => Date} date
 * @property {(run: () => void, milliseconds: number) => any} later
 * @property {() => boolean} online
 * @property {'all' | 'last' | 'none'} answers which answers are reported
 * @property {string} key names the state among those of other courses
 */

/**
 * @typedef {object} Wanted what should be kept
 * @property {import('../types.js').Outcome} outcome
 * @property {string} location id of the current page
 * @property {(counter: number, reported: Reported | null) => string} state
 */

/** @typedef {{counter: number, reported: Reported | null}} Taken what the state that was kept says of earlier sessions */

/**
 * @typedef {object} Launched what is kept when a session begins
 * @property {string} state '' if there is none
 * @property {string} location id of a page, if there is no state
 * @property {boolean} first whether the learner is here for the first time
 * @property {boolean} review whether nothing may be written
 * @property {() => string} name asks for the learner's name; '' where it is not known
 */

/**
 * @typedef {object} Course
 * @property {(launched: Launched) => Taken} onLaunch takes the state in
 * @property {() => Wanted} wanted
 * @property {() => {answers: Fact[], results: ObjectiveResult[]}} latest
 *   what the state knows of the answers that were reported: the latest to each question
 * @property {(state: SaveState, saved: Date | null) => void} onState `saved`: when all was last stored
 */

/** @typedef {{at: Date, fact: Fact}} Given an answer, and when it was given */

/**
 * @typedef {object} Save one save
 * @property {Taken} [launch] the first of a session
 * @property {boolean} [first] the first of a first visit: it says no more than that the course has begun
 * @property {boolean} [close] the last one
 * @property {boolean} [leaving] the page may be going: there is no time to see what arrives
 * @property {boolean} [time] even when nothing but the time has changed
 * @property {boolean} [force] even while a pause is kept after a failure
 * @property {boolean} [again] an earlier one has failed: what it held may be lost
 * @property {boolean} [rest] goes on with a save of which a part has arrived
 */

/** @typedef {'nothing' | 'later' | 'part' | 'all'} Written nothing was new; something cannot be written now; more must follow; all */
/** @typedef {'stored' | 'waiting' | 'lost'} Seen */

/**
 * @typedef {object} Adapter a target that has been opened, as the session speaks to it. Failures are values: nothing throws an exception.
 * @property {() => Seen} read whether what was written is there
 * @property {(save: Save, given: Given[], results: ObjectiveResult[]) => Written} write writes what is new
 * @property {() => boolean} commit stores it; false if that is known to have failed
 * @property {(time: boolean) => void} close ends the session; `time`: the time spent is still to be written
 */

/** @typedef {{onLoss: () => void, onChange: () => void}} Signals something that had been taken is lost; what is kept has been changed from elsewhere */
/** @typedef {(world: World, course: Course, signals: Signals) => (Launched & Adapter) | null} Open begins, and reads what is kept; null if that is not possible now */

export class Session {
  #world;
  #course;
  #open;
  #retry;
  /** @type {(Launched & Adapter) | null} */
  #adapter = null;
  #scheduled = false;
  /** @type {Given[]} */
  #given = [];
  /** @type {ObjectiveResult[]} */
  #results = [];

  /** @param {World} world @param {Course} course @param {Open} open */
  constructor(world, course, open) {
    this.#world = world;
    this.#course = course;
    this.#open = open;
    this.#retry = new Retry(world, course.onState);
  }

  /** Whether anything may be written now. */
  get #writes() {
    return this.#adapter !== null && this.state !== 'review' && this.state !== 'closed';
  }

  launch() {
    if (this.#adapter || this.state === 'closed') return;
    const opened = this.#open(this.#world, this.#course, {
      onLoss: () => this.#retry.onLoss(),
      onChange: () => this.#commit({ force: true }),
    });
    if (!opened) {
      this.#course.onState('off', null);
      this.#retry.again(() => this.launch());
      return;
    }
    this.#adapter = opened;
    this.#retry.open({
      ...opened,
      write: (save) => opened.write(save, this.#given.splice(0), this.#results.splice(0)),
    });
    const launch = this.#course.onLaunch(opened);
    if (opened.review) this.#retry.turn('review');
    else this.#retry.commit({ launch, first: opened.first });
  }

  /** @param {Save} [save] @returns {boolean} whether nothing has failed so far */
  #commit(save) {
    this.#scheduled = false;
    return this.state === 'review' || (this.#writes && this.#retry.commit(save));
  }

  /** Notes an answer that is to be reported. @param {Fact} fact */
  record(fact) {
    if (this.state !== 'review') this.#given.push({ at: this.#world.date(), fact });
  }

  /** Notes how an objective was met. @param {ObjectiveResult} result */
  rate(result) {
    if (this.state !== 'review') this.#results.push(result);
  }

  /** Saves what this moment has changed: once, at the end of the task. */
  save() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#commit());
  }

  /** The network is back, or the learner: a save that failed is tried again at once. */
  saveNow() {
    if (!this.#adapter) this.launch();
    else if (this.#scheduled || this.#retry.isFailing) this.#commit({ force: true, time: true });
  }

  /** The page is hidden: what there is goes out while that is possible. */
  hide() {
    if (this.#writes) this.#flush({ time: true });
  }

  /** @param {Save} save */
  #flush(save) {
    this.#scheduled = false;
    this.#retry.flush(save);
  }

  /**
   * Ends the session: nothing is written after it.
   * @param {boolean} [must] whether to stay when the last save fails
   * @returns {boolean} whether all was saved
   */
  finish(must = false) {
    if (this.state === 'closed') return true;
    const writes = this.#writes;
    if (writes && must) this.#commit({ force: true, close: true });
    else if (writes) this.#flush({ close: true });
    const saved = writes ? this.#retry.settle() : this.opened;
    if (must && !saved) return false;
    this.#adapter?.close(writes && !must);
    this.#retry.close();
    return saved;
  }

  get state() {
    return this.#retry.state;
  }

  /** The learner's name; '' where it is not known. */
  name() {
    return this.#adapter?.name() ?? '';
  }

  /** Whether there has ever been anything to write to. */
  get opened() {
    return this.#adapter !== null;
  }
}
