// Printing a page, everything, or one action card: the style sheet knows what to show by `data-print`.

import { onAction } from '../dom.js';

const CARD = 'sg-print-this';

/** @param {'page' | 'all' | 'card'} what @param {HTMLElement} [card] */
function print(what, card) {
  document.body.dataset.print = what;
  card?.classList.add(CARD);
  window.addEventListener(
    'afterprint',
    () => {
      delete document.body.dataset.print;
      card?.classList.remove(CARD);
    },
    { once: true },
  );
  window.print();
}

export function startPrint() {
  onAction('print-page', () => print('page'));
  onAction('print-all', () => print('all'));
}

/** @param {HTMLElement} card */
export function startCard(card) {
  onAction('print-card', () => print('card', card), card);
}
