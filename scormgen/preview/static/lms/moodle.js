// Moodle's SCORM 1.2 run-time as it was recorded (tests/lms/traces/moodle-4.3.json). Beside the value of each element it keeps the
// one that was last collected for sending. A commit collects what differs, marks that as sent, and only then posts: what a
// failed request held is sent again only after the value has changed.

import { ARRAYS, CHILDREN, ELEMENTS, ERRORS, VERSION, general, isKeyword, unknownName } from './model.js';
import * as is from './formats.js';

/** @typedef {import('./kinds.js').Values} Values */
/** @typedef {import('./kinds.js').Post} Post */
/** @typedef {import('./kinds.js').Server} Server */

/** Most bytes that a browser takes for a beacon. */
const BEACON_BYTES = 65_536;
const LONG_TEXT = is.text(64_000);
// As Moodle is installed, "SCORM 1.2 standards mode" is off: no text is refused for its length or its form.
/** @type {Record<string, is.Check>} */
const CHECKS = {
  'cmi.core.lesson_location': LONG_TEXT,
  'cmi.suspend_data': LONG_TEXT,
  'cmi.comments': LONG_TEXT,
  'cmi.student_preference.language': LONG_TEXT,
  'cmi.interactions.n.student_response': LONG_TEXT,
  'cmi.interactions.n.correct_responses.n.pattern': LONG_TEXT,
};
/** What becomes a number, and its range. @type {Record<string, [number, number]>} */
const RANGES = {
  'cmi.core.score.raw': [0, 100],
  'cmi.core.score.min': [0, 100],
  'cmi.core.score.max': [0, 100],
  'cmi.objectives.n.score.raw': [0, 100],
  'cmi.objectives.n.score.min': [0, 100],
  'cmi.objectives.n.score.max': [0, 100],
  'cmi.student_preference.audio': [-1, 100],
  'cmi.student_preference.speed': [-100, 100],
  'cmi.student_preference.text': [-1, 1],
  'cmi.interactions.n.weighting': [-100, 100],
};
const ENDED = ['passed', 'completed', 'failed'];
const NO_TIME = '00:00:00';

/** An element's name in a request and in the database: cmi.interactions_0.id. @param {string} name */
const postedName = (name) => name.replace(/\.(\d+)(?=\.)/g, '_$1');

/** What the database keeps of a request. @type {import('./kinds.js').Kind['changes']} */
export const changesOfMoodle = ({ entries }) =>
  Object.fromEntries(entries.map(([name, value]) => [name.replace(/_(\d+)(?=\.)/g, '.$1'), value]));

/** An attempt that ended is opened for review; it is resumed where it was left with exit `suspend`. @type {import('./kinds.js').Kind['launch']} */
export function launchMoodle(database, learner) {
  const status = database['cmi.core.lesson_status'] ?? '';
  const mode = learner.mode === 'normal' && ENDED.includes(status) ? 'review' : learner.mode;
  const left = database['cmi.core.exit'] === 'suspend' ? 'resume' : '';
  return {
    ...database,
    'cmi.core.student_id': learner.id,
    'cmi.core.student_name': learner.name,
    'cmi.core.lesson_mode': mode,
    'cmi.core.credit': mode === 'normal' ? 'credit' : 'no-credit',
    'cmi.core.entry': status ? left : 'ab-initio',
    'cmi.core.total_time': database['cmi.core.total_time'] ?? NO_TIME,
    'cmi.student_data.mastery_score': learner.mastery,
  };
}

/** The arrays that a name leads through, each with its index there. @param {string} name @returns {[array: string, index: string][]} */
function steps(name) {
  const parts = name.split('.');
  return parts.flatMap((part, place) =>
    /^\d+$/.test(part) ? /** @type {[string, string][]} */ ([[parts.slice(0, place).join('.'), part]]) : [],
  );
}

/** How many entries of each array are stored: other than an index, a count has no gaps. @param {Values} stored */
function countStored(stored) {
  /** @type {Record<string, Set<string>>} */
  const indexes = {};
  for (const [array, index] of Object.keys(stored).flatMap(steps)) (indexes[array] ??= new Set()).add(index);
  return Object.entries(indexes).map(([array, set]) => /** @type {const} */ ([`${array}._count`, set.size]));
}

/**
 * The values of the elements and the marks of what was sent.
 * @param {Values} stored what the server gave at the launch
 */
function createModel(stored) {
  /** @type {Values} */
  const data = Object.create(null);
  /** @type {Values} */
  const sent = Object.create(null);
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (!name.includes('.n.'))
      sent[name] = stored[name] ?? (name === 'cmi.core.lesson_status' ? '' : element.value);
  }

  /** The values as they were last sent; entries of arrays as they were stored. */
  function reset() {
    for (const name of Object.keys(data)) delete data[name];
    Object.assign(data, sent, { 'cmi.core.session_time': NO_TIME });
    data['cmi.core.lesson_status'] ||= 'not attempted';
    for (const [name, value] of Object.entries(stored)) if (general(name).includes('.n.')) data[name] = value;
    Object.assign(
      data,
      { 'cmi.objectives._count': '0', 'cmi.interactions._count': '0' },
      Object.fromEntries(countStored(stored)),
    );
  }

  /** What differs from the values that were last sent, which are marked as sent at once. */
  function collect() {
    /** @type {Post['entries']} */
    const entries = [];
    for (const [name, value] of Object.entries(data)) {
      const element = ELEMENTS[general(name)];
      if (!element || element.access === 'r' || name === 'cmi.core.session_time' || sent[name] === value)
        continue;
      encodeURIComponent(String(value)); // throws for half of a surrogate pair
      entries.push([postedName(name), String(value)]);
      sent[name] = value;
    }
    return entries;
  }

  /** Begins entries of arrays where a name needs them. False where its index is out of range. @param {string} name */
  function begin(name) {
    for (const [array, index] of steps(name)) {
      const count = data[`${array}._count`] ?? Infinity;
      if (Number(index) > Number(count)) return false;
      if (Number(index) === Number(count)) {
        data[`${array}._count`] = Number(count) + 1;
        if (array === 'cmi.interactions') {
          data[`${array}.${index}.objectives._count`] = 0;
          data[`${array}.${index}.correct_responses._count`] = 0;
        }
      }
    }
    return true;
  }

  return { data, reset, collect, begin };
}

/** The form that Moodle posts. @param {Post} post */
const form = ({ entries }) =>
  entries.map(([name, value]) => `&${name.replaceAll('.', '__')}=${encodeURIComponent(value)}`).join('');

/**
 * @param {Values} stored what `launchMoodle` gave
 * @param {Server} server
 * @returns {{api: import('./kinds.js').Api, data: Values}}
 */
export function createMoodle(stored, server) {
  const { data, reset, collect, begin } = createModel(stored);
  let initialized = false;
  let error = '0';
  reset();

  /** @param {string} code @returns {false} */
  function fail(code) {
    error = code;
    return false;
  }

  /** Whether a call of a running session may go on. @param {unknown} [argument] that must be empty */
  function running(argument = '') {
    error = '0';
    if (argument !== '') return fail('201');
    return initialized || fail('301');
  }

  /** @param {Post['entries']} entries */
  function post(entries) {
    const request = { handler: 'datamodel.php', entries };
    try {
      const { status, answer } = server.post(request);
      return (status === 200 && answer.startsWith('true')) || fail('101');
    } catch {
      // Nobody learns how a beacon ends.
      if (form(request).length <= BEACON_BYTES) server.beacon(request);
      return true;
    }
  }

  /** What is concluded at the end: a status, and passed or failed by the mastery score. */
  function conclude() {
    const mode = data['cmi.core.lesson_mode'];
    if (data['cmi.core.lesson_status'] === 'not attempted')
      data['cmi.core.lesson_status'] = mode === 'browse' ? 'browsed' : 'completed';
    const raw = data['cmi.core.score.raw'];
    const mastery = stored['cmi.student_data.mastery_score'];
    if (mode === 'normal' && data['cmi.core.credit'] === 'credit' && mastery && raw !== '')
      data['cmi.core.lesson_status'] = Number(raw) >= Number(mastery) ? 'passed' : 'failed';
  }

  function totalTime() {
    const spent =
      is.hundredths(String(data['cmi.core.total_time'])) +
      is.hundredths(String(data['cmi.core.session_time']));
    return is.span(spent).replace(/^00(?=\d\d:)/, '');
  }

  /** @param {string} name */
  function getValue(name) {
    if (name === 'cmi._version') return VERSION;
    const model = general(name);
    const group = model.replace(/\._(children|count)$/, '');
    if (name.endsWith('._children') && group in CHILDREN) return CHILDREN[group];
    if (name.endsWith('._count') && ARRAYS.includes(group)) return data[name];
    if (!(model in ELEMENTS)) return fail(unknownName(name)[0]);
    return ELEMENTS[model].access === 'w' ? fail('404') : (data[name] ?? '');
  }

  /** @param {string} name @param {string} value */
  function setValue(name, value) {
    const model = general(name);
    if (!(model in ELEMENTS)) return fail(isKeyword(name) && getValue(name) !== false ? '402' : '201');
    if (ELEMENTS[model].access === 'r') return fail('403');
    if (!(CHECKS[model] ?? ELEMENTS[model].check)(value)) return fail('405');
    if (!begin(name)) return fail('201');
    const range = RANGES[model];
    if (range && !(Number(value) >= range[0] && Number(value) <= range[1])) return fail('405');
    if (name === 'cmi.comments') data[name] += value;
    else data[name] = range ? Number(value) : value;
    return true;
  }

  return {
    data,
    api: {
      LMSInitialize(argument) {
        reset(); // before anything is checked: a second call takes away what was not committed
        error = '0';
        if (argument !== '') return String(fail('201'));
        if (initialized) return String(fail('101'));
        initialized = true;
        return 'true';
      },
      LMSFinish(argument) {
        if (!running(argument)) return 'false';
        initialized = false;
        conclude();
        return String(post([...collect(), ['cmi.core.total_time', totalTime()]]));
      },
      LMSCommit: (argument) => String(running(argument) && post(collect())),
      LMSGetValue(element) {
        const value = running() && getValue(String(element));
        return value === false ? '' : value;
      },
      LMSSetValue: (element, value) => String(running() && setValue(String(element), String(value))),
      LMSGetLastError: () => error,
      LMSGetErrorString: (code) => ERRORS[String(code)] ?? '',
      LMSGetDiagnostic: () => '',
    },
  };
}
