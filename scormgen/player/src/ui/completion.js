// Whether the course is complete, what is still missing, and how the learning system shows it: beside each result, on the last
// page, and on the page that completes the course.

import { find, findAll, make, say } from '../dom.js';
import { attemptsLeft, missing, outcome } from '../outcome.js';

const MOST_LINKS = 5;

/** A link to a page, named by its title. @param {number} index */
export function pageLink(index) {
  const link = make('a', '', pageTitle(index));
  link.setAttribute('href', `#${findAll('.sg-page')[index].id}`);
  return link;
}

/** @param {number} index */
function pageTitle(index) {
  return find('.sg-page-title', findAll('.sg-page')[index])?.textContent ?? '';
}

/**
 * The first few pages; below their modules where there are more.
 * @param {number[]} pages @param {(index: number) => string | Node} linkTo
 */
function pageList(pages, linkTo) {
  const more = pages.length - MOST_LINKS;
  if (more <= 0) return itemList(pages.map((index) => [linkTo(index)]));
  const list = make('ul');
  let before = '';
  for (const index of pages.slice(0, MOST_LINKS)) {
    const label = find('.sg-page-module', findAll('.sg-page')[index])?.textContent;
    const module = label ?? pageTitle(index); // a page with its module's title is the head of the group
    if (module !== before) list.append(make('li', '', [label ?? linkTo(index)]));
    if (label) {
      const group = /** @type {HTMLElement} */ (list.lastElementChild);
      if (!find('ul', group)) group.append(make('ul'));
      find('ul', group)?.append(make('li', '', [linkTo(index)]));
    }
    before = module;
  }
  list.append(make('li', '', say(more === 1 ? 'missing_one_more' : 'missing_more', { n: more })));
  return list;
}

/** Puts other words into a place: the same ones would be read out again. @param {HTMLElement} place @param {HTMLElement | ''} content */
function fill(place, content) {
  if (place.innerHTML !== (content && content.outerHTML)) place.replaceChildren(content);
}

/** @param {(string | Node)[][]} items */
function itemList(items) {
  return make(
    'ul',
    '',
    items.map((item) => make('li', '', item)),
  );
}

export class Completion {
  #data;
  #course;
  /** @type {Map<number, HTMLElement>} beside the results, by the page that they are on */
  #hosts = new Map();
  #news = make('div', 'sg-completion-news');
  #certificate;
  #lastCounted;
  #current = 0;
  /** @type {boolean | null} */
  #wasComplete = null;
  #completedHere = false;

  /**
   * @param {import('../types.js').Data} data
   * @param {object} course
   * @param {() => import('../types.js').State} course.state
   * @param {(index: number) => boolean} course.isOpen whether navigation lets the learner go to a page
   * @param {() => boolean} course.isRecorded whether the learning system has what is reached
   */
  constructor(data, course) {
    this.#data = data;
    this.#course = course;
    this.#certificate = data.pages.findIndex((page) => page.id === 'sg-certificate');
    this.#lastCounted = data.pages.reduce((last, page, index) => (page.slot < 0 ? last : index), 0);
    this.#news.setAttribute('role', 'status');
    find('.sg-pager')?.before(this.#news);
    find('#sg-certificate [data-field="open"]')?.append(this.place(this.#certificate));
  }

  /** A sentence on the course, or on the part of it that is open. @param {string} key */
  #say(key) {
    return say(this.#data.part ? `${key}_part` : key);
  }

  /** What the panel says. @param {number} here the page that it is on */
  #panel(here) {
    const state = this.#course.state();
    const { status, final } = outcome(this.#data, state);
    const lost = missing(this.#data, state)
      .assessments.map((index) => this.#data.assessments[index])
      .filter((test) => attemptsLeft(test, state) === 0);
    const title =
      final ? 'complete'
      : lost.length ? 'not_reached'
      : 'incomplete';
    const lines = [make('h2', 'sg-completion-title', this.#say(title))];
    // Nothing else is asked for where it would not help.
    if (lost.length) lines.push(make('p', '', say('missing_attempts')), this.#testList(lost, here));
    else if (!final) lines.push(...this.#missingLists(here));
    if (this.#course.isRecorded()) {
      lines.push(make('p', '', say(lost.length && status === 'incomplete' ? 'lms_stays' : `lms_${status}`)));
    }
    if (final && this.#certificate >= 0) lines.push(make('p', '', [pageLink(this.#certificate)]));
    return make('section', final ? 'sg-completion sg-completion-done' : 'sg-completion', lines);
  }

  /** @param {number} here */
  #missingLists(here) {
    const found = missing(this.#data, this.#course.state());
    const tests = found.assessments.map((index) => this.#data.assessments[index]);
    // The next page comes first: those after this one, then those that were passed over.
    const unseen = found.pages.filter((index) => !tests.some((test) => test.page === index));
    const pages = [...unseen.filter((index) => index > here), ...unseen.filter((index) => index < here)];
    const parts = [];
    if (pages.length) {
      parts.push(
        make('p', '', say(pages.length === 1 ? 'missing_page' : 'missing_pages', { n: pages.length })),
        pageList(pages, (index) => this.#linkTo(index)),
      );
    }
    if (tests.length) {
      parts.push(make('p', '', say(tests.length === 1 ? 'missing_assessment' : 'missing_assessments')));
      parts.push(this.#testList(tests, here));
    }
    return parts;
  }

  /** @param {import('../types.js').AssessmentData[]} tests @param {number} here */
  #testList(tests, here) {
    return itemList(tests.map(({ page }) => [page === here ? pageTitle(here) : this.#linkTo(page)]));
  }

  /** @param {number} index */
  #linkTo(index) {
    return this.#course.isOpen(index) ? pageLink(index) : pageTitle(index);
  }

  /** What is below the page that is open, and is read out when it comes. */
  #tell() {
    const current = this.#current;
    const page = findAll('.sg-page')[current];
    const isLast = current === this.#lastCounted || current === this.#data.pages.length - 1;
    const here =
      this.#wasComplete ?
        (isLast || this.#completedHere) && !find('.sg-completion-place', page)
      : isLast && !find('.sg-assessment', page);
    fill(this.#news, here && current !== this.#certificate ? this.#panel(current) : '');
  }

  refresh() {
    const { final } = outcome(this.#data, this.#course.state());
    if (final && this.#wasComplete === false) this.#completedHere = true;
    this.#wasComplete = final;
    for (const [page, host] of this.#hosts) fill(host, this.#panel(page));
    this.#tell();
  }

  /** Another page is open. @param {number} index */
  show(index) {
    if (index !== this.#current) this.#completedHere = false;
    this.#current = index;
    this.refresh();
  }

  /** A place beside a result, kept up to date. @param {number} page that it is on */
  place(page) {
    const host = make('div', 'sg-completion-place');
    if (this.#wasComplete !== null) host.append(this.#panel(page)); // else the first page that opens fills it
    this.#hosts.set(page, host);
    return host;
  }
}
