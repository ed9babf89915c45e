// What an assessment shows before its first question and after its last: what to expect, and what is not answered yet.

import { make, makeButton, say } from '../dom.js';
import { neededWords } from './score.js';

/**
 * What to expect.
 * @param {import('../types.js').AssessmentData} data
 * @param {import('../points.js').Marking} marks
 * @param {number | null} left attempts; null if there is no limit
 */
export function introFacts(data, marks, left) {
  const count = data.pools.reduce((sum, pool) => sum + (pool.draw ?? pool.questions.length), 0);
  const facts = [
    say('fact_questions', { n: count }),
    say('fact_pass', { need: neededWords(data.pass, marks) }),
  ];
  if (data.time) facts.push(say('fact_time', { n: data.time / 60 }));
  if (left !== null) facts.push(say(left === 1 ? 'fact_attempt' : 'fact_attempts', { n: left }));
  return facts.map((text) => make('li', '', text));
}

/**
 * The look before submitting.
 * @param {number} all how many questions were asked
 * @param {number[]} open those that are not answered yet
 * @param {(index: number) => void} goTo
 */
export function beforeSubmit(all, open, goTo) {
  const parts = [
    make('h2', '', say('before_submit')),
    make('p', '', say('answered', { n: all - open.length, all })),
  ];
  if (!open.length) return parts;
  const links = open.map((index) =>
    make('li', '', [
      makeButton(say('go_to_question', { n: index + 1 }), 'sg-link-button', () => goTo(index)),
    ]),
  );
  return [...parts, make('p', '', say('unanswered')), make('ul', 'sg-assessment-open', links)];
}
