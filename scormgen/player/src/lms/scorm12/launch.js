// What the LMS holds at a launch.

import { call, isTrue, lastError } from './api.js';

/**
 * @typedef {import('../session.js').Launched & {status: string, credit: boolean}} Start
 *   `status`: cmi.core.lesson_status, '' where the LMS does not tell it; `credit`: whether status and score may be written
 */

/**
 * Begins the session and reads what a course needs to know.
 * @param {any} api
 * @returns {Start | null} null if the LMS cannot be used now
 */
export function readLaunch(api) {
  const get = (/** @type {string} */ element) => call(api, 'LMSGetValue', element);

  /** Whether an empty answer means a fault, after which the old state is not known. @param {import('./api.js').Answer} answer */
  function isFault(answer) {
    if (answer.thrown) return true;
    if (answer.value !== '') return false;
    const code = lastError(api);
    return code !== '0' && code !== '401';
  }

  const begun = call(api, 'LMSInitialize', '');
  if (begun.thrown) return null;
  // A false may mean that the frame was reloaded: then reading works.
  const statusAnswer = get('cmi.core.lesson_status');
  if (isFault(statusAnswer) || (!isTrue(begun) && statusAnswer.value === '')) return null;
  const data = get('cmi.suspend_data');
  if (isFault(data)) return null;
  const mode = get('cmi.core.lesson_mode');
  const counts = get('cmi.core.credit');
  if (mode.thrown || counts.thrown) return null;
  const status = statusAnswer.value.trim().toLowerCase();
  const first = (status === '' || status === 'not attempted') && data.value === '';
  return {
    status,
    state: data.value,
    location: first || data.value ? '' : get('cmi.core.lesson_location').value,
    first,
    review: mode.value === 'review' || mode.value === 'browse',
    credit: counts.value !== 'no-credit',
    name: () => get('cmi.core.student_name').value,
  };
}
