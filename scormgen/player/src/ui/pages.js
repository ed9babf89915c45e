// One page at a time: menu, Back and Next, progress, links inside the course. The focus goes to the page's heading.

import { find, findAll, focusOn, make, onAction, say, setInert } from '../dom.js';

/** @typedef {import('../types.js').Data} Data */
/** @typedef {import('../types.js').State} State */

/**
 * @param {Data} data
 * @param {() => State} getState
 * @param {{onShow: (index: number) => void, onEnd: () => void, isComplete: () => boolean}} course
 */
export function createPages(data, getState, course) {
  const pages = findAll('.sg-page');
  const links = findAll('.sg-menu-link');
  const back = /** @type {HTMLButtonElement} */ (find('[data-action="back"]'));
  const next = /** @type {HTMLButtonElement} */ (find('[data-action="next"]'));
  const progress = /** @type {HTMLProgressElement | null} */ (find('#sg-progress'));
  const menuButton = find('[data-action="menu"]');
  const counted = data.pages.filter((page) => page.slot >= 0).length;
  let current = 0;

  /** Whether a page is seen, or the first that is not: in guided navigation no other opens. @param {number} index */
  function isOpen(index) {
    if (data.navigation === 'free' || data.pages[index].slot < 0) return true;
    return data.pages.slice(0, index).every((page) => page.slot < 0 || getState().visited.has(page.slot));
  }

  function refresh() {
    const { visited } = getState();
    const seen = data.pages.filter((page) => visited.has(page.slot)).length;
    links.forEach((link, index) => {
      const done = visited.has(data.pages[index].slot);
      if (done && !find('.sg-tick', link)) {
        link.append(make('span', 'sg-tick', [make('span', 'sg-visually-hidden', ` (${say('done')})`)]));
      }
      link.toggleAttribute('aria-current', false);
      if (index === current) link.setAttribute('aria-current', 'page');
      if (isOpen(index)) link.removeAttribute('aria-disabled');
      else link.setAttribute('aria-disabled', 'true');
    });
    if (progress) progress.value = seen;
    const text = find('#sg-progress-text');
    if (text) text.textContent = say('progress', { done: seen, all: counted });
    const place = find('#sg-place');
    const note = find('.sg-menu-note');
    if (note) note.textContent = '';
    if (place) place.textContent = say('page_of', { page: current + 1, all: pages.length });
    back.disabled = current === 0;
    const last = current === pages.length - 1;
    next.hidden = last && !course.isComplete();
    next.textContent = say(last ? 'finish' : 'next');
  }

  /**
   * @param {number} index
   * @param {{focus?: HTMLElement | boolean}} [how] where the focus goes: the page's heading, an element, or nowhere (false)
   */
  function show(index, how = {}) {
    pages.forEach((page, i) => {
      page.hidden = i !== index;
    });
    current = index;
    const heading = find('.sg-page-title', pages[index]);
    document.title = `${heading?.textContent ?? ''} - ${data.title}`;
    toggleMenu(false);
    course.onShow(index);
    refresh();
    if (how.focus === false) return;
    links[index]?.scrollIntoView({ block: 'nearest' });
    window.scrollTo(0, 0);
    const target = how.focus instanceof HTMLElement ? how.focus : heading;
    if (target) focusOn(target);
    if (how.focus) target?.scrollIntoView();
  }

  /** @param {number} index @param {{focus?: HTMLElement}} [how] */
  function goTo(index, how) {
    if (isOpen(index)) show(index, how);
    else announce(say('page_closed'));
  }

  /** @param {boolean} [on] */
  function toggleMenu(on) {
    const open = document.body.classList.toggle('sg-menu-open', on);
    menuButton?.setAttribute('aria-expanded', String(open));
    setInert('.sg-skip, .sg-header, .sg-notice, .sg-main, .sg-footer', open);
    return open;
  }

  function closeMenu() {
    if (!document.body.classList.contains('sg-menu-open')) return;
    toggleMenu(false);
    menuButton?.focus();
  }

  /** Says something beside the page's place and in the menu, of which one is in view. @param {string} text */
  function announce(text) {
    for (const place of findAll('#sg-place, .sg-menu-note')) place.textContent = text;
  }

  /** @param {MouseEvent} event */
  function follow(event) {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (!link || event.ctrlKey || event.metaKey) return;
    const id = decodeURIComponent((link.getAttribute('href') ?? '').slice(1));
    const target = document.getElementById(id);
    const page = target?.closest('.sg-page');
    event.preventDefault();
    if (target && page) {
      const index = pages.indexOf(/** @type {HTMLElement} */ (page));
      if (target === page) goTo(index);
      else if (index === current) focusOn(target);
      else goTo(index, { focus: target });
    } else if (target) {
      focusOn(find('.sg-page-title', pages[current]) ?? target);
    }
  }

  document.addEventListener('click', follow);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeMenu();
  });
  // A wide window has no drawer, and no button for it.
  window.addEventListener('resize', () => {
    if (!menuButton?.offsetParent) closeMenu();
  });
  onAction('menu', () => {
    if (toggleMenu()) (find('.sg-menu-link[aria-current]') ?? links[0])?.focus();
  });
  onAction('close-menu', closeMenu);
  onAction('back', () => {
    if (current > 0) show(current - 1);
  });
  onAction('next', () => {
    if (current < pages.length - 1) show(current + 1);
    else course.onEnd();
  });

  return {
    show,
    refresh,
    isOpen,
    get current() {
      return current;
    },
  };
}
