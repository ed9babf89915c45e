// The player: reads the course's data and starts the course and the components of its pages, each guarded.

import { Course } from './course.js';
import { find, findAll, onAction, say, useStrings } from './dom.js';
import { startMedia } from './ui/media.js';
import { startCard, startPrint } from './ui/print.js';
import { createStatus } from './ui/status.js';
import { startTabs } from './ui/tabs.js';
import { startTerm } from './ui/term.js';

/** @typedef {import('./types.js').Data} Data */

/**
 * @typedef {object} Target what differs between the targets
 * @property {(...words: [...Parameters<import('./lms/session.js').Open>, Course]) => ReturnType<import('./lms/session.js').Open>} open
 * @property {boolean} isRecorded whether somebody else receives the results
 * @property {string} words prefix of the texts that replace others
 * @property {(data: Data, course: Course, tell: (text: string, closable: boolean) => void) => void} [start]
 *   starts what this target alone has; `tell` shows a notice
 * @property {() => HTMLElement[]} [after] what can be done when the course is closed
 */

/** @type {Record<string, (element: HTMLElement) => void>} */
const MODULES = { card: startCard, media: startMedia, tabs: startTabs, term: startTerm };

/** Runs a part so that its failure does not take the course with it. @param {string} what @param {() => void} run */
function guarded(what, run) {
  try {
    run();
  } catch (error) {
    console.error('scormgen', what, error);
  }
}

/** @param {Target} target */
function startCourse(target) {
  /** @type {import('./types.js').Data} */
  const data = JSON.parse(find('#sg-data')?.textContent ?? '{}');
  useStrings(data.strings, target.words);
  const status = createStatus(data.language, (event) => event.preventDefault());
  const course = new Course(data, target, status.show);
  guarded('print', startPrint);
  for (const element of findAll('[data-module]')) {
    guarded(element.dataset.module ?? '', () => MODULES[element.dataset.module ?? '']?.(element));
  }
  guarded('target', () => target.start?.(data, course, status.tell));
  onAction('exit', () => course.leave());
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && course.isClosed) status.tell(say('notice_reopen'));
  });
  course.launch();
}

/** @param {Target} target */
export function start(target) {
  guarded('start', () => startCourse(target));
}
