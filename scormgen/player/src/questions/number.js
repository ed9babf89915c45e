// A number to type. The answer is the number in its shortest form.

import { find } from '../dom.js';
import { isWithin, parseDecimal, rangeWords, shortNumber } from './answers.js';
import { input, markRow } from './options.js';
import { text } from './text.js';

/** @typedef {import('../types.js').Key} Key */

/** The option whose range holds the number. @param {Key} key @param {string} answer */
function range(key, answer) {
  return key.ranges.find((/** @type {[string, number, number]} */ [, low, high]) =>
    isWithin(Number(answer), low, high),
  )?.[0];
}

/** @param {Key} key @returns {[string, number, number][]} */
function rightRanges(key) {
  return key.ranges.filter((/** @type {[string, number, number]} */ [letter]) => key.right.includes(letter));
}

/** @param {HTMLFormElement} form */
const value = (form) => parseDecimal(input(form).value, document.documentElement.lang);

/** @type {import('../types.js').Kind} */
export const number = {
  ...text,
  shape: 'number',
  read: (form) => {
    const found = value(form);
    return found === null ? null : shortNumber(found);
  },
  unclear: (form) => (input(form).value.trim() && value(form) === null ? 'not_a_number' : null),
  mark: (form, key, answer) =>
    markRow(
      /** @type {HTMLElement} */ (find('.sg-answer', form)),
      answer && key.right.includes(range(key, answer)),
    ),
  share: (key, answer) => (key.right.includes(range(key, answer)) ? 1 : 0),
  right: (key) => rightRanges(key).map(([, low, high]) => [low, high]),
  pack: (answer) => ({ number: answer }),
  unpack: (raw) => ('number' in raw && Number.isFinite(Number(raw.number)) ? raw.number : null),
  chosen: (key, answer) => [range(key, answer)],
  rightWords: (_form, key) =>
    rightRanges(key)
      .map(([, low, high]) => rangeWords(low, high))
      .join(' / '),
};
