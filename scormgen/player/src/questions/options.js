// Radio buttons and check boxes: what single, multiple and true-false share.

import { find, findAll, make, say } from '../dom.js';

/** @typedef {import('../types.js').Key} Key */

/** @param {HTMLFormElement} form @returns {HTMLInputElement[]} */
export function inputs(form) {
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

/**
 * Locks the choice. The inputs stay reachable, so that a screen reader can read what was chosen.
 * @param {HTMLFormElement} form @param {boolean} on
 */
export function lockInputs(form, on) {
  for (const input of inputs(form)) input.disabled = on;
}

/**
 * Says of each chosen option whether it is right, in words and by class; null takes the marks away.
 * @param {HTMLFormElement} form
 * @param {string[]} right
 * @param {string[] | null} given
 */
export function markOptions(form, right, given) {
  for (const option of findAll('.sg-option', form)) {
    const letter = option.dataset.option ?? '';
    option.classList.remove('sg-option-right', 'sg-option-wrong', 'sg-option-given');
    find('.sg-mark', option)?.remove();
    if (!given?.includes(letter)) continue;
    const good = right.includes(letter);
    option.classList.add('sg-option-given', good ? 'sg-option-right' : 'sg-option-wrong');
    option.append(make('span', 'sg-mark', say(good ? 'mark_right' : 'mark_wrong')));
  }
}

/** The feedback of the options that were chosen. @param {Key} key @param {string[]} letters */
export function chosenFeedback(key, letters) {
  return letters.map((letter) => key.feedback?.[letter] ?? '').filter(Boolean);
}

/** Options in the learner's words. @param {HTMLFormElement} form @param {string[]} letters */
export function optionWords(form, letters) {
  return letters
    .map((letter) => find(`.sg-option[data-option="${letter}"] label`, form)?.textContent?.trim() ?? letter)
    .join('; ');
}
