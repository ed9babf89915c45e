// What was answered, in the standard's forms: types of interactions, patterns of right answers, responses, results.

import { shortNumber } from '../../questions/answers.js';
import { cut, decimal } from './formats.js';

/** @typedef {import('../../types.js').Fact} Fact */
/** @typedef {import('../../types.js').Shape} Shape */

/** @param {string[]} letters */
const list = (letters) => letters.join(',');

/** @param {string} text */
const same = (text) => text;

/** @type {Record<Shape, [type: string, write: (value: any) => string]>} */
const FORMS = {
  choice: ['choice', list],
  'true-false': ['true-false', list],
  order: ['sequencing', list],
  pairs: [
    'matching',
    (/** @type {Record<string, string>} */ pairs) =>
      list(Object.entries(pairs).map(([part, letter]) => `${part}.${letter}`)),
  ],
  path: [
    'performance',
    (/** @type {import('../../types.js').Step[]} */ steps) =>
      list(steps.map(({ part, letter }) => part + letter)),
  ],
  text: ['fill-in', same],
  // A right answer is a range, for which the standard has no form: its middle is used instead.
  number: [
    'numeric',
    (/** @type {string | [number, number]} */ value) =>
      typeof value === 'string' ? value : shortNumber((value[0] + value[1]) / 2),
  ],
  scale: ['likert', same],
};

/** @param {number | null} share of an answer that is right */
function result(share) {
  return (
    share === null ? 'neutral'
    : share === 1 ? 'correct'
    : share === 0 ? 'wrong'
    : decimal(share)
  );
}

/**
 * @param {Fact} fact
 * @returns {{type: string, patterns: string[], response: string, result: string}}
 */
export function responseOf({ shape, given, right, share }) {
  const [type, write] = FORMS[shape];
  return {
    type,
    patterns: right.map((answer) => cut(write(answer), 255)),
    response: given === null ? '' : cut(write(given), 255),
    result: result(share),
  };
}
