// The certificate: who has completed what, when and with what score, and what to revisit. Kept on resume, for printing.
//
// Where only a part of the course is here, a module or an assessment, it claims that part: no more is known.

import { find, findAll, make, say } from '../dom.js';

const DAY = 86_400_000;

/** A day of the learner's own calendar, as its number since 1970. @param {Date} date */
export function dayNumber(date) {
  return Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / DAY);
}

/** @param {number} day @param {string} language */
export function dayWords(day, language) {
  return new Date(day * DAY).toLocaleDateString(language, { dateStyle: 'long', timeZone: 'UTC' });
}

/**
 * @param {HTMLElement} page
 * @param {string} language
 * @param {string} part what of the course it is for: '' all of it, `module` or `assessment`
 * @param {() => {done: number | null, status: string, scores: {title: string, score: string}[], name: string}} read the name is asked for once
 */
export function createCertificate(page, language, part, read) {
  const field = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (find(`[data-field="${name}"]`, page));
  let named = false;
  return {
    /** The page is shown: it tells what has been reached. */
    refresh() {
      const { done, status, scores, name } = read();
      field('open').hidden = done !== null;
      field('sheet').hidden = done === null;
      if (done === null) return;
      if (!named) field('name').textContent = name;
      named = true;
      const words = status === 'passed' ? 'certificate_passed' : 'certificate_completed';
      field('words').textContent = say(part ? `${words}_${part}` : words);
      field('date').textContent = dayWords(done, language);
      const key = scores.length === 1 ? 'certificate_score' : 'certificate_scores';
      field('score').replaceChildren(...scores.map((score) => make('p', '', say(key, score))));
      const topics = findAll('.sg-topic:has(.sg-topic-revisit)').filter((topic) => !page.contains(topic));
      field('revisit').replaceChildren(
        ...(topics.length ?
          [
            make('h2', '', say('certificate_revisit')),
            make(
              'ul',
              'sg-topics',
              topics.map((topic) => /** @type {HTMLElement} */ (topic.cloneNode(true))),
            ),
          ]
        : []),
      );
    },
  };
}
