// Gaps in a text, of words or numbers. The answer is a text for each gap.

import { findAll } from '../dom.js';
import { fold, isWithin, packParts, parseDecimal, rangeWords, shortNumber, unpackParts } from './answers.js';
import { markRow } from './options.js';

/** @typedef {import('../types.js').Key} Key */
/** @typedef {[part: string, accepted: (string | number)[]]} Gap */

/** @param {HTMLFormElement} form */
const fields = (form) => findAll('.sg-gap', form).map((field) => /** @type {HTMLInputElement} */ (field));

/** @param {Gap} gap */
const isNumeric = ([, accepted]) => typeof accepted[0] === 'number';

/** @param {string} [text] */
const decimalOf = (text) => parseDecimal(text ?? '', document.documentElement.lang);

/** @param {Key} key @param {Gap} gap @param {string | undefined} given */
function isRight(key, gap, given) {
  const [, accepted] = gap;
  if (!isNumeric(gap))
    return accepted.some((text) => fold(String(text), key.exact) === fold(given ?? '', key.exact));
  const value = decimalOf(given);
  return value !== null && isWithin(value, Number(accepted[0]), Number(accepted[1]));
}

/** @param {Gap} gap @returns {string} */
function gapWords(gap) {
  const [low, high] = gap[1];
  return isNumeric(gap) ? rangeWords(Number(low), Number(high)) : gap[1].join(' / ');
}

/** @type {import('../types.js').Kind} */
export const gaps = {
  shape: 'text',
  read: (form) => {
    const given = fields(form).filter((field) => field.value.trim());
    return given.length ?
        Object.fromEntries(given.map((field) => [field.dataset.part, field.value.trim()]))
      : null;
  },
  show: (form, answer) => {
    for (const field of fields(form)) field.value = answer?.[field.dataset.part ?? ''] ?? '';
  },
  mark: (form, key, answer) => {
    for (const field of fields(form)) {
      const gap = key.gaps.find((/** @type {Gap} */ [part]) => part === field.dataset.part);
      markRow(field, answer && isRight(key, gap, answer[gap[0]]), true);
    }
  },
  share: (key, answer) =>
    key.gaps.filter((/** @type {Gap} */ gap) => isRight(key, gap, answer[gap[0]])).length / key.gaps.length,
  responses: (key, answer) =>
    key.gaps.map((/** @type {Gap} */ gap) => {
      const [part, accepted] = gap;
      const text = answer?.[part] ?? '';
      const share = isRight(key, gap, text) ? 1 : 0;
      if (!isNumeric(gap)) return { part, shape: 'text', given: text, right: accepted, share };
      const value = decimalOf(text);
      return {
        part,
        shape: 'number',
        given: value === null ? null : shortNumber(value),
        right: [accepted],
        share,
      };
    }),
  pack: (answer) => ({ text: packParts(answer).join('\n') }),
  unpack: (raw, { parts }) => ('text' in raw ? unpackParts(raw.text.split('\n'), parts) : null),
  chosen: () => [],
  words: (form, answer) =>
    fields(form)
      .map((field) => answer[field.dataset.part ?? ''] ?? '\u2026')
      .join('; '),
  rightWords: (_form, key) => key.gaps.map(gapWords).join('; '),
};
