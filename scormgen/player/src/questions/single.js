// One right answer of several. The answer is its letter.

import { markOptions, optionWords, readChecked, showChecked } from './options.js';

/** @type {import('../types.js').Kind} */
export const single = {
  shape: 'choice',
  read: (form) => readChecked(form)[0] ?? null,
  show: (form, answer) => showChecked(form, answer === null ? [] : [answer]),
  mark: (form, key, answer) => markOptions(form, key.right, answer === null ? null : [answer]),
  share: (key, answer) => (key.right.includes(answer) ? 1 : 0),
  right: (key) => [key.right],
  given: (answer) => [answer],
  pack: (answer) => ({ one: answer }),
  unpack: (raw, { options }) => ('one' in raw && options.includes(raw.one) ? raw.one : null),
  chosen: (_key, answer) => [answer],
  words: (form, answer) => optionWords(form, [answer]),
  rightWords: (form, key) => optionWords(form, key.right),
};
