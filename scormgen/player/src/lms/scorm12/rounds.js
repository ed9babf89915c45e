// Values that differ, for recovery in two rounds.
//
// Some run-times (Moodle's) send only what differs from what they last tried to send, also after a request that failed. What may be
// lost is therefore set to something different and committed, then set right and committed. Another spelling of a number is no other
// value to them. A crash between the rounds leaves the status `incomplete`: the next launch is then no review and can write it again.

import { cut, decimal } from './formats.js';

const STATUS = /^cmi\.(core\.lesson_status|objectives\.\d+\.status)$/;

/** Whether an element changes with every commit, so that it needs no round of its own. @param {string} element */
export function isVolatile(element) {
  return element === 'cmi.suspend_data' || element === 'cmi.core.session_time';
}

/** Whether an element belongs to a numbered entry: an interaction or an objective. @param {string} element */
export function isNumbered(element) {
  return /^cmi\.(interactions|objectives)\./.test(element);
}

/**
 * Another valid value of the element.
 * @param {string} element @param {string} value what it is to hold in the end
 * @returns {string | null} null if there is none that a crash may leave behind
 */
export function otherValue(element, value) {
  if (STATUS.test(element)) return value === 'incomplete' ? null : 'incomplete';
  const name = element.split('.').pop();
  const either = (/** @type {string} */ first, /** @type {string} */ second) =>
    value === first ? second : first;
  switch (name) {
    case 'min':
      return either('1', '2');
    case 'max':
      return either('99', '98');
    case 'raw':
    case 'weighting':
      return decimal(Number(value) > 0 ? Number(value) - 0.01 : 0.01);
    case 'exit':
      return either('', 'suspend');
    case 'type':
      return either('fill-in', 'performance');
    case 'time':
    case 'latency':
      return either('00:00:00', '00:00:01');
    case 'result':
      return either('neutral', 'unanticipated');
    case 'pattern':
    case 'student_response':
      return either('x', 'y');
    default: // an id or the location
      return cut(`x-${value}`, 255);
  }
}
