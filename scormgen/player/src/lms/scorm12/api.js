// Finding the LMS's API and calling it: every failure is a value, nothing throws an exception.

/** @typedef {{value: string, thrown: boolean, number: boolean}} Answer `number`: it came as a JavaScript number */
/** @typedef {{api: any, frame: any}} Found the API, and the window that has it */

const STEPS = 500;

/** Errors that say that an element will never be taken: calling again would not help. */
const PERMANENT = ['201', '202', '203', '401', '402', '403', '404', '405'];

/** @param {any} start @returns {Found | null} */
function climb(start) {
  let frame = start;
  for (let step = 0; frame && step < STEPS; step++) {
    try {
      if (frame.API && frame.API.LMSInitialize) return { api: frame.API, frame };
    } catch {
      // another origin: go on to its parent
    }
    let parent;
    try {
      parent = frame.parent;
    } catch {
      return null;
    }
    if (parent === frame) return null;
    frame = parent;
  }
  return null;
}

/**
 * The API: from the SCO's window up, then from its opener, then from the top window's.
 * @param {any} frame
 * @returns {Found | null}
 */
export function findApi(frame) {
  const starts = [() => frame, () => frame.opener, () => frame.top.opener];
  for (const start of starts) {
    try {
      const found = climb(start());
      if (found) return found;
    } catch {
      // not reachable
    }
  }
  return null;
}

/**
 * @param {any} api
 * @param {string} name
 * @param {...string} words
 * @returns {Answer}
 */
export function call(api, name, ...words) {
  try {
    const value = api[name](...words);
    const text = value === null || value === undefined ? '' : String(value);
    return { value: text, thrown: false, number: typeof value === 'number' };
  } catch (error) {
    log(name, words, error);
    return { value: '', thrown: true, number: false };
  }
}

/** Whether a call's result means yes. @param {Answer} answer */
export function isTrue(answer) {
  return answer.value === 'true' || answer.value === '1';
}

/** The code of the last error, `0` for none. @param {any} api */
export function lastError(api) {
  const answer = call(api, 'LMSGetLastError');
  return answer.thrown ? '101' : answer.value.trim() || '0';
}

/** Writes what the LMS says of an error into the console. @param {any} api @param {string} what @param {string} code */
export function explain(api, what, code) {
  log(what, code, call(api, 'LMSGetErrorString', code).value, call(api, 'LMSGetDiagnostic', code).value);
}

/** @param {string} code */
export function isPermanent(code) {
  return PERMANENT.includes(code);
}

/** @param {...any} words */
function log(...words) {
  console.debug('scormgen', ...words);
}
