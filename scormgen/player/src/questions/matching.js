// Pairs to match with select lists. The answer is an option's letter for each prompt.

import { find, findAll } from '../dom.js';
import { packParts, unpackParts } from './answers.js';
import { markRow } from './options.js';

/** @param {HTMLFormElement} form @returns {[part: string, select: HTMLSelectElement, row: HTMLElement][]} */
function rows(form) {
  return findAll('.sg-pair', form).map((row) => [
    row.dataset.part ?? '',
    /** @type {HTMLSelectElement} */ (find('select', row)),
    row,
  ]);
}

/** @param {HTMLFormElement} form @param {Record<string, string>} answer */
function pairWords(form, answer) {
  return rows(form)
    .filter(([part]) => answer[part])
    .map(([part, select, row]) => {
      const option = [...select.options].find(({ value }) => value === answer[part]);
      return `${find('label', row)?.textContent?.trim()} \u2192 ${option?.text ?? answer[part]}`;
    })
    .join('; ');
}

/** @type {import('../types.js').Kind} */
export const matching = {
  shape: 'pairs',
  read: (form) => {
    const given = rows(form).filter(([, select]) => select.value);
    return given.length ? Object.fromEntries(given.map(([part, select]) => [part, select.value])) : null;
  },
  show: (form, answer) => {
    for (const [part, select] of rows(form)) select.value = answer?.[part] ?? '';
  },
  mark: (form, key, answer) => {
    for (const [part, select, row] of rows(form)) {
      const chosen = select.value ? select.selectedOptions[0].text : '';
      markRow(row, answer && answer[part] === key.right[part], false, chosen);
    }
  },
  share: (key, answer) => {
    const parts = Object.keys(key.right);
    return parts.filter((part) => answer[part] === key.right[part]).length / parts.length;
  },
  right: (key) => [key.right],
  pack: (answer) => ({ list: packParts(answer) }),
  unpack: (raw, { options, parts }) =>
    'list' in raw ?
      unpackParts(
        raw.list.map((letter) => (letter && options.includes(letter) ? letter : null)),
        parts,
      )
    : null,
  chosen: (key) => Object.keys(key.right),
  words: pairWords,
  rightWords: (form, key) => pairWords(form, key.right),
};
