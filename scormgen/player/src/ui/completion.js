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

/**
 * @param {import('../types.js').Data} data
 * @param {object} course
 * @param {() => import('../types.js').State} course.state
 * @param {(index: number) => boolean} course.isOpen whether navigation lets the learner go to a page
 * @param {() => boolean} course.isRecorded whether the LMS has what is reached
 */
export function createCompletion(data, course) {
  /** @type {Map<number, HTMLElement>} beside the results, by the page that they are on */
  const hosts = new Map();
  const news = make('div', 'sg-completion-news');
  news.setAttribute('role', 'status');
  find('.sg-pager')?.before(news);
  const certificate = data.pages.findIndex((page) => page.id === 'sg-certificate');
  const lastCounted = data.pages.reduce((last, page, index) => (page.slot < 0 ? last : index), 0);
  let current = 0;
  /** @type {boolean | null} */
  let wasComplete = null;
  let completedHere = false;

  /** A sentence on the course, or on the part of it that a SCO is. @param {string} key */
  const sayOf = (key) => say(data.part ? `${key}_part` : key);

  /** What the panel says. @param {number} here the page that it stands on */
  function panel(here) {
    const { status, final } = outcome(data, course.state());
    const lost = missing(data, course.state())
      .assessments.map((index) => data.assessments[index])
      .filter((test) => attemptsLeft(test, course.state()) === 0);
    const title =
      final ? 'complete'
      : lost.length ? 'not_reached'
      : 'incomplete';
    const lines = [make('h2', 'sg-completion-title', sayOf(title))];
    // Nothing else is asked for where it would not help.
    if (lost.length) lines.push(make('p', '', say('missing_attempts')), testList(lost, here));
    else if (!final) lines.push(...missingLists(here));
    if (course.isRecorded()) {
      lines.push(make('p', '', say(lost.length && status === 'incomplete' ? 'lms_stays' : `lms_${status}`)));
    }
    if (final && certificate >= 0) lines.push(make('p', '', [pageLink(certificate)]));
    return make('section', final ? 'sg-completion sg-completion-done' : 'sg-completion', lines);
  }

  /** @param {number} here */
  function missingLists(here) {
    const found = missing(data, course.state());
    const tests = found.assessments.map((index) => data.assessments[index]);
    // The next page comes first: those behind this one, then those that were passed over.
    const unseen = found.pages.filter((index) => !tests.some((test) => test.page === index));
    const pages = [...unseen.filter((index) => index > here), ...unseen.filter((index) => index < here)];
    const parts = [];
    if (pages.length) {
      parts.push(
        make('p', '', say(pages.length === 1 ? 'missing_page' : 'missing_pages', { n: pages.length })),
      );
      parts.push(pageList(pages, linkTo));
    }
    if (tests.length) {
      parts.push(make('p', '', say(tests.length === 1 ? 'missing_assessment' : 'missing_assessments')));
      parts.push(testList(tests, here));
    }
    return parts;
  }

  /** @param {import('../types.js').AssessmentData[]} tests @param {number} here */
  const testList = (tests, here) =>
    itemList(tests.map((test) => [test.page === here ? pageTitle(here) : linkTo(test.page)]));

  /** @param {number} index */
  const linkTo = (index) => (course.isOpen(index) ? pageLink(index) : pageTitle(index));

  /** What stands below the page that is open, and is read out when it comes. */
  function tell() {
    const page = findAll('.sg-page')[current];
    const isLast = current === lastCounted || current === data.pages.length - 1;
    const here =
      wasComplete ?
        (isLast || completedHere) && !find('.sg-completion-place', page)
      : isLast && !find('.sg-assessment', page);
    fill(news, here && current !== certificate ? panel(current) : '');
  }

  function refresh() {
    const { final } = outcome(data, course.state());
    if (final && wasComplete === false) completedHere = true;
    wasComplete = final;
    for (const [page, host] of hosts) fill(host, panel(page));
    tell();
  }

  /** A place beside a result, kept up to date. @param {number} page that it stands on */
  function place(page) {
    const host = make('div', 'sg-completion-place');
    if (wasComplete !== null) host.append(panel(page)); // else the first page that opens fills it
    hosts.set(page, host);
    return host;
  }

  find('#sg-certificate [data-field="open"]')?.append(place(certificate));

  return {
    refresh,

    /** Another page is open. @param {number} index */
    show(index) {
      if (index !== current) completedHere = false;
      current = index;
      refresh();
    },

    place,
  };
}

/** @typedef {ReturnType<typeof createCompletion>} Completion */
