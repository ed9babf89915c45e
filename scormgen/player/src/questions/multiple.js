// Several right answers: a SCORM choice. The answer is its letters in order; all must be right and none wrong.

import { chosenFeedback, lockInputs, markOptions, optionWords, readChecked, showChecked } from './options.js';

const ORDER = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** @param {string[]} letters */
function inOrder(letters) {
  return [...letters].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

/** @type {import('../types.js').Kind} */
export const multiple = {
  type: 'choice',
  read: (form) => {
    const letters = inOrder(readChecked(form));
    return letters.length ? letters : null;
  },
  show: (form, answer) => showChecked(form, answer ?? []),
  lock: lockInputs,
  mark: (form, key, answer) => markOptions(form, key.right, answer),
  grade: (key, answer) => {
    const whole = answer !== null && inOrder(answer).join() === inOrder(key.right).join();
    return whole ? { result: 'correct', share: 1 } : { result: 'wrong', share: 0 };
  },
  response: (answer) => (answer ?? []).join(','),
  pattern: (key) => inOrder(key.right).join(','),
  pack: (answer) => ({ set: answer }),
  unpack: (raw, options) => {
    const letters = 'set' in raw ? raw.set.filter((letter) => options.includes(letter)) : [];
    return letters.length ? inOrder(letters) : null;
  },
  feedback: (key, answer) => chosenFeedback(key, answer ?? []),
  words: (form, answer) => optionWords(form, answer ?? []),
  rightWords: (form, key) => optionWords(form, inOrder(key.right)),
};
