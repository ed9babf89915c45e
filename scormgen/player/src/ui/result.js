// The result of an attempt: passed or not, attempts left, topics with what to revisit, the answers again.

import { find, make, makeHtml, say } from '../dom.js';
import { attemptsLeft, isPassed, objectiveResults } from '../outcome.js';
import { pageLink } from './completion.js';
import { percentWords, resultWords, scoreWords } from './score.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('../types.js').AssessmentData} AssessmentData */
/** @typedef {{question: Question, answer: any}} Answered */

/**
 * The verdict on an attempt.
 * @param {AssessmentData} data @param {import('../types.js').State} state
 * @param {import('../points.js').Marking} marks of the attempt
 * @param {import('../points.js').Marking} anyMarks of any attempt
 */
export function verdict(data, state, marks, anyMarks) {
  const { last, best = null } = state.attempts.get(data.slot) ?? {};
  const score = last ?? 0;
  const passed = score >= Math.round(data.pass * 100);
  const left = attemptsLeft(data, state);
  const everPassed = isPassed(data, state);
  const lines = [];
  if (best !== null && best > score)
    lines.push(say('best_score', { score: scoreWords(best, data.pass, anyMarks) }));
  if (!passed && everPassed) lines.push(say('still_passed'));
  if (data.covers && everPassed) lines.push(say('pretest_passed'));
  if (left !== null && !everPassed)
    lines.push(
      say(
        left === 0 ? 'no_attempts'
        : left === 1 ? 'one_attempt'
        : 'attempts_left',
        { n: left },
      ),
    );
  return make('div', `sg-result ${passed ? 'sg-result-pass' : 'sg-result-fail'}`, [
    make('h2', 'sg-result-title', say(passed ? 'passed' : 'not_passed')),
    make('p', 'sg-result-score', resultWords(score, data.pass, marks)),
    ...lines.map((line) => make('p', '', line)),
  ]);
}

/**
 * Results by topic, with the pages to revisit for those below the pass mark; [] where questions have no objective.
 * @param {import('../types.js').Data['objectives']} objectives
 * @param {Answered[]} answered
 * @param {number} pass per cent
 */
export function topics(objectives, answered, pass) {
  const graded = answered.map(({ question, answer }) => question.grade(answer));
  const rows = objectiveResults(objectives, graded, pass).map(({ title, score, passed, pages }) => {
    const row = make('li', `sg-topic ${passed ? 'sg-topic-passed' : ''}`, [
      make('span', 'sg-topic-title', title),
      make('span', 'sg-topic-score', percentWords(Math.round(score * 100), pass)),
    ]);
    if (!passed && pages.length) {
      const links = pages.map((index) => make('li', '', [pageLink(index)]));
      row.append(make('p', 'sg-topic-revisit', say('revisit')), make('ul', 'sg-topic-pages', links));
    }
    return row;
  });
  return rows.length ?
      [make('section', '', [make('h2', '', say('topics_title')), make('ul', 'sg-topics', rows)])]
    : [];
}

/**
 * The questions with the learner's answers and the right ones.
 * @param {Answered[]} answered @param {AssessmentData} data
 */
export function reviewList(answered, data) {
  const list = make('ol', 'sg-review');
  answered.forEach(({ question, answer }, index) => {
    const { kind, key, form } = question;
    const { word, name } = question.verdict(answer);
    const open = name === 'wrong' || name === 'partly';
    if (!open && data.review === 'wrong') return;
    const given = answer === null ? say('no_answer') : kind.words(form, answer);
    const title = find('.sg-question-title', form)?.textContent ?? '';
    const item = make('li', `sg-review-item sg-review-${name}`, [
      make('h3', 'sg-review-title', `${index + 1}. ${title}`),
      make('p', 'sg-review-word', name === 'neutral' ? '' : word),
      ...(answer !== null && kind.retell ?
        kind.retell(form, key, answer, data.feedback !== 'none')
      : [make('p', '', `${say('your_answer')} ${given}`)]),
    ]);
    const right = open ? kind.rightWords(form, key) : '';
    if (right) item.append(make('p', '', `${say('right_answer')} ${right}`));
    if (data.feedback !== 'none')
      item.append(...question.remarks(answer).map((html) => makeHtml('div', 'sg-feedback-part', html)));
    list.append(item);
  });
  if (!list.children.length) return make('p', '', say('all_right'));
  return make('section', '', [make('h2', '', say('review_title')), list]);
}
