// Printing a page, everything, or one action card: the style sheet knows what to show by `data-print`.

import { findAll, onAction } from '../dom.js';

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

/** The printer gets what is folded too: not every browser can open it by the style sheet. */
function unfold() {
  const folded = findAll('details:not([open])');
  for (const part of folded) part.setAttribute('open', '');
  window.addEventListener(
    'afterprint',
    () => {
      for (const part of folded) part.removeAttribute('open');
    },
    { once: true },
  );
}

export function startPrint() {
  window.addEventListener('beforeprint', unfold);
  onAction('print-page', () => print('page'));
  onAction('print-all', () => print('all'));
}

/** @param {HTMLElement} card */
export function startCard(card) {
  onAction('print-card', () => print('card', card), card);
}
