// A text to type. The answer is what was typed.

import { find } from '../dom.js';
import { fold } from './answers.js';
import { input, markRow } from './options.js';

/** The option that an answer is, right or foreseen; undefined if it is none. @param {import('../types.js').Key} key @param {string} answer */
function option(key, answer) {
  return key.texts.find(
    (/** @type {string[]} */ [, text]) => fold(text, key.exact) === fold(answer, key.exact),
  )?.[0];
}

/** @param {import('../types.js').Key} key @returns {string[]} */
function accepted(key) {
  return key.texts
    .filter((/** @type {string[]} */ [letter]) => key.right.includes(letter))
    .map((/** @type {string[]} */ [, text]) => text);
}

/** @type {import('../types.js').Kind} */
export const text = {
  shape: 'text',
  read: (form) => input(form).value.trim() || null,
  show: (form, answer) => {
    input(form).value = answer ?? '';
  },
  mark: (form, key, answer) =>
    markRow(
      /** @type {HTMLElement} */ (find('.sg-answer', form)),
      answer && key.right.includes(option(key, answer)),
    ),
  share: (key, answer) => (key.right.includes(option(key, answer)) ? 1 : 0),
  right: accepted,
  pack: (answer) => ({ text: answer }),
  unpack: (raw) => ('text' in raw && raw.text ? raw.text : null),
  chosen: (key, answer) => [option(key, answer)],
  words: (_form, answer) => answer,
  rightWords: (_form, key) => accepted(key).join(' / '),
};
