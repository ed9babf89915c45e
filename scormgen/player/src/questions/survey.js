// A survey, never right or wrong: rows on a scale, a free text, or a choice.

import { findAll } from '../dom.js';
import { LETTERS, packParts, unpackParts } from './answers.js';
import { input, optionWords, readChecked, showChecked } from './options.js';

/** @param {HTMLFormElement} form */
const rows = (form) => findAll('.sg-row', form);

/** @param {HTMLElement} row */
const points = (row) => findAll('input', row).map((point) => /** @type {HTMLInputElement} */ (point));

/** @param {HTMLFormElement} form @returns {'rows' | 'options' | 'text'} */
const form_ = (form) =>
  rows(form).length ? 'rows'
  : form.querySelector('.sg-option') ? 'options'
  : 'text';

/** @type {import('../types.js').Kind} */
export const survey = {
  shape: 'text',
  read: (form) => {
    if (form_(form) === 'text') return input(form).value.trim() || null;
    if (form_(form) === 'options') return readChecked(form)[0] ?? null;
    /** @type {Record<string, string>} */
    const answer = {};
    for (const row of rows(form)) {
      const point = points(row).find(({ checked }) => checked);
      if (point) answer[row.dataset.part ?? ''] = point.value;
    }
    return Object.keys(answer).length ? answer : null;
  },
  show: (form, answer) => {
    if (form_(form) === 'text') input(form).value = answer ?? '';
    else showChecked(form, answer === null ? [] : [answer]);
    for (const row of rows(form))
      for (const point of points(row)) point.checked = answer?.[row.dataset.part ?? ''] === point.value;
  },
  mark: () => {},
  share: () => 0,
  responses: (_key, answer, { parts, options }) => {
    /** @param {import('../types.js').Shape} shape @param {any} given */
    const response = (shape, given) => ({ shape, given, right: [], share: null });
    if (parts) return [...parts].map((part) => ({ part, ...response('scale', answer?.[part] ?? null) }));
    return [options ? response('choice', answer && [answer]) : response('text', answer)];
  },
  pack: (answer) =>
    typeof answer !== 'string' ? { list: packParts(answer) }
    : answer.length === 1 && LETTERS.includes(answer) ? { one: answer }
    : { text: answer },
  unpack: (raw, { options, parts }) => {
    if (parts) return 'list' in raw ? unpackParts(raw.list, parts) : null;
    if (options) return 'one' in raw && options.includes(raw.one) ? raw.one : null;
    const text =
      'text' in raw ? raw.text
      : 'one' in raw ? raw.one
      : '';
    return text || null;
  },
  chosen: (_key, answer) => (typeof answer === 'string' ? [answer] : []),
  words: (form, answer) => {
    if (form_(form) === 'text') return answer;
    if (form_(form) === 'options') return optionWords(form, [answer]);
    return rows(form)
      .map(
        (row) =>
          points(row).find(({ value }) => value === answer[row.dataset.part ?? ''])?.labels?.[0]
            .textContent ?? '\u2026',
      )
      .join('; ');
  },
  rightWords: () => '',
};
