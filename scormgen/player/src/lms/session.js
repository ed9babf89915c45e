// One session with the LMS: launch, commits, finish. Write early, write little, lose nothing.
//
// The course says what the LMS should hold (`wanted`); what differs from what was set is set. delivery.js sees to it that commits
// arrive. What an LMS has lost unseen is found at the next launch, by what the suspend data says was reported, and written again.

import { call, explain, findApi, isPermanent, isTrue, lastError } from './api.js';
import { cut, decimal, timespan } from '../formats.js';
import { createDelivery } from './delivery.js';
import { createInteractions } from './interactions.js';
import { readLaunch } from './launch.js';
import { createLedger } from './ledger.js';
import { createObjectives } from './objectives.js';
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
 * @typedef {object} Course
 * @property {(launched: import('./launch.js').Launched) => {counter: number, reported: Reported | null}} onLaunch takes the state in
 * @property {() => Wanted} wanted
 * @property {() => {interactions: Interaction[], objectives: import('../types.js').ObjectiveResult[]}} latest
 *   what the state knows of the answers that were reported: the latest to each question
 * @property {(state: SaveState, saved: Date | null) => void} onState `saved`: when all was last stored
 */

/**
 * @typedef {object} How a commit is made
 * @property {boolean} [launch] the first of a session: it has no time to tell
 * @property {boolean} [first] the first of a first visit: it says no more than that the course has begun
 * @property {boolean} [close] the last one
 * @property {boolean} [prove] with suspend data in any case: that it is given back proves that all before it has arrived
 * @property {boolean} [time] even when nothing but the time has changed
 * @property {boolean} [force] even while the LMS is failing
 */

/** @typedef {import('./delivery.js').SaveState} SaveState */
/** @typedef {[element: string, value: string]} Pair */

const RANKS = ['', 'incomplete', 'failed', 'completed', 'passed'];
const STATUS = 'cmi.core.lesson_status';
const DATA = 'cmi.suspend_data';
const SCORE = 'cmi.core.score.';
const LOCATION = 'cmi.core.lesson_location';
const TIME = 'cmi.core.session_time';

/** @param {string} status */
function rank(status) {
  return Math.max(0, RANKS.indexOf(status));
}

/** Whether the course ends with these. @param {Pair[]} pairs */
function settles(pairs) {
  return pairs.some(([element, value]) => element === STATUS && rank(value) >= rank('failed'));
}

/** @param {World} world @param {Course} course */
export function createSession(world, course) {
  const start = world.now();
  /** @type {any} */
  let api = null;
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
  let scheduled = false;

  const ledger = createLedger(put);
  const elements = {
    /** What was set counts: between two rounds the LMS has something else. @param {string} element */
    get: (element) => {
      const value = ledger.get(element);
      return value === undefined ? get(element) : { value, thrown: false, number: false };
    },
    set: ledger.set,
    isMissing: () => isPermanent(lastError(api)),
  };
  const interactions = createInteractions(world.answers, elements);
  const objectives = createObjectives(elements);
  const delivery = createDelivery(
    world,
    ledger,
    {
      writeProbe,
      writeNew,
      isLast,
      isDue,
      onStored,
      isStored: () => get(DATA).value === lmsData,
      data: () => lmsData,
    },
    course.onState,
  );

  /** @param {string} element */
  function get(element) {
    return call(api, 'LMSGetValue', element);
  }

  /** @param {string} element @param {string} value @returns {import('./ledger.js').Result} */
  function put(element, value) {
    delivery.count();
    const answer = call(api, 'LMSSetValue', element, value);
    if (isTrue(answer)) return 'done';
    if (answer.thrown) return 'later';
    const code = lastError(api);
    if (code === '0') return answer.value === 'false' ? 'later' : 'done';
    explain(api, `${element} = ${value}`, code);
    return isPermanent(code) ? 'never' : 'later';
  }

  function launch() {
    if (open || delivery.state === 'closed') return;
    const found = findApi(world.frame);
    const launched = found && readLaunch(found.api);
    if (!found || !launched) {
      course.onState('off', null);
      delivery.again(launch);
      return;
    }
    api = found.api;
    open = true;
    delivery.open(
      api,
      createWitness(found.frame, () => delivery.onFailedRequest()),
    );
    ({ credit, status: lmsStatus, suspendData: lmsData } = launched);
    const taken = course.onLaunch(launched);
    counter = taken.counter;
    if (launched.review) {
      delivery.turn('review');
      return;
    }
    ledger.assume(STATUS, lmsStatus);
    topRank = Math.max(taken.reported?.rank ?? 0, rank(lmsStatus));
    if (launched.first) delivery.commit({ launch: true, first: true });
    readable = launched.first ? !credit || get(STATUS).value !== '' : lmsStatus !== '';
    if (!readable) interactions.replaceAll();
    if (!launched.first) {
      compare(taken.reported);
      delivery.commit({ launch: true });
    }
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
    if (!readable || lost)
      interactions.addAgain(latest.interactions, world.date(), lost ? earlier - answers : 0);
    for (const result of credit ? latest.objectives : []) objectives.add(result);
  }

  /** What is to be reported: status and rank are never less than before. @param {import('../types.js').Outcome} outcome */
  function report({ status }) {
    const top = credit ? Math.max(topRank, rank(status)) : topRank;
    return {
      status: rank(status) >= topRank ? status : RANKS[topRank],
      reported: { rank: top, count: interactions.expected(earlier) },
    };
  }

  /**
   * What to write, in the order that LMSs want: score, status, place, data, exit.
   * @param {How} [how]
   * @returns {Pair[]}
   */
  function changes({ first, close, prove } = {}) {
    const { outcome, location, suspendData } = course.wanted();
    const { status, reported } = report(outcome);
    /** @type {Pair[]} */
    const pairs = [];
    if (credit) {
      if (outcome.score !== null && isBetter(outcome.score)) {
        pairs.push([`${SCORE}min`, '0'], [`${SCORE}max`, '100'], [`${SCORE}raw`, decimal(outcome.score)]);
      }
      if (rank(status) >= rank(lmsStatus)) pairs.push([STATUS, status]);
    }
    // The last commit has the data in any case, for those before may have been lost unseen; but where the LMS stores late, it
    // would keep the learner waiting.
    const closing = close && readable && !delivery.isLate;
    const place = cut(location, 255);
    const data = closing || prove || lmsData !== suspendData(counter, reported);
    if (!first && (data || ledger.get(DATA) !== undefined)) pairs.push([LOCATION, place]);
    if (!first && data) pairs.push([DATA, suspendData(counter + 1, reported)]);
    const settled = outcome.final || rank(lmsStatus) >= rank('completed');
    pairs.push(['cmi.core.exit', settled ? '' : 'suspend']);
    return pairs.filter(([element, value]) => element === DATA || ledger.get(element) !== value);
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

  /** @returns {boolean} whether it was set */
  function writeTime() {
    return ledger.set(TIME, timespan(world.now() - start)) !== 'later';
  }

  /** @param {string} value @returns {boolean} whether it was set */
  function writeData(value) {
    if (ledger.set(DATA, value) === 'later') return false;
    counter++;
    lmsData = value;
    return true;
  }

  function writeProbe() {
    const { outcome, suspendData } = course.wanted();
    return writeData(suspendData(counter + 1, report(outcome).reported)) && writeTime();
  }

  /** @param {How} [how] */
  function writeNew(how) {
    let done = interactions.write() && objectives.write();
    for (const [element, value] of changes(how)) {
      if (element === DATA ? !writeData(value) : ledger.set(element, value) === 'later') done = false;
      else if (element === STATUS) topRank = Math.max(topRank, rank(value));
    }
    return (how?.launch || writeTime()) && done;
  }

  /** @param {How} [how] */
  function isDue(how) {
    return changes(how).length > 0 || interactions.waiting || objectives.waiting;
  }

  /**
   * A run-time that counts in numbers keeps a copy of its own and sends differences (Moodle's): it may have lost entries unseen. Once
   * a course is passed it is only opened for review, and nothing can be made up for.
   */
  function isLast() {
    return settles(changes()) && ledger.hasEntries() && get('cmi.interactions._count').number;
  }

  function onStored() {
    lmsStatus = ledger.get(STATUS) ?? lmsStatus;
    const score = ledger.get(`${SCORE}raw`);
    if (score !== undefined) lmsScore = Number(score);
  }

  /** @param {How} [how] @returns {boolean} whether nothing has failed so far */
  function commit(how) {
    scheduled = false;
    if (delivery.state === 'review') return true;
    return open && delivery.state !== 'closed' && delivery.commit(how);
  }

  /**
   * One commit while the page may be going: there is no time for rounds, and the next launch writes again what is lost.
   * @param {How} how
   */
  function flush(how) {
    if (!delivery.isFailing() && !ledger.astray) {
      commit(how);
      return;
    }
    if (ledger.astray) ledger.setRight();
    const pairs = changes();
    for (const [element, value] of pairs) if (element !== DATA) ledger.set(element, value);
    writeProbe();
    call(api, 'LMSCommit', '');
    if (settles(pairs)) {
      // The next launch may be for review alone. Entries of their own are sent, whatever became of those before.
      const latest = course.latest();
      interactions.addAgain(latest.interactions, world.date());
      objectives.addAgain(latest.objectives);
    } else if (ledger.mayLackEntries()) return; // behind entries that are lost no other may stand
    writeNew();
    call(api, 'LMSCommit', '');
  }

  return {
    launch,

    /** Notes an answer for the LMS. @param {Interaction} interaction */
    record(interaction) {
      if (delivery.state !== 'review') interactions.add(interaction, world.date());
    },

    /** Notes how an objective was met. @param {import('../types.js').ObjectiveResult} result */
    rate(result) {
      if (delivery.state !== 'review' && credit) objectives.add(result);
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
      else if (scheduled || delivery.isFailing()) commit({ force: true, time: true });
    },

    /** The page is hidden: what there is goes out while that is possible. */
    hide() {
      if (open && delivery.state !== 'review' && delivery.state !== 'closed') flush({ time: true });
    },

    /**
     * Ends the session: it makes no further LMS calls.
     * @param {boolean} [must] whether to stay when the last commit fails
     * @returns {boolean} whether all was saved
     */
    finish(must = false) {
      if (delivery.state === 'closed') return true;
      const writing = open && delivery.state !== 'review';
      if (writing) {
        if (!readable) ledger.setAll();
        if (must) commit({ force: true, close: true });
        else flush({ close: true });
      }
      const saved = writing ? delivery.settle() : open;
      if (must && !saved) return false;
      if (writing && !must) writeTime();
      if (open) call(api, 'LMSFinish', '');
      delivery.close();
      return saved;
    },

    get state() {
      return delivery.state;
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
