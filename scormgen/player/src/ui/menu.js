// The contents as a drawer, where the window is narrow: while it is open, the rest of the page is inert.

import { find, findAll, onAction, setInert } from '../dom.js';

export function createMenu() {
  const button = find('[data-action="menu"]');

  /** @param {boolean} [on] */
  function toggle(on) {
    const open = document.body.classList.toggle('sg-menu-open', on);
    button?.setAttribute('aria-expanded', String(open));
    setInert('.sg-skip, .sg-header, .sg-notice, .sg-main, .sg-footer', open);
    return open;
  }

  function close() {
    if (!document.body.classList.contains('sg-menu-open')) return;
    toggle(false);
    button?.focus();
  }

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  // A wide window has no drawer, and no button for it.
  window.addEventListener('resize', () => {
    if (!button?.offsetParent) close();
  });
  onAction('menu', () => {
    if (toggle()) (find('.sg-menu-link[aria-current]') ?? findAll('.sg-menu-link')[0])?.focus();
  });
  onAction('close-menu', close);
  return { toggle };
}
