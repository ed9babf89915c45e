// An assessment: introduction, one question at a time, a look before submitting, the result with its review, another try.

import { draw, hash, shuffleOptions } from '../draw.js';
import { find, findAll, focusOn, make, makeButton, makeHtml, onAction, say } from '../dom.js';
import { attemptScore, attemptsLeft, isPassed } from '../outcome.js';
import { newAttempts } from '../state.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('../types.js').AssessmentData} AssessmentData */

const SEEDS = 2 ** 24;

/**
 * @param {HTMLElement} root
 * @param {AssessmentData} data
 * @param {Question[]} all the questions of the course, by index
 * @param {object} course
 * @param {() => import('../types.js').State} course.state
 * @param {() => boolean} course.review
 * @param {() => void} course.onChange something of the state has changed
 * @param {(question: Question, answer: any) => void} course.onAnswer an answer is final
 */
export function startAssessment(root, data, all, course) {
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (find(`.sg-assessment-${name}`, root));
  const [intro, run, check, result, place] = ['intro', 'run', 'review', 'result', 'place'].map(part);
  const button = (/** @type {string} */ action) =>
    /** @type {HTMLElement} */ (find(`[data-action="${action}"]`, run));
  const [previous, next, submit] = ['previous-question', 'next-question', 'submit'].map(button);
  const originals = new Map(all.map((q) => [q, findAll('.sg-option', q.form)]));
  const each = data.feedback === 'each';
  /** @type {Question[]} */
  let asked = [];
  let checking = false;

  const record = () => course.state().attempts.get(data.slot) ?? newAttempts();
  const mine = data.pools.flatMap((pool) => pool.questions).map((i) => all[i]);

  /** Puts the questions of an attempt and their options into its order. */
  function arrange() {
    const { seed, answers } = record();
    asked = draw(
      data,
      all.map((q) => q.data),
      seed,
      new Set(answers.keys()),
    ).map((i) => all[i]);
    for (const question of asked) {
      question.clear();
      const options = originals.get(question) ?? [];
      const order =
        data.shuffle.includes('options') ?
          shuffleOptions(options, (o) => 'pin' in o.dataset, hash(seed, question.data.slot))
        : options;
      if (order.length) order[0].parentElement?.append(...order);
    }
  }

  /** @param {Question} question */
  const given = (question) => {
    const raw = record().answers.get(question.data.slot);
    return raw ? question.kind.unpack(raw, question.data.options) : null;
  };

  /** @param {HTMLElement} shown */
  function turnTo(shown) {
    for (const section of [intro, run, result]) section.hidden = section !== shown;
  }

  function showIntro() {
    const left = attemptsLeft(data, course.state());
    const count = data.pools.reduce((sum, pool) => sum + (pool.draw ?? pool.questions.length), 0);
    const facts = [say('fact_questions', { n: count }), say('fact_pass', { n: data.pass })];
    if (left !== null) facts.push(say(left === 1 ? 'fact_attempt' : 'fact_attempts', { n: left }));
    find('.sg-assessment-facts', intro)?.replaceChildren(...facts.map((text) => make('li', '', text)));
    turnTo(intro);
  }

  function begin() {
    if (course.review() || attemptsLeft(data, course.state()) === 0) return;
    const seed = Math.floor(Math.random() * SEEDS);
    course.state().attempts.set(data.slot, { ...record(), phase: 1, seed, place: 0, answers: new Map() });
    arrange();
    showQuestion(0);
    course.onChange();
  }

  /** @param {number} index @param {boolean} [focus] */
  function showQuestion(index, focus = true) {
    checking = false;
    const question = asked[index];
    record().place = index;
    turnTo(run);
    check.hidden = true;
    for (const other of findAll('.sg-question', run)) other.hidden = other !== question.form;
    place.hidden = false;
    place.textContent = say('question_of', { n: index + 1, all: asked.length });
    const answer = question.restore(record().answers.get(question.data.slot));
    if (each && answer !== null) question.showFeedback(answer);
    question.look();
    refreshButtons();
    if (focus) focusOn(/** @type {HTMLElement} */ (find('.sg-legend', question.form)));
  }

  function refreshButtons() {
    const { place: index } = record();
    const question = asked[index];
    previous.hidden = !checking && index === 0;
    next.hidden = checking;
    submit.hidden = !checking;
    const last = index === asked.length - 1;
    const open = each && question && given(question) === null;
    next.textContent = say(
      open ? 'check_answer'
      : last ? 'to_review'
      : 'next_question',
    );
    previous.textContent = say(checking ? 'back_to_questions' : 'previous_question');
  }

  /** Keeps the answer that stands in the form. */
  function keep() {
    const question = asked[record().place];
    if (checking || !question || (each && given(question) !== null)) return;
    const answer = question.read();
    const { answers } = record();
    if (answer === null) answers.delete(question.data.slot);
    else answers.set(question.data.slot, question.kind.pack(answer));
  }

  function goOn() {
    const { place: index } = record();
    const question = asked[index];
    if (each && given(question) === null) {
      const answer = question.read();
      if (answer === null) {
        question.askForAnswer();
      } else {
        keep();
        question.showFeedback(answer);
        refreshButtons();
        course.onChange();
      }
      focusOn(question.box);
      return;
    }
    keep();
    if (index < asked.length - 1) showQuestion(index + 1);
    else showCheck();
    course.onChange();
  }

  function goBack() {
    const { place: index } = record();
    keep();
    showQuestion(checking ? index : index - 1);
    course.onChange();
  }

  /** The look before submitting: what is not answered yet. */
  function showCheck() {
    checking = true;
    const open = asked.filter((q) => given(q) === null);
    const list = make('ul', 'sg-assessment-open');
    for (const question of open) {
      const index = asked.indexOf(question);
      const go = makeButton(say('go_to_question', { n: index + 1 }), 'sg-link-button', () =>
        showQuestion(index),
      );
      list.append(make('li', '', [go]));
    }
    const answered = say('answered', { n: asked.length - open.length, all: asked.length });
    check.replaceChildren(make('h2', '', say('before_submit')), make('p', '', answered));
    if (open.length) check.append(make('p', '', say('unanswered')), list);
    for (const other of findAll('.sg-question', run)) other.hidden = true;
    place.hidden = true;
    check.hidden = false;
    refreshButtons();
    focusOn(check);
  }

  /** The attempt ends: its answers go to the LMS, its score counts if it is the best. */
  function finish() {
    const graded = asked.map((question) => {
      const answer = given(question);
      course.onAnswer(question, answer);
      return { share: question.kind.grade(question.key, answer).share, points: question.data.points };
    });
    const score = attemptScore(graded);
    const before = record();
    const best = Math.max(before.best ?? 0, score);
    course
      .state()
      .attempts.set(data.slot, { ...before, used: before.used + 1, best, last: score, phase: 2, place: 0 });
    showResult();
    course.onChange();
  }

  /** @param {boolean} [focus] */
  function showResult(focus = true) {
    const { last, best } = record();
    const score = (last ?? 0) / 100;
    const passed = score >= data.pass;
    const left = attemptsLeft(data, course.state());
    const box = make('div', `sg-result ${passed ? 'sg-result-pass' : 'sg-result-fail'}`, [
      make('h2', 'sg-result-title', say(passed ? 'passed' : 'not_passed')),
      make('p', 'sg-result-score', say('your_score', { n: score, pass: data.pass })),
    ]);
    if (best !== null && best > (last ?? 0)) box.append(make('p', '', say('best_score', { n: best / 100 })));
    if (!passed && isPassed(data, course.state())) box.append(make('p', '', say('still_passed')));
    if (left !== null && !isPassed(data, course.state())) {
      box.append(
        make(
          'p',
          '',
          say(
            left === 0 ? 'no_attempts'
            : left === 1 ? 'one_attempt'
            : 'attempts_left',
            { n: left },
          ),
        ),
      );
    }
    result.replaceChildren(box);
    if (left !== 0 && !course.review() && best !== 10000) {
      box.append(makeButton(say('retry'), 'sg-button sg-button-main sg-retry', begin));
    }
    if (data.review !== 'none') result.append(reviewList());
    turnTo(result);
    if (focus) focusOn(result);
  }

  /** The questions with the learner's answers and the right ones. */
  function reviewList() {
    const list = make('ol', 'sg-review');
    asked.forEach((question, index) => {
      const { kind, key, form } = question;
      const answer = given(question);
      const right = kind.grade(key, answer).result === 'correct';
      if (right && data.review === 'wrong') return;
      const words = answer === null ? say('no_answer') : kind.words(form, answer);
      const item = make('li', `sg-review-item ${right ? 'sg-review-right' : 'sg-review-wrong'}`, [
        make('h3', 'sg-review-title', `${index + 1}. ${find('.sg-question-title', form)?.textContent ?? ''}`),
        make('p', 'sg-review-word', say(right ? 'right' : 'wrong')),
        make('p', '', `${say('your_answer')} ${words}`),
      ]);
      if (!right) item.append(make('p', '', `${say('right_answer')} ${kind.rightWords(form, key)}`));
      if (data.feedback !== 'none') {
        for (const html of [
          ...kind.feedback(key, answer),
          right ? key.correct : key.wrong,
          key.explanation,
        ]) {
          if (html) item.append(makeHtml('div', 'sg-feedback-part', html));
        }
      }
      list.append(item);
    });
    if (!list.children.length) return make('p', '', say('all_right'));
    return make('section', '', [make('h2', '', say('review_title')), list]);
  }

  onAction('start', begin, intro);
  onAction('next-question', goOn, run);
  onAction('previous-question', goBack, run);
  onAction('submit', finish, run);
  for (const { form } of mine) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      goOn();
    });
  }

  return {
    /** Shows what the state says: the introduction, the question left, or the last result. */
    restore() {
      const { phase, place: index } = record();
      if (phase) arrange();
      if (phase === 1 && !course.review()) showQuestion(Math.min(index, asked.length - 1), false);
      else if (phase === 2) showResult(false);
      else showIntro();
    },
    /** The page is about to go: the answer in the form is kept. */
    keep() {
      if (record().phase === 1 && !run.hidden) keep();
    },
  };
}
