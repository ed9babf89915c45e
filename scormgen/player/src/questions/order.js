// Things to put in order with buttons or arrow keys. The answer is the letters in the learner's order.

import { find, findAll, focusOn, say } from '../dom.js';
import { orderShare } from './answers.js';
import { markRow } from './options.js';

/** @param {HTMLFormElement} form */
const items = (form) => findAll('.sg-order-item', form);

/** @type {WeakMap<HTMLFormElement, HTMLElement[]>} as the page came */
const originals = new WeakMap();
/** @type {WeakSet<HTMLFormElement>} that the learner has put into an order */
const touched = new WeakSet();

/** @param {HTMLFormElement} form */
function refresh(form) {
  const rows = items(form);
  rows.forEach((row, index) => {
    for (const button of findAll('.sg-move', row)) {
      const end = index + Number(button.dataset.move);
      button.setAttribute('aria-disabled', String(end < 0 || end === rows.length));
    }
  });
}

/** @param {HTMLFormElement} form @param {HTMLElement} button @param {number} by */
function move(form, button, by) {
  const row = /** @type {HTMLElement} */ (button.closest('.sg-order-item'));
  const rows = items(form);
  const index = rows.indexOf(row) + by;
  if (index < 0 || index >= rows.length) return;
  if (by < 0) rows[index].before(row);
  else rows[index].after(row);
  touched.add(form);
  refresh(form);
  focusOn(button);
  const status = find('[role="status"]', form);
  if (status) status.textContent = say('moved', { item: text(row), n: index + 1, all: rows.length });
}

/** @param {HTMLElement} row */
const text = (row) => find('.sg-order-text span', row)?.textContent?.trim() ?? '';

/** @param {HTMLFormElement} form @param {string[]} letters */
function itemWords(form, letters) {
  const rows = items(form);
  return letters
    .map((letter) => rows.find((row) => row.dataset.option === letter))
    .map((row, index) => `${index + 1}. ${row ? text(row) : ''}`)
    .join('; ');
}

/** @type {import('../types.js').Kind} */
export const order = {
  shape: 'order',
  start: (form) => {
    originals.set(form, items(form));
    for (const button of findAll('.sg-move', form)) {
      const by = Number(button.dataset.move);
      button.addEventListener('click', () => move(form, button, by));
      button.addEventListener('keydown', (event) => {
        const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        if (!way || /** @type {HTMLButtonElement} */ (button).disabled) return;
        event.preventDefault();
        move(form, button, way);
      });
    }
    refresh(form);
  },
  read: (form) => (touched.has(form) ? items(form).map((row) => row.dataset.option) : null),
  show: (form, answer) => {
    const rows = originals.get(form) ?? [];
    if (answer) touched.add(form);
    else touched.delete(form);
    /** @param {HTMLElement} row */
    const place = (row) => {
      const index = answer ? answer.indexOf(row.dataset.option) : rows.indexOf(row);
      return index < 0 ? rows.length : index;
    };
    rows[0]?.parentElement?.append(...[...rows].sort((a, b) => place(a) - place(b)));
    refresh(form);
  },
  mark: (form, key, answer) => {
    items(form).forEach((row, index) => markRow(row, answer && key.right[index] === row.dataset.option));
  },
  share: (key, answer) => orderShare(key.right, answer),
  right: (key) => [key.right],
  pack: (answer) => ({ list: answer }),
  unpack: (raw, { options }) => {
    // Things that an update added are shown last; they are part of the answer once the learner has seen them there.
    const letters = 'list' in raw ? raw.list : [];
    const kept = letters.filter((letter) => letter !== null && options.includes(letter));
    return kept.length ? [...new Set(kept)] : null;
  },
  chosen: (key) => key.right,
  words: itemWords,
  rightWords: (form, key) => itemWords(form, key.right),
};
