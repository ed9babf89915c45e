// A glossary term: its button shows and hides what it means, right behind it.

import { make } from '../dom.js';

/** @param {HTMLElement} button */
export function startTerm(button) {
  /** @type {HTMLElement | null} */
  let definition = null;

  /** @param {boolean} open */
  function toggle(open) {
    button.setAttribute('aria-expanded', String(open));
    definition?.remove();
    definition = null;
    if (open) {
      definition = make('span', 'sg-definition', button.dataset.definition ?? '');
      definition.setAttribute('role', 'note');
      (button.closest('.sg-tie') ?? button).after(definition);
    }
  }

  button.addEventListener('click', () => toggle(!definition));
  button.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && definition) toggle(false);
  });
}
