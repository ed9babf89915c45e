// One session with the LMS: launch, commits and their retries, finish. Write early, write little, lose nothing.
//
// The course says what the LMS should hold (`wanted`); what differs from what it is known to hold is written. After a failed
// commit nothing is known, so everything is written again.

import { call, explain, findApi, isPermanent, isTrue, lastError } from './api.js';
import { cut, decimal, timespan } from '../formats.js';
import { createInteractions } from './interactions.js';
import { createObjectives } from './objectives.js';

/** @typedef {import('../types.js').Interaction} Interaction */

/**
 * @typedef {object} World what the session needs of its surroundings
 * @property {any} frame the SCO's window
 * @property {() => number} now milliseconds, never backwards
 * @property {() => Date} date
 * @property {(run: () => void, milliseconds: number) => any} later
 * @property {() => boolean} online
 * @property {'all' | 'last' | 'none'} answers which answers become interactions
 */

/**
 * @typedef {object} Wanted what the LMS should hold
 * @property {import('../types.js').Outcome} outcome
 * @property {string} location
 * @property {(counter: number) => string} suspendData
 */

/**
 * @typedef {object} Launched what the LMS held
 * @property {string} suspendData
 * @property {string} location
 * @property {boolean} first whether the learner is here for the first time
 * @property {boolean} review whether nothing may be written
 */

/**
 * @typedef {object} Course
 * @property {(launched: Launched) => number} onLaunch takes the state in; returns its counter
 * @property {() => Wanted} wanted
 * @property {(state: SaveState) => void} onState
 */

/** @typedef {'off' | 'saving' | 'saved' | 'unsaved' | 'review' | 'closed'} SaveState */
/** @typedef {[element: string, value: string]} Pair */

const RANKS = ['', 'incomplete', 'failed', 'completed', 'passed'];
const STATUS = 'cmi.core.lesson_status';
const DATA = 'cmi.suspend_data';
const SCORE = 'cmi.core.score.';
const LOCATION = 'cmi.core.lesson_location';
const FIRST_LAUNCH_PAUSE = 500;
const FIRST_RETRY_PAUSE = 2000;
const LONGEST_PAUSE = 60000;
const SECOND_LOOK = 1000;
const LONGEST_LOOK = 4000;
const PATIENCE = 7000;

/** @param {World} world @param {Course} course */
export function createSession(world, course) {
  const start = world.now();
  /** @type {any} */
  let api = null;
  /** @type {SaveState} */
  let state = 'off';
  let open = false;
  let credit = true;
  let counter = 0;
  let lmsStatus = '';
  let lmsData = '';
  /** @type {number | null} */
  let lmsScore = null;
  let scoreRead = false;
  /** @type {Map<string, string>} */
  let known = new Map();
  /** @type {Pair[]} committed, but not yet proved to be kept */
  let unproven = [];
  let scheduled = false;
  let pause = FIRST_LAUNCH_PAUSE;
  let notBefore = 0;
  let timers = 0;
  let calls = 0; // LMSSetValue since all was known to be stored
  let sent = 0; // when the last commit was made
  let perCall = 0; // milliseconds that the LMS has taken to store one call, where it stores behind our back

  /** @param {SaveState} next */
  function turn(next) {
    if (next !== state) {
      state = next;
      course.onState(state);
    }
  }

  /** Tries again after a pause that doubles. @param {() => void} run */
  function again(run) {
    const timer = ++timers;
    notBefore = world.now() + Math.min(pause, FIRST_RETRY_PAUSE);
    world.later(() => {
      if (timer === timers) run();
    }, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  /** @param {string} element */
  function get(element) {
    return call(api, 'LMSGetValue', element);
  }

  /** Whether an empty answer means a fault, after which the old state is not known. @param {{value: string, thrown: boolean}} answer */
  function isFault(answer) {
    if (answer.thrown) return true;
    if (answer.value !== '') return false;
    const code = lastError(api);
    return code !== '0' && code !== '401';
  }

  function launch() {
    if (open || state === 'closed') return;
    api = findApi(world.frame);
    const launched = api && read();
    if (!launched) {
      course.onState('off');
      again(launch);
      return;
    }
    open = true;
    timers++;
    pause = FIRST_RETRY_PAUSE;
    counter = course.onLaunch(launched);
    if (launched.review) {
      turn('review');
      return;
    }
    known.set(STATUS, lmsStatus);
    commit({ launch: launched.first });
  }

  /** @returns {Launched | null} null where the LMS cannot be used now */
  function read() {
    const begun = call(api, 'LMSInitialize', '');
    if (begun.thrown) return null;
    // A false may mean that the frame was reloaded: then reading works.
    const status = get(STATUS);
    if (isFault(status)) return null;
    if (!isTrue(begun) && status.value === '') return null;
    const data = get(DATA);
    if (isFault(data)) return null;
    const mode = get('cmi.core.lesson_mode');
    const counts = get('cmi.core.credit');
    if (mode.thrown || counts.thrown) return null;
    lmsStatus = status.value.trim().toLowerCase();
    lmsData = data.value;
    const first = (lmsStatus === '' || lmsStatus === 'not attempted') && lmsData === '';
    credit = counts.value !== 'no-credit';
    const review = mode.value === 'review' || mode.value === 'browse';
    const location = first || lmsData ? '' : get(LOCATION).value;
    return { suspendData: lmsData, location, first, review };
  }

  /** @param {string} status */
  function rank(status) {
    return Math.max(0, RANKS.indexOf(status));
  }

  /**
   * What to write, in the order that LMSs want: score, status, place, data, exit.
   * @param {boolean} launching the first commit of a first visit says no more than that it has begun
   * @returns {Pair[]}
   */
  function changes(launching) {
    const wanted = course.wanted();
    /** @type {Pair[]} */
    const pairs = [];
    const { status, score, final } = wanted.outcome;
    if (credit) {
      if (score !== null && isBetter(score)) {
        pairs.push([`${SCORE}min`, '0'], [`${SCORE}max`, '100'], [`${SCORE}raw`, decimal(score)]);
      }
      if (rank(status) >= rank(lmsStatus)) pairs.push([STATUS, status]);
    }
    if (!launching && lmsData !== wanted.suspendData(counter)) {
      pairs.push([LOCATION, cut(wanted.location, 255)], [DATA, wanted.suspendData(counter + 1)]);
    }
    const settled = final || rank(lmsStatus) >= rank('completed');
    pairs.push(['cmi.core.exit', settled ? '' : 'suspend']);
    return pairs.filter(([element, value]) => element === DATA || known.get(element) !== value);
  }

  /** Whether a score is better than the one that the LMS has. @param {number} score */
  function isBetter(score) {
    if (!scoreRead) {
      const value = get(`${SCORE}raw`).value;
      scoreRead = true;
      lmsScore = value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : null;
    }
    return lmsScore === null || score > lmsScore;
  }

  /** @param {string} element @param {string} value @returns {'done' | 'never' | 'later'} */
  function set(element, value) {
    calls++;
    const answer = call(api, 'LMSSetValue', element, value);
    if (isTrue(answer)) return 'done';
    if (answer.thrown) return 'later';
    const code = lastError(api);
    if (code === '0') return answer.value === 'false' ? 'later' : 'done';
    explain(api, `${element} = ${value}`, code);
    return isPermanent(code) ? 'never' : 'later';
  }

  const elements = { get, set, isMissing: () => isPermanent(lastError(api)) };
  const interactions = createInteractions(world.answers, elements);
  const objectives = createObjectives(elements);

  /**
   * @param {{launch?: boolean, time?: boolean, force?: boolean}} [how] launch: the first commit of a first visit;
   *   time: even when nothing but the time has changed; force: even while the LMS is failing
   * @returns {boolean} whether all is saved
   */
  function commit(how = {}) {
    scheduled = false;
    if (state === 'review') return true;
    if (!open || state === 'closed') return false;
    if (state === 'unsaved' && !how.force && world.now() < notBefore) return false;
    const pairs = changes(Boolean(how.launch));
    const waiting = pairs.length || interactions.waiting || objectives.waiting;
    if (!waiting && !how.time && state !== 'unsaved') return true;
    let saved = interactions.write() && objectives.write();
    if (!how.launch) pairs.push(['cmi.core.session_time', timespan(world.now() - start)]);
    for (const [element, value] of pairs) {
      const result = set(element, value);
      if (result === 'later') saved = false;
      else if (element !== 'cmi.core.session_time') known.set(element, value);
    }
    const answer = call(api, 'LMSCommit', '');
    saved = saved && isTrue(answer) && world.online();
    const data = pairs.find(([element]) => element === DATA)?.[1];
    if (data !== undefined) {
      counter++;
      lmsData = data;
    }
    if (!saved) {
      fail(answer);
      return false;
    }
    const settled = data === undefined && !unproven.length;
    unproven.push(...pairs);
    sent = world.now();
    // Some LMSs answer true and drop the data, which only reading it again tells; others store it a while later.
    if (settled || isStored()) confirm();
    else {
      if (state !== 'unsaved') turn('saving');
      const timer = ++timers;
      world.later(() => lookAgain(timer, SECOND_LOOK), SECOND_LOOK);
    }
    return true;
  }

  /** Whether the LMS gives back the suspend data that it took. */
  function isStored() {
    return get(DATA).value === lmsData;
  }

  /**
   * Looks again for data that was not there at once, before it is taken for lost. An LMS that has been seen to store call by
   * call gets time for as many as there were: sending all again would only make its queue longer.
   * @param {number} timer @param {number} pause_ since the last look
   */
  function lookAgain(timer, pause_) {
    if (timer !== timers || state === 'closed') return;
    const waited = world.now() - sent;
    if (isStored()) {
      perCall = Math.max(perCall, waited / Math.max(calls, 1));
      confirm();
    } else if (waited >= PATIENCE + 3 * perCall * calls) {
      fail({ value: 'true', thrown: false });
    } else {
      const next = Math.min(pause_ * 2, LONGEST_LOOK);
      world.later(() => lookAgain(timer, next), next);
    }
  }

  /** All that was written has arrived. */
  function confirm() {
    calls = 0;
    for (const [element, value] of unproven) {
      if (element === STATUS) lmsStatus = value;
      if (element === `${SCORE}raw`) lmsScore = Number(value);
    }
    unproven = [];
    interactions.clear();
    objectives.clear();
    timers++;
    pause = FIRST_RETRY_PAUSE;
    turn('saved');
  }

  /** @param {{value: string, thrown: boolean}} answer of the commit */
  function fail(answer) {
    if (!answer.thrown && !isTrue(answer)) explain(api, 'LMSCommit', lastError(api));
    known = new Map();
    unproven = [];
    lmsData = '';
    turn('unsaved');
    again(() => commit({ force: true, time: true }));
  }

  return {
    launch,

    /** Notes an answer for the LMS. @param {Interaction} interaction */
    record(interaction) {
      if (state !== 'review') interactions.add(interaction, world.date());
    },

    /** Notes how an objective was met. @param {import('../types.js').ObjectiveResult} result */
    rate(result) {
      if (state !== 'review' && credit) objectives.add(result);
    },

    /** Saves what this moment has changed: once, at the end of the task. */
    save() {
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(() => commit());
    },

    /** The page may be about to go, or the network is back. */
    saveNow() {
      if (!open) launch();
      else if (scheduled || state === 'unsaved') commit({ force: true, time: true });
    },

    /** The page is hidden: what there is goes out while that is possible. */
    hide() {
      return commit({ force: true, time: true });
    },

    /**
     * Ends the session: nothing is called after it.
     * @param {boolean} [must] whether to stay when the last commit fails
     * @returns {boolean} whether all was saved
     */
    finish(must = false) {
      if (state === 'closed') return true;
      const saved = commit({ force: true, time: must }) && (!unproven.length || isStored());
      if (must && !saved) return false;
      timers++;
      if (open && state !== 'review') set('cmi.core.session_time', timespan(world.now() - start));
      if (open) call(api, 'LMSFinish', '');
      turn('closed');
      return saved;
    },

    get state() {
      return state;
    },

    /** The learner's name as the LMS gives it; '' where it gives none. */
    name() {
      return open ? get('cmi.core.student_name').value : '';
    },

    /** Whether the LMS has ever answered. */
    get opened() {
      return open;
    },
  };
}
