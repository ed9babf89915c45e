// Several right answers. The answer is its letters in order. Of the right ones chosen, each wrong one takes one away.

import { inOrder } from './answers.js';
import { markOptions, optionWords, readChecked, showChecked } from './options.js';

/** @type {import('../types.js').Kind} */
export const multiple = {
  shape: 'choice',
  read: (form) => {
    const letters = inOrder(readChecked(form));
    return letters.length ? letters : null;
  },
  show: (form, answer) => showChecked(form, answer ?? []),
  mark: (form, key, answer) => markOptions(form, key.right, answer),
  share: (key, answer) => {
    const hits = answer.filter((/** @type {string} */ letter) => key.right.includes(letter)).length;
    return Math.max(0, 2 * hits - answer.length) / key.right.length;
  },
  right: (key) => [inOrder(key.right)],
  pack: (answer) => ({ set: answer }),
  unpack: (raw, { options }) => {
    const letters = 'set' in raw ? raw.set.filter((letter) => options.includes(letter)) : [];
    return letters.length ? inOrder(letters) : null;
  },
  chosen: (_key, answer) => answer,
  words: (form, answer) => optionWords(form, answer),
  rightWords: (form, key) => optionWords(form, inOrder(key.right)),
};
