// One session with the LMS: launch, commits and their retries, finish. Write early, write little, lose nothing.
//
// The course says what the LMS should hold (`wanted`); what differs from what was written is written. A commit that failed, or whose
// request the browser saw failing, is made up for in two rounds (rounds.js); what was lost unseen is found and written again at the
// next launch, by what the suspend data says was reported.

import { call, explain, findApi, isPermanent, isTrue, lastError } from './api.js';
import { cut, decimal, timespan } from '../formats.js';
import { createInteractions } from './interactions.js';
import { createObjectives } from './objectives.js';
import { isNumbered, isVolatile, otherValue } from './rounds.js';
import { createWitness } from './witness.js';

/** @typedef {import('../types.js').Interaction} Interaction */
/** @typedef {import('../types.js').Reported} Reported */

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
 * @property {(counter: number, reported: Reported) => string} suspendData
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
 * @property {(launched: Launched) => {counter: number, reported: Reported | null}} onLaunch takes the state in
 * @property {() => Wanted} wanted
 * @property {() => {interactions: Interaction[], objectives: import('../types.js').ObjectiveResult[]}} latest
 *   what the state knows of the answers that were reported: the latest to each question
 * @property {(state: SaveState, saved: Date | null) => void} onState `saved`: when all was last stored
 */

/** @typedef {'off' | 'saving' | 'saved' | 'unsaved' | 'stuck' | 'review' | 'closed'} SaveState `stuck`: unsaved for a minute */
/** @typedef {[element: string, value: string]} Pair */

const RANKS = ['', 'incomplete', 'failed', 'completed', 'passed'];
const STATUS = 'cmi.core.lesson_status';
const DATA = 'cmi.suspend_data';
const SCORE = 'cmi.core.score.';
const LOCATION = 'cmi.core.lesson_location';
const TIME = 'cmi.core.session_time';
const FIRST_LAUNCH_PAUSE = 500;
const FIRST_RETRY_PAUSE = 2000;
const LONGEST_PAUSE = 60000;
const STUCK = 60000;
const SECOND_LOOK = 1000;
const LONGEST_LOOK = 4000;
const PATIENCE = 7000;

/** @param {string} status */
function rank(status) {
  return Math.max(0, RANKS.indexOf(status));
}

/** @param {World} world @param {Course} course */
export function createSession(world, course) {
  const start = world.now();
  /** @type {any} */
  let api = null;
  /** @type {ReturnType<typeof createWitness> | null} */
  let witness = null;
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
  let readable = true; // whether the LMS gives back the status that it was given
  let topRank = 0; // of the statuses that were ever reported
  let earlier = 0; // entries of cmi.interactions that were reported in earlier sessions
  /** @type {Map<string, string>} each element that was set, in that order */
  const written = new Map();
  /** @type {Set<string>} those of them that no commit is known to have carried */
  const doubtful = new Set();
  let astray = false; // whether the first of two rounds was written and the second was not
  /** @type {(() => boolean) | null} what to do when the LMS is seen to hold the suspend data of the last commit */
  let awaited = null;
  let scheduled = false;
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
    if (next !== state) {
      state = next;
      course.onState(state, savedAt);
    }
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

  /** @param {string} element */
  function get(element) {
    return call(api, 'LMSGetValue', element);
  }

  /** Whether an empty answer means a fault, after which the old state is not known. @param {import('./api.js').Answer} answer */
  function isFault(answer) {
    if (answer.thrown) return true;
    if (answer.value !== '') return false;
    const code = lastError(api);
    return code !== '0' && code !== '401';
  }

  function launch() {
    if (open || state === 'closed') return;
    const found = findApi(world.frame);
    api = found?.api;
    const launched = api && read();
    if (!found || !launched) {
      course.onState('off', null);
      again(launch);
      return;
    }
    open = true;
    timers++;
    pause = FIRST_RETRY_PAUSE;
    const taken = course.onLaunch(launched);
    counter = taken.counter;
    if (launched.review) {
      turn('review');
      return;
    }
    witness = createWitness(found.frame, () => onFailedRequest());
    written.set(STATUS, lmsStatus);
    readable = launched.first || lmsStatus !== '';
    topRank = Math.max(taken.reported?.rank ?? 0, rank(lmsStatus));
    if (!launched.first) compare(taken.reported);
    commit({ launch: launched.first });
    if (launched.first && credit) readable = get(STATUS).value !== '';
    if (!readable) interactions.replaceAll();
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

  /**
   * Compares what the LMS gives back with what the suspend data says was reported, and has what is missing written again. Status and
   * score need nothing here: `changes` sees that they differ.
   * @param {Reported | null} before null where the suspend data does not say: it is of an older version
   */
  function compare(before) {
    const latest = course.latest();
    earlier = before?.count ?? latest.interactions.length;
    const answers = readable && earlier ? interactions.count(true) : null;
    const results = readable && credit && latest.objectives.length ? objectives.count(true) : null;
    const lost = answers !== null && answers >= 0 && answers < earlier;
    const few = results !== null && results >= 0 && results < latest.objectives.length;
    if (readable && !lost && !few && (!credit || rank(lmsStatus) >= topRank)) return;
    if (!readable) interactions.replaceAll();
    if (!readable || lost)
      interactions.addAgain(latest.interactions, world.date(), lost ? earlier - answers : 0);
    for (const result of credit ? latest.objectives : []) objectives.add(result);
  }

  /** @returns {Reported} */
  function reported() {
    return { rank: topRank, count: interactions.expected(earlier) };
  }

  /** The status to report: never less than what was reported before. @param {string} status */
  function highest(status) {
    return rank(status) >= topRank ? status : RANKS[topRank];
  }

  /**
   * What to write, in the order that LMSs want: score, status, place, data, exit.
   * @param {boolean} [launching] the first commit of a first visit says no more than that it has begun
   * @param {boolean} [closing] the last one has the place and the data in any case, for those before may have been lost unseen; but
   *   not where the LMS stores late, which would keep the learner waiting
   * @returns {Pair[]}
   */
  function changes(launching = false, closing = false) {
    const wanted = course.wanted();
    /** @type {Pair[]} */
    const pairs = [];
    const { score, final } = wanted.outcome;
    const status = highest(wanted.outcome.status);
    if (credit) {
      if (score !== null && isBetter(score)) {
        pairs.push([`${SCORE}min`, '0'], [`${SCORE}max`, '100'], [`${SCORE}raw`, decimal(score)]);
      }
      if (rank(status) >= rank(lmsStatus)) pairs.push([STATUS, status]);
    }
    if (
      !launching &&
      ((closing && readable && !perCall) || lmsData !== wanted.suspendData(counter, reported()))
    )
      pairs.push([LOCATION, cut(wanted.location, 255)], [DATA, wanted.suspendData(counter + 1, reported())]);
    const settled = final || rank(lmsStatus) >= rank('completed');
    pairs.push(['cmi.core.exit', settled ? '' : 'suspend']);
    return pairs.filter(([element, value]) => element === DATA || written.get(element) !== value);
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

  /** Sets an element to what it is to hold. @param {string} element @param {string} value */
  function set(element, value) {
    const result = put(element, value);
    if (result !== 'later') written.set(element, value);
    if (result === 'done' && !isVolatile(element)) doubtful.add(element);
    return result;
  }

  const elements = {
    /** What was written counts: between the rounds the LMS has something else. @param {string} element */
    get: (element) => {
      const value = written.get(element);
      return value === undefined ? get(element) : { value, thrown: false, number: false };
    },
    set,
    isMissing: () => isPermanent(lastError(api)),
  };
  const interactions = createInteractions(world.answers, elements);
  const objectives = createObjectives(elements);

  /** @returns {boolean} whether it was set */
  function writeTime() {
    return set(TIME, timespan(world.now() - start)) !== 'later';
  }

  /** @param {string} value @returns {boolean} whether it was set */
  function writeData(value) {
    if (set(DATA, value) === 'later') return false;
    counter++;
    lmsData = value;
    return true;
  }

  /** Sets all that is new; false where something could not be set now. @param {boolean} [launching] @param {boolean} [closing] */
  function writeNew(launching = false, closing = false) {
    let done = interactions.write() && objectives.write();
    for (const [element, value] of changes(launching, closing)) {
      if (element === DATA ? !writeData(value) : set(element, value) === 'later') done = false;
      else if (element === STATUS) topRank = Math.max(topRank, rank(value));
    }
    return (launching || writeTime()) && done;
  }

  /** Sets what changes anyway: a commit that carries this alone shows whether the LMS stores again. */
  function writeProbe() {
    return writeData(course.wanted().suspendData(counter + 1, reported())) && writeTime();
  }

  /**
   * Sets, commits, and goes on when the LMS is seen to have it.
   * @param {() => boolean} write false where something could not be set
   * @param {() => boolean} then
   * @returns {boolean} whether nothing has failed so far
   */
  function send(write, then) {
    const before = lmsData;
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
    if ((lmsData === before && !awaited) || isStored()) {
      awaited = null;
      return then();
    }
    awaited = then;
    if (!isFailing()) turn('saving');
    const timer = ++timers;
    world.later(() => lookAgain(timer, SECOND_LOOK), SECOND_LOOK);
    return true;
  }

  /** Whether the LMS gives back the suspend data that it took. */
  function isStored() {
    return get(DATA).value === lmsData;
  }

  /** Goes on where the LMS has what was awaited; false where it has not. */
  function goOn() {
    const then = awaited;
    const answered = witness?.isAnswered() || world.now() - sent >= PATIENCE;
    if (!then || !answered || !isStored()) return false;
    awaited = null;
    then();
    return true;
  }

  /**
   * Looks again for data that was not there at once, before it is taken for lost. An LMS that has been seen to store call by
   * call gets time for as many as there were: sending all again would only make its queue longer.
   * @param {number} timer @param {number} pause_ since the last look
   */
  function lookAgain(timer, pause_) {
    if (timer !== timers || state === 'closed') return;
    const waited = world.now() - sent;
    const callsThen = calls;
    if (goOn()) {
      perCall = Math.max(perCall, waited / Math.max(callsThen, 1));
    } else if (waited >= PATIENCE + 3 * perCall * calls) {
      fail({ value: 'true', thrown: false, number: false });
    } else {
      const next = Math.min(pause_ * 2, LONGEST_LOOK);
      world.later(() => lookAgain(timer, next), next);
    }
  }

  /** The two rounds of rounds.js for all that may be lost; what is new goes with the second. @returns {boolean} */
  function sendAgain() {
    if (isLastChance(changes()))
      for (const element of written.keys()) if (isNumbered(element)) doubtful.add(element);
    const lost = [...doubtful];
    /** @type {Pair[]} */
    const others = lost.flatMap((element) => {
      const value = otherValue(element, written.get(element) ?? '');
      return value === null ? [] : [[element, value]];
    });
    const right = () => {
      const done =
        lost.every((element) => put(element, written.get(element) ?? '') !== 'later') && writeNew();
      astray = astray && !done;
      return done;
    };
    const wrong = () => {
      astray = true;
      return others.every(([element, value]) => put(element, value) !== 'later') && writeProbe();
    };
    return others.length ? send(wrong, () => send(right, confirm)) : send(right, confirm);
  }

  /**
   * Whether this commit may be the last that the LMS takes, while it may have lost earlier ones: a run-time that counts in numbers
   * keeps a copy of its own and sends differences (Moodle's), and once a course is passed it is only ever opened for review.
   * @param {Pair[]} pairs
   */
  function isLastChance(pairs) {
    return settles(pairs) && [...written.keys()].some(isNumbered) && get('cmi.interactions._count').number;
  }

  /** Whether the course ends with these. @param {Pair[]} pairs */
  function settles(pairs) {
    return pairs.some(([element, value]) => element === STATUS && rank(value) >= rank('failed'));
  }

  /** Whether there is anything to write. @param {Pair[]} pairs */
  function isDue(pairs) {
    return pairs.length > 0 || interactions.waiting || objectives.waiting;
  }

  /**
   * @param {{launch?: boolean, close?: boolean, time?: boolean, force?: boolean}} [how] launch: the first commit of a first visit;
   *   close: the last one; time: even when nothing but the time has changed; force: even while the LMS is failing
   * @returns {boolean} whether nothing has failed so far
   */
  function commit(how = {}) {
    scheduled = false;
    if (state === 'review') return true;
    if (!open || state === 'closed') return false;
    if (isFailing()) {
      if (!how.force && (awaited || world.now() < notBefore)) return false;
      return send(writeProbe, sendAgain);
    }
    const pairs = changes(how.launch, how.close);
    if (!isDue(pairs) && !how.time) return true;
    if (astray || isLastChance(pairs)) return sendAgain();
    return send(() => writeNew(how.launch, how.close), confirm);
  }

  /** All that was written has arrived. */
  function confirm() {
    calls = 0;
    lmsStatus = written.get(STATUS) ?? lmsStatus;
    const score = written.get(`${SCORE}raw`);
    if (score !== undefined) lmsScore = Number(score);
    doubtful.clear();
    timers++;
    pause = FIRST_RETRY_PAUSE;
    savedAt = world.date();
    const more = counter > 0 && isDue(changes()); // while this was on its way
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

  /** A request of the LMS failed after it had answered true. */
  function onFailedRequest() {
    if (state === 'closed' || (isFailing() && !awaited)) return;
    fail({ value: 'true', thrown: false, number: false });
  }

  /**
   * One commit while the page may be going: there is no time for rounds, and the next launch heals what is lost.
   * @param {{close?: boolean, time?: boolean}} how as for `commit`
   */
  function flush(how) {
    if (!isFailing() && !astray) return commit(how);
    if (astray) for (const element of doubtful) put(element, written.get(element) ?? '');
    const pairs = changes();
    for (const [element, value] of pairs) if (element !== DATA) set(element, value);
    writeProbe();
    let done = isTrue(call(api, 'LMSCommit', ''));
    if (settles(pairs)) {
      // The next launch may be for review alone. Entries of their own are sent, whatever became of those before.
      const latest = course.latest();
      interactions.addAgain(latest.interactions, world.date());
      objectives.addAgain(latest.objectives);
    } else if ([...doubtful].some(isNumbered)) return false; // behind entries that are lost no other may stand
    done = writeNew() && isTrue(call(api, 'LMSCommit', '')) && done;
    return done;
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

    /** The network is back, or the learner: a save that failed is tried again at once. */
    saveNow() {
      if (!open) launch();
      else if (scheduled || isFailing()) commit({ force: true, time: true });
    },

    /** The page is hidden: what there is goes out while that is possible. */
    hide() {
      if (open && state !== 'review' && state !== 'closed') flush({ time: true });
    },

    /**
     * Ends the session: it makes no further LMS calls.
     * @param {boolean} [must] whether to stay when the last commit fails
     * @returns {boolean} whether all was saved
     */
    finish(must = false) {
      if (state === 'closed') return true;
      let saved = state === 'review';
      if (open && !saved) {
        if (!readable) for (const [element, value] of written) put(element, value);
        saved = must ? commit({ force: true, close: true }) : flush({ close: true });
        while (awaited && goOn());
        saved = saved && !awaited && !isFailing();
      }
      if (must && !saved) return false;
      timers++;
      if (open && state !== 'review' && !must) writeTime();
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
