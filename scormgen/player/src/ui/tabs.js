// Sections with headings become tabs: the ARIA pattern, with arrow keys, Home and End.

import { find, findAll, make } from '../dom.js';

/** @param {HTMLElement} root */
export function startTabs(root) {
  const panels = findAll(':scope > .sg-tab', root);
  const list = make('div', 'sg-tablist');
  list.setAttribute('role', 'tablist');
  const tabs = panels.map((panel) => {
    const title = find('.sg-tab-title', panel);
    const tab = /** @type {HTMLButtonElement} */ (make('button', 'sg-tab-button', title?.textContent ?? ''));
    tab.type = 'button';
    tab.id = `${panel.id}-button`;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', panel.id);
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    panel.tabIndex = 0;
    if (title) title.hidden = true;
    return tab;
  });

  /** @param {number} index @param {boolean} [focus] */
  function select(index, focus = true) {
    tabs.forEach((tab, i) => {
      tab.setAttribute('aria-selected', String(i === index));
      tab.tabIndex = i === index ? 0 : -1;
      panels[i].hidden = i !== index;
    });
    if (focus) tabs[index].focus();
  }

  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const rtl = getComputedStyle(root).direction === 'rtl';
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    const to =
      event.key === 'Home' ? 0
      : event.key === 'End' ? tabs.length - 1
      : step ? (at + step + tabs.length) % tabs.length
      : -1;
    if (at >= 0 && to >= 0) {
      event.preventDefault();
      select(to);
    }
  });
  tabs.forEach((tab, index) => tab.addEventListener('click', () => select(index)));
  list.append(...tabs);
  root.prepend(list);
  select(0, false);
}
