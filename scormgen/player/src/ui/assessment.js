// An assessment: introduction, one question at a time, a look before submitting, the result with its review, another try.

import { draw, hash, shuffleOptions } from '../draw.js';
import { find, findAll, focusOn, focusOnTop, make, makeButton, onAction, say } from '../dom.js';
import { attemptScore, attemptsLeft, isPassed, objectiveResults } from '../outcome.js';
import { marking } from '../points.js';
import { newAttempts } from '../state.js';
import { reviewList, topics, verdict } from './result.js';
import { neededWords, scoreWords } from './score.js';
import { createTimer } from './timer.js';

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
 * @param {import('../types.js').Data['objectives']} course.objectives
 * @param {() => number} course.now milliseconds
 * @param {() => void} course.onChange something of the state has changed
 * @param {(question: Question, answer: any) => void} course.onAnswer an answer is final
 * @param {(result: import('../types.js').ObjectiveResult) => void} course.onObjective
 * @param {(pages: number[]) => void} course.onKnown a pretest has shown that these pages are known
 * @param {import('./completion.js').Completion} course.completion
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
  const timer = createTimer(part('time'), data.time, {
    now: course.now,
    onTick: (seconds) => {
      record().seconds = seconds;
    },
    onEnd: () => {
      keep();
      finish();
      result.prepend(make('p', 'sg-time-up', say('time_up')));
    },
  });

  const record = () => course.state().attempts.get(data.slot) ?? newAttempts();
  const mine = data.pools.flatMap((pool) => pool.questions).map((i) => all[i]);
  const anyMarks = marking(
    data,
    all.map((q) => q.data),
  );
  const marks = () =>
    marking(
      data,
      all.map((q) => q.data),
      asked.map((q) => q.data),
    );

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
  const given = (question) => question.unpack(record().answers.get(question.data.slot));

  /** @param {HTMLElement} shown */
  function turnTo(shown) {
    for (const section of [intro, run, result]) section.hidden = section !== shown;
  }

  function showIntro() {
    const left = attemptsLeft(data, course.state());
    const count = data.pools.reduce((sum, pool) => sum + (pool.draw ?? pool.questions.length), 0);
    const facts = [
      say('fact_questions', { n: count }),
      say('fact_pass', { need: neededWords(data.pass, anyMarks) }),
    ];
    if (data.time) facts.push(say('fact_time', { n: data.time / 60 }));
    if (left !== null) facts.push(say(left === 1 ? 'fact_attempt' : 'fact_attempts', { n: left }));
    find('.sg-assessment-facts', intro)?.replaceChildren(...facts.map((text) => make('li', '', text)));
    turnTo(intro);
  }

  function begin() {
    if (course.review() || attemptsLeft(data, course.state()) === 0) return;
    const seed = Math.floor(Math.random() * SEEDS);
    course.state().attempts.set(data.slot, {
      ...record(),
      phase: 1,
      seed,
      place: 0,
      seconds: 0,
      answers: new Map(),
    });
    arrange();
    timer.start(0);
    showQuestion(0);
    course.onChange();
  }

  /** @param {number} index @param {boolean} [focus] */
  function showQuestion(index, focus = true) {
    checking = false;
    const question = asked[index];
    for (const other of asked) other.rest();
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
    const open = each && given(question) === null;
    const answer = question.read();
    if (open || question.isUnclear()) {
      if (answer === null || question.isUnclear()) {
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
    question.rest();
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
    focusOnTop(check);
  }

  const answered = () => asked.map((question) => ({ question, answer: given(question) }));

  /** The attempt ends: its answers go to the LMS, its score counts if it is the best. */
  function finish() {
    timer.stop();
    const graded = answered().map(({ question, answer }) => {
      course.onAnswer(question, answer);
      return question.grade(answer);
    });
    for (const found of objectiveResults(course.objectives, graded, data.pass)) course.onObjective(found);
    const score = attemptScore(graded);
    const before = record();
    const best = Math.max(before.best ?? 0, score);
    course.state().attempts.set(data.slot, {
      ...before,
      used: before.used + 1,
      best,
      last: score,
      phase: 2,
      place: 0,
      seconds: 0,
    });
    if (data.covers && isPassed(data, course.state())) course.onKnown(data.covers);
    showResult();
    course.onChange();
  }

  /** @param {boolean} [focus] */
  function showResult(focus = true) {
    const box = verdict(data, course.state(), marks(), anyMarks);
    if (attemptsLeft(data, course.state()) !== 0 && !course.review() && record().best !== 10000) {
      const main = isPassed(data, course.state()) ? '' : 'sg-button-main';
      box.append(makeButton(say('retry'), `sg-button ${main} sg-retry`, begin));
    }
    const found = answered();
    result.replaceChildren(box);
    if (!data.covers) result.append(course.completion.place(data.page));
    result.append(...topics(course.objectives, found, data.pass));
    if (data.review !== 'none') result.append(reviewList(found, data));
    turnTo(result);
    if (focus) focusOnTop(result);
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
    slot: data.slot,

    /** What the LMS was told of the last attempt, where it is still known. */
    submitted() {
      const shown = record().phase === 2 ? answered() : [];
      const graded = shown.map(({ question, answer }) => question.grade(answer));
      return {
        interactions: shown.flatMap(({ question, answer }) => question.interactions(answer, true)),
        objectives: objectiveResults(course.objectives, graded, data.pass),
      };
    },

    /** Shows what the state says: the introduction, the question left, or the last result. */
    restore() {
      const { phase, place: index } = record();
      if (phase) arrange();
      if (phase === 1 && !course.review()) {
        timer.start(record().seconds);
        showQuestion(Math.min(index, asked.length - 1), false);
      } else if (phase === 2) showResult(false);
      else showIntro();
    },
    /** The best score in words, and the name of what it is of; null before there is one. */
    best() {
      const { best, last, phase } = record();
      if (best === null || data.covers) return null;
      const known = phase === 2 && last === best ? marks() : anyMarks;
      const title = find('.sg-page-title', root.closest('.sg-page') ?? root)?.textContent ?? '';
      return { title, score: scoreWords(best, data.pass, known) };
    },
    /** The page is about to go: the answer in the form is kept. */
    keep() {
      if (record().phase === 1 && !run.hidden) keep();
    },
  };
}
