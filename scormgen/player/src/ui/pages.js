// One page at a time: menu, Back and Next, progress, links inside the course. The focus goes to the page's heading.

import { find, findAll, focusOn, make, onAction, say } from '../dom.js';
import { createMenu } from './menu.js';

/** @typedef {import('../types.js').Data} Data */
/** @typedef {import('../types.js').State} State */

/** Says something beside the page's place and in the menu, of which one is in view. @param {string} text */
function announce(text) {
  for (const place of findAll('#sg-place, .sg-menu-note')) place.textContent = text;
}

export class Pages {
  #data;
  #getState;
  #course;
  #menu = createMenu();
  #pages = findAll('.sg-page');
  #links = findAll('.sg-menu-link');
  #back = /** @type {HTMLButtonElement} */ (find('[data-action="back"]'));
  #next = /** @type {HTMLButtonElement} */ (find('[data-action="next"]'));
  #current = 0;

  /**
   * @param {Data} data
   * @param {() => State} getState
   * @param {{onShow: (index: number) => void, onEnd: () => void, isComplete: () => boolean}} course
   */
  constructor(data, getState, course) {
    this.#data = data;
    this.#getState = getState;
    this.#course = course;
    document.addEventListener('click', (event) => this.#follow(event));
    onAction('back', () => {
      if (this.#current > 0) this.show(this.#current - 1);
    });
    onAction('next', () => {
      if (this.#current < this.#pages.length - 1) this.show(this.#current + 1);
      else course.onEnd();
    });
  }

  /** Whether a page is seen, or the first that is not: in guided navigation no other opens. @param {number} index */
  isOpen(index) {
    const { navigation, pages } = this.#data;
    if (navigation === 'free' || pages[index].slot < 0) return true;
    return pages.slice(0, index).every((page) => page.slot < 0 || this.#getState().visited.has(page.slot));
  }

  refresh() {
    const { visited } = this.#getState();
    const { pages } = this.#data;
    const progress = /** @type {HTMLProgressElement | null} */ (find('#sg-progress'));
    const done = pages.filter((page) => visited.has(page.slot)).length;
    const all = pages.filter((page) => page.slot >= 0).length;
    this.#links.forEach((link, index) => this.#refreshLink(link, index, visited.has(pages[index].slot)));
    if (progress) progress.value = done;
    const text = find('#sg-progress-text');
    if (text) text.textContent = say('progress', { done, all });
    const place = find('#sg-place');
    const note = find('.sg-menu-note');
    if (note) note.textContent = '';
    if (place) place.textContent = say('page_of', { page: this.#current + 1, all: this.#pages.length });
    this.#back.disabled = this.#current === 0;
    const last = this.#current === this.#pages.length - 1;
    this.#next.hidden = last && !this.#course.isComplete();
    this.#next.textContent = say(last ? 'finish' : 'next');
  }

  /** @param {HTMLElement} link @param {number} index @param {boolean} done */
  #refreshLink(link, index, done) {
    if (done && !find('.sg-tick', link)) {
      link.append(make('span', 'sg-tick', [make('span', 'sg-visually-hidden', ` (${say('done')})`)]));
    }
    link.toggleAttribute('aria-current', false);
    if (index === this.#current) link.setAttribute('aria-current', 'page');
    if (this.isOpen(index)) link.removeAttribute('aria-disabled');
    else link.setAttribute('aria-disabled', 'true');
  }

  /**
   * @param {number} index
   * @param {{focus?: HTMLElement | boolean}} [how] where the focus goes: the page's heading, an element, or nowhere (false)
   */
  show(index, how = {}) {
    this.#pages.forEach((page, i) => {
      page.hidden = i !== index;
    });
    this.#current = index;
    const heading = find('.sg-page-title', this.#pages[index]);
    document.title = `${heading?.textContent ?? ''} - ${this.#data.title}`;
    this.#menu.toggle(false);
    this.#course.onShow(index);
    this.refresh();
    if (how.focus === false) return;
    this.#links[index]?.scrollIntoView({ block: 'nearest' });
    window.scrollTo(0, 0);
    const target = how.focus instanceof HTMLElement ? how.focus : heading;
    if (target) focusOn(target);
    if (how.focus) target?.scrollIntoView();
  }

  /** @param {number} index @param {{focus?: HTMLElement}} [how] */
  #goTo(index, how) {
    if (this.isOpen(index)) this.show(index, how);
    else announce(say('page_closed'));
  }

  /** A link inside the course. @param {MouseEvent} event */
  #follow(event) {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (!link || event.ctrlKey || event.metaKey) return;
    const id = decodeURIComponent((link.getAttribute('href') ?? '').slice(1));
    const target = document.getElementById(id);
    const page = target?.closest('.sg-page');
    event.preventDefault();
    if (target && page) {
      const index = this.#pages.indexOf(/** @type {HTMLElement} */ (page));
      if (target === page) this.#goTo(index);
      else if (index === this.#current) focusOn(target);
      else this.#goTo(index, { focus: target });
    } else if (target) {
      focusOn(find('.sg-page-title', this.#pages[this.#current]) ?? target);
    }
  }
}
