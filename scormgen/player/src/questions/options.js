// What the kinds share on the page: radio buttons and check boxes, marks, typed answers.

import { find, findAll, make, say } from '../dom.js';

/** @param {HTMLFormElement} form @returns {HTMLInputElement[]} */
function inputs(form) {
  return findAll('.sg-option input', form).map((input) => /** @type {HTMLInputElement} */ (input));
}

/** @param {HTMLFormElement} form @returns {string[]} */
export function readChecked(form) {
  return inputs(form)
    .filter((input) => input.checked)
    .map((input) => input.value);
}

/** @param {HTMLFormElement} form @param {string[]} letters */
export function showChecked(form, letters) {
  for (const input of inputs(form)) input.checked = letters.includes(input.value);
}

/** The field of a typed answer. @param {HTMLFormElement} form */
export function input(form) {
  return /** @type {HTMLInputElement} */ (find('.sg-answer .sg-input', form));
}

/**
 * Says of a row whether it is right, in words and by class; null takes the mark away.
 * @param {HTMLElement} row @param {boolean | null | undefined} good
 * @param {boolean} [beside] of the row, not in it @param {string} [text] what was chosen, where the row may cut it
 */
export function markRow(row, good, beside = false, text = '') {
  row.classList.remove('sg-option-right', 'sg-option-wrong');
  const old = beside ? row.nextElementSibling : find('.sg-mark', row);
  if (old?.classList.contains('sg-mark')) old.remove();
  if (good === null || good === undefined) return;
  row.classList.add(good ? 'sg-option-right' : 'sg-option-wrong');
  const word = say(good ? 'mark_right' : 'mark_wrong');
  const mark = make('span', 'sg-mark', text ? `${word}: ${text}` : word);
  if (beside) row.after(mark);
  else row.append(mark);
}

/**
 * Marks each chosen option; null takes the marks away.
 * @param {HTMLFormElement} form
 * @param {string[]} right
 * @param {string[] | null} given
 */
export function markOptions(form, right, given) {
  for (const option of findAll('.sg-option', form)) {
    const letter = option.dataset.option ?? '';
    const chosen = given?.includes(letter);
    option.classList.toggle('sg-option-given', Boolean(chosen));
    markRow(option, chosen ? right.includes(letter) : null);
  }
}

/** @param {HTMLElement | null} element @param {string} letter */
export function optionText(element, letter) {
  return element?.textContent?.trim() ?? letter;
}

/** Options in the learner's words. @param {HTMLFormElement} form @param {string[]} letters */
export function optionWords(form, letters) {
  return letters
    .map((letter) => optionText(find(`.sg-option[data-option="${letter}"] label`, form), letter))
    .join('; ');
}
