// After Exit: whether all was saved, and what to do where it was not. The course can no longer be used.

import { find, focusOn, make, makeButton, say, setInert } from '../dom.js';
import { stopMedia } from './media.js';

/** @param {HTMLElement} end @param {boolean} on */
function show(end, on) {
  end.hidden = !on;
  document.body.classList.toggle('sg-ended', on);
  setInert('.sg-skip, .sg-header, .sg-notice, .sg-frame', on);
  if (on) stopMedia();
  if (on) focusOn(end);
  else focusOn(/** @type {HTMLElement} */ (find('.sg-page:not([hidden]) .sg-page-title')));
}

/**
 * Leaves the course.
 * @param {object} course
 * @param {(must: boolean) => boolean} course.finish returns whether all was saved; `must`: stays open where it was not
 * @param {() => boolean} course.review whether nothing was to be saved
 * @param {() => HTMLElement[]} course.after what else can be done when the course is closed
 * @param {boolean} [anyway] even when the last answers cannot be saved
 */
export function leave(course, anyway = false) {
  const saved = course.finish(!anyway);
  const end = /** @type {HTMLElement} */ (find('#sg-end'));
  const words =
    saved ?
      course.review() ?
        'end_review'
      : 'end_saved'
    : anyway ? 'end_lost'
    : 'end_unsaved';
  const closed = saved || anyway;
  end.replaceChildren(
    make('h1', '', say(closed ? 'end_title' : 'end_unsaved_title')),
    make('p', '', say(words)),
    ...(closed ?
      course.after()
    : [
        makeButton(say('try_saving'), 'sg-button sg-button-main', () => leave(course)),
        makeButton(say('stay'), 'sg-button', () => show(end, false)),
        makeButton(say('leave_anyway'), 'sg-button', () => leave(course, true)),
      ]),
  );
  show(end, true);
}
