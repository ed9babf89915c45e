// One right answer of several: a SCORM choice. The answer is its letter.

import { chosenFeedback, lockInputs, markOptions, optionWords, readChecked, showChecked } from './options.js';

/** @type {import('../types.js').Kind} */
export const single = {
  type: 'choice',
  read: (form) => readChecked(form)[0] ?? null,
  show: (form, answer) => showChecked(form, answer === null ? [] : [answer]),
  lock: lockInputs,
  mark: (form, key, answer) => markOptions(form, key.right, answer === null ? null : [answer]),
  grade: (key, answer) =>
    key.right.includes(answer) ? { result: 'correct', share: 1 } : { result: 'wrong', share: 0 },
  response: (answer) => answer ?? '',
  pattern: (key) => key.right.join(','),
  pack: (answer) => ({ one: answer }),
  unpack: (raw, options) => ('one' in raw && options.includes(raw.one) ? raw.one : null),
  feedback: (key, answer) => (answer === null ? [] : chosenFeedback(key, [answer])),
  words: (form, answer) => (answer === null ? '' : optionWords(form, [answer])),
  rightWords: (form, key) => optionWords(form, key.right),
};
