// The catalogue: the courses of the workspace as an LMS lists them, with the learner's progress in each.

import { ask, byId, element, problemItem } from './dom.js';

const learner = byId('learner', HTMLSelectElement);
const list = byId('courses', HTMLElement);

async function show() {
  const chosen = learner.value;
  const { courses, learners, problems } = await ask(`/api/courses${chosen ? `?learner=${chosen}` : ''}`);
  learner.replaceChildren(
    ...learners.map((/** @type {any} */ one) => element('option', { value: String(one.id) }, one.name)),
  );
  if (chosen) learner.value = chosen;
  list.replaceChildren(...courses.map(card));
  if (problems.length) list.append(element('ol', { class: 'problems' }, ...problems.map(problemItem)));
  if (!courses.length) list.append(element('p', {}, 'There are no courses yet.'));
}

/** @param {any} course */
function card(course) {
  const errors = course.problems.filter((/** @type {any} */ p) => p.severity === 'error').length;
  const made = element('article', { class: 'card' });
  const address = `/course/${course.name}?learner=${learner.value}`;
  made.append(element('h2', {}, element('a', { href: address }, course.title)));
  made.append(element('p', { class: 'quiet' }, [course.name, course.version].filter(Boolean).join(' · ')));
  course.scos.forEach((/** @type {any} */ sco, /** @type {number} */ index) => {
    const { status, score, total_time } = course.standings[index];
    const words = [status, score && `${score} %`, total_time && total_time.replace(/\.\d+$/, '')]
      .filter(Boolean)
      .join(' · ');
    const name =
      course.scos.length > 1 ? element('a', { href: `${address}&sco=${index}` }, sco.title) : 'Your progress';
    made.append(element('p', {}, name, ': ', words));
  });
  if (errors)
    made.append(
      element('p', { class: 'error' }, `${errors} ${errors === 1 ? 'error' : 'errors'}: open it to see them`),
    );
  return made;
}

learner.addEventListener('change', show);
new EventSource('/events').addEventListener('message', show);
// Coming back from a course by the browser's Back button shows the new progress.
window.addEventListener('pageshow', show);
