// A strict SCORM 1.2 run-time: the eight functions of the API over a flat map of elements. It knows no page and no server;
// what a commit is to store it hands over as the changes since the last one.

import { hundredths, span } from './formats.js';
import { ARRAYS, CHILDREN, ELEMENTS, ERRORS, VERSION, general, isKeyword, unknownName } from './model.js';

/** @typedef {Record<string, string>} Data elements by name, such as cmi.core.lesson_status */
/**
 * @typedef {object} Runtime
 * @property {(argument?: unknown) => string} LMSInitialize
 * @property {(argument?: unknown) => string} LMSFinish
 * @property {(argument?: unknown) => string} LMSCommit
 * @property {(element?: unknown) => string} LMSGetValue
 * @property {(element?: unknown, value?: unknown) => string} LMSSetValue
 * @property {() => string} LMSGetLastError
 * @property {(code?: unknown) => string} LMSGetErrorString
 * @property {(code?: unknown) => string} LMSGetDiagnostic
 */

/**
 * @param {Data} stored what the LMS gives to this session; what is missing has the default of the standard
 * @param {(changes: Data) => boolean} store keeps the changes; false if that failed
 * @returns {{api: Runtime, data: Data}}
 */
export function createRuntime(stored, store) {
  /** @type {Data} */
  const data = Object.create(null);
  for (const [name, element] of Object.entries(ELEMENTS)) {
    if (!name.includes('.n.') && element.access !== 'w') data[name] = element.value;
  }
  Object.assign(data, stored);
  /** @type {Set<string>} */
  const changed = new Set();
  let state = 'new';
  let error = '0';
  let diagnostic = '';

  /** @param {string} code @param {string} [why] @returns {false} */
  function fail(code, why = '') {
    error = code;
    diagnostic = why;
    return false;
  }

  /** Whether the session is in a state to answer. */
  function running() {
    error = '0';
    diagnostic = '';
    return (
      state === 'running' ||
      fail('301', state === 'new' ? 'LMSInitialize was not called' : 'LMSFinish was called')
    );
  }

  /** @param {unknown} argument */
  const isEmpty = (argument) => argument === '' || fail('201', 'the argument must be an empty string');

  /** The number of entries of an array. @param {string} array */
  function count(array) {
    const indexes = Object.keys(data).flatMap((name) =>
      name.startsWith(`${array}.`) ? [Number(name.slice(array.length + 1).split('.')[0])] : [],
    );
    return indexes.length ? Math.max(...indexes) + 1 : 0;
  }

  /** Whether each index of a name is one that is there, or (to set) the next. @param {string} name @param {boolean} next */
  function indexesFit(name, next) {
    const parts = name.split('.');
    return parts.every((part, place) => {
      if (!/^\d+$/.test(part)) return true;
      if (part !== String(Number(part))) return fail('201', `${part} is not an index`);
      const there = count(parts.slice(0, place).join('.'));
      const fits = Number(part) < there || (next && Number(part) === there);
      return fits || fail('201', `index ${part} is out of range: there are ${there}`);
    });
  }

  /** The answer of a keyword; undefined if the name is none. @param {string} name */
  function keyword(name) {
    if (name === 'cmi._version') return VERSION;
    const base = name.replace(/\._(children|count)$/, '');
    if (name.endsWith('._children') && general(base) in CHILDREN) return CHILDREN[general(base)];
    if (name.endsWith('._count') && ARRAYS.includes(general(base))) return String(count(base));
    return undefined;
  }

  /** @param {unknown} argument */
  function getValue(argument) {
    const name = String(argument);
    const answer = keyword(name);
    if (answer !== undefined) return indexesFit(name.replace(/\._\w+$/, ''), false) && answer;
    const element = ELEMENTS[general(name)];
    if (!element) return fail(...unknownName(name));
    if (element.access === 'w') return fail('404', `${name} can only be set`);
    if (!indexesFit(name, false)) return false;
    return data[name] ?? element.value;
  }

  /** @param {unknown} argument @param {unknown} given */
  function setValue(argument, given) {
    const name = String(argument);
    if (keyword(name) !== undefined) return fail('402', `${name} is a keyword`);
    const element = ELEMENTS[general(name)];
    if (!element) return isKeyword(name) ? fail('402', `${name} is a keyword`) : fail(...unknownName(name));
    if (element.access === 'r') return fail('403', `${name} can only be read`);
    if (!indexesFit(name, true)) return false;
    const value = String(given);
    const type = data[`${name.split('.').slice(0, 3).join('.')}.type`];
    if (given === undefined || given === null || !element.check(value, type)) {
      return fail('405', `${JSON.stringify(given)} is no value for ${name}`);
    }
    data[name] = value;
    changed.add(name);
    return true;
  }

  /** @param {Data} more what the LMS itself changes */
  function save(more = {}) {
    Object.assign(data, more);
    for (const name of Object.keys(more)) changed.add(name);
    const changes = Object.fromEntries([...changed].map((name) => [name, data[name]]));
    if (store(changes)) {
      changed.clear();
      return true;
    }
    return fail('101', 'the LMS could not store it');
  }

  /** What an LMS concludes at the end (RTE 1.2, cmi.core.lesson_status, entry and total_time). @returns {Data} */
  function conclusions() {
    const status = data['cmi.core.lesson_status'];
    const mastery = data['cmi.student_data.mastery_score'];
    const raw = data['cmi.core.score.raw'];
    const total =
      hundredths(data['cmi.core.total_time']) + hundredths(data['cmi.core.session_time'] ?? '0000:00:00');
    /** @type {Data} */
    const found = {
      'cmi.core.total_time': span(total),
      'cmi.core.session_time': '0000:00:00.00',
      'cmi.core.entry': data['cmi.core.exit'] === 'suspend' ? 'resume' : '',
    };
    if (data['cmi.core.lesson_mode'] === 'browse') {
      if (status === 'not attempted') found['cmi.core.lesson_status'] = 'browsed';
    } else if (data['cmi.core.credit'] === 'credit' && data['cmi.core.lesson_mode'] === 'normal') {
      if (status === 'not attempted') found['cmi.core.lesson_status'] = 'completed';
      if (mastery && raw)
        found['cmi.core.lesson_status'] = Number(raw) >= Number(mastery) ? 'passed' : 'failed';
    }
    return found;
  }

  /** @param {boolean} done */
  const answer = (done) => String(done);

  return {
    data,
    api: {
      LMSInitialize(argument) {
        error = '0';
        diagnostic = '';
        if (!isEmpty(argument)) return 'false';
        if (state !== 'new')
          return answer(fail('101', state === 'running' ? 'it was called before' : 'LMSFinish was called'));
        state = 'running';
        return 'true';
      },
      LMSFinish(argument) {
        if (!running() || !isEmpty(argument)) return 'false';
        const saved = save(conclusions());
        if (saved) state = 'finished';
        return answer(saved);
      },
      LMSCommit: (argument) => answer(running() && isEmpty(argument) && save()),
      LMSGetValue(element) {
        const value = running() && getValue(element);
        return value === false ? '' : value;
      },
      LMSSetValue: (element, value) => answer(running() && setValue(element, value)),
      LMSGetLastError: () => error,
      LMSGetErrorString: (code) => ERRORS[String(code)] ?? '',
      LMSGetDiagnostic: (code) =>
        code === '' || code === undefined || code === error ? diagnostic : (ERRORS[String(code)] ?? ''),
    },
  };
}
