// Commits, and the proof that they were stored: what fails is tried again with growing pauses until all has arrived.
//
// A commit that was answered true may still be lost. The adapter reads what is kept: until it is there, the state is "saving". How an
// adapter makes up for what may be lost is its own affair; it may need several commits, one after the other. Only after the last of
// them is the state "saved".

/** @typedef {'off' | 'saving' | 'saved' | 'unsaved' | 'stuck' | 'review' | 'closed'} SaveState `stuck`: unsaved for a minute */
/** @typedef {import('./session.js').Save} Save */
/** @typedef {import('./session.js').Written} Written */

const FIRST_LAUNCH_PAUSE = 500;
const FIRST_RETRY_PAUSE = 2000;
const LONGEST_PAUSE = 60000;
const STUCK = 60000;
export const SECOND_LOOK = 1000;
const LONGEST_LOOK = 4000;

/**
 * @typedef {object} Store
 * @property {(save: Save) => Written} write
 * @property {() => boolean} commit
 * @property {() => import('./session.js').Seen} read
 */

export class Retry {
  #world;
  #onState;
  #adapter = /** @type {Store} */ (/** @type {unknown} */ (null));
  /** @type {SaveState} */
  state = 'off';
  /** @type {(() => void) | null} what to do when the last commit is seen to have arrived */
  #awaited = null;
  #isPart = false; // whether the last commit was one of several, and others must follow
  #pause = FIRST_LAUNCH_PAUSE;
  #notBefore = 0;
  #timers = 0;
  #failing = 0; // since when, by the clock
  /** @type {Date | null} */
  #savedAt = null;

  /** @param {import('./session.js').World} world @param {(state: SaveState, saved: Date | null) => void} onState */
  constructor(world, onState) {
    this.#world = world;
    this.#onState = onState;
  }

  /** @param {SaveState} next */
  turn(next) {
    if (next === this.state) return;
    this.state = next;
    this.#onState(next, this.#savedAt);
  }

  get isFailing() {
    return this.state === 'unsaved' || this.state === 'stuck';
  }

  /** Tries again after a pause that doubles. @param {() => void} run */
  again(run) {
    const timer = ++this.#timers;
    this.#notBefore = this.#world.now() + Math.min(this.#pause, FIRST_RETRY_PAUSE);
    this.#world.later(() => {
      if (timer === this.#timers) run();
    }, this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  /** There is something to write to now. @param {Store} adapter */
  open(adapter) {
    this.#adapter = adapter;
    this.#timers++;
    this.#pause = FIRST_RETRY_PAUSE;
  }

  /** @param {Save} [save] @returns {boolean} whether nothing has failed so far */
  commit(save = {}) {
    const again = this.isFailing;
    if (again && !save.force && (this.#awaited || this.#world.now() < this.#notBefore)) return false;
    return this.#send({ ...save, again });
  }

  /** @param {Save} save @returns {boolean} whether nothing has failed so far */
  #send(save) {
    const written = this.#adapter.write(save);
    return written === 'nothing' || this.#ship(written, save);
  }

  /**
   * Commits what was written, and goes on when it is seen to have arrived.
   * @param {Written} written @param {Save} save
   * @returns {boolean} whether nothing has failed so far
   */
  #ship(written, save) {
    this.#isPart = written === 'part';
    if (!this.#adapter.commit() || written === 'later') {
      this.#fail();
      return false;
    }
    const then = this.#isPart ? () => this.#send({ rest: true }) : () => this.#confirm(save.first);
    if (this.#adapter.read() === 'stored') {
      this.#awaited = null;
      return then();
    }
    this.#awaited = then;
    if (!this.isFailing) this.turn('saving');
    this.#lookLater(++this.#timers, SECOND_LOOK);
    return true;
  }

  /** @param {number} timer @param {number} pause */
  #lookLater(timer, pause) {
    this.#world.later(() => {
      if (timer !== this.#timers || this.state === 'closed') return;
      const seen = this.#look();
      if (seen === 'lost') this.#fail();
      else if (seen === 'waiting') this.#lookLater(timer, Math.min(pause * 2, LONGEST_LOOK));
    }, pause);
  }

  /** Goes on where what was awaited has arrived. */
  #look() {
    const seen = this.#adapter.read();
    const then = this.#awaited;
    if (seen === 'stored') {
      this.#awaited = null;
      then?.();
    }
    return seen;
  }

  /**
   * All has arrived; what has changed meanwhile goes out.
   * @param {boolean} [first] nothing else goes out with the first commit of a first visit
   * @returns {boolean} whether nothing has failed so far
   */
  #confirm(first = false) {
    this.#timers++;
    this.#pause = FIRST_RETRY_PAUSE;
    this.#savedAt = this.#world.date();
    const more = first ? 'nothing' : this.#adapter.write({});
    this.turn(more === 'nothing' ? 'saved' : 'saving');
    return more === 'nothing' || this.#ship(more, {});
  }

  #fail() {
    this.#awaited = null;
    if (!this.isFailing) this.#failing = this.#world.now();
    this.turn(this.#world.now() - this.#failing >= STUCK ? 'stuck' : 'unsaved');
    this.again(() => this.commit({ force: true }));
  }

  /**
   * Saves while the page may be going. Where something may be lost there is no time to see what arrives: the next launch writes
   * again what has not.
   * @param {Save} save
   */
  flush(save) {
    if (!this.isFailing && !this.#isPart) {
      this.commit(save);
      return;
    }
    let rest = false;
    do {
      const written = this.#adapter.write({ ...save, leaving: true, rest });
      this.#adapter.commit();
      rest = written === 'part';
    } while (rest);
  }

  /** Something that had been taken is lost. */
  onLoss() {
    if (this.state !== 'closed' && (!this.isFailing || this.#awaited)) this.#fail();
  }

  /** Waits for nothing more; returns whether all has arrived. */
  settle() {
    while (this.#awaited && this.#look() === 'stored');
    return !this.#awaited && !this.isFailing;
  }

  close() {
    this.#timers++;
    this.turn('closed');
  }
}
