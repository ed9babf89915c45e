// The panel beside the course: calls, data model and problems, as tables.

import { byId, element, problemItem } from './dom.js';
import { ERRORS } from './lms/model.js';

/** @typedef {import('./session.js').Call} Call */

const MOST_ROWS = 2000;
const calls = byId('calls', HTMLElement);
const scroll = byId('calls-scroll', HTMLElement);
const data = byId('data', HTMLElement);
let count = 0;
let warned = 0;
let drawing = false;

export function clearCalls() {
  calls.replaceChildren();
  count = warned = 0;
  showCounts();
}

/** @param {Call} call @param {import('./lms/kinds.js').Values} model */
export function showCall(call, model) {
  const follows = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - 8;
  const failed = call.error !== '0';
  const words = call.args.map((word) => JSON.stringify(word)).join(', ');
  const row = element('tr', failed ? { class: 'failed' } : {});
  row.append(
    element('td', {}, (call.at / 1000).toFixed(2)),
    element('td', {}, element('code', {}, call.name), element('code', { class: 'args' }, `(${words})`)),
    element('td', {}, element('code', {}, call.result === '' ? '""' : call.result)),
    element('td', {}, `${call.took} ms`),
  );
  calls.append(row);
  const notes = [...call.warnings];
  if (failed)
    notes.unshift(
      `${call.error} ${ERRORS[call.error] ?? ''}${call.diagnostic ? `: ${call.diagnostic}` : ''}`.trim(),
    );
  for (const note of notes) {
    calls.append(
      element(
        'tr',
        { class: failed ? 'note failed' : 'note' },
        element('td'),
        element('td', { colspan: '3' }, note),
      ),
    );
  }
  count += 1;
  warned += notes.length ? 1 : 0;
  while (calls.children.length > MOST_ROWS) calls.firstElementChild?.remove();
  showCounts();
  if (follows) scroll.scrollTop = scroll.scrollHeight;
  showData(model);
}

function showCounts() {
  byId('call-count', HTMLElement).textContent = String(count);
  const badge = byId('warning-count', HTMLElement);
  badge.hidden = warned === 0;
  badge.textContent = `${warned} ${warned === 1 ? 'warning' : 'warnings'}`;
}

/** Drawn once a frame, however many calls there were. @param {import('./lms/kinds.js').Values} model */
export function showData(model) {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    const rows = Object.entries(model).sort(([one], [other]) =>
      one.localeCompare(other, 'en', { numeric: true }),
    );
    data.replaceChildren(
      ...rows.map(([name, value]) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, element('code', {}, name)),
          element('td', {}, element('code', {}, String(value))),
        ),
      ),
    );
    byId('data-count', HTMLElement).textContent = String(rows.length);
  });
}

/** Errors stand over the course, everything in the panel. @param {any} course */
export function showProblems(course) {
  byId('problems', HTMLElement).replaceChildren(...course.problems.map(problemItem));
  byId('problem-count', HTMLElement).textContent = String(course.problems.length);
  const errors = byId('errors', HTMLElement);
  errors.hidden = !course.broken;
  const wrong = course.problems.filter((/** @type {any} */ problem) => problem.severity === 'error');
  errors.replaceChildren(
    element(
      'h2',
      {},
      course.revision ? 'Below is the last version without these errors' : 'Fix these errors first',
    ),
    element('ol', { class: 'problems' }, ...wrong.map(problemItem)),
  );
}
