// An assessment: introduction, one question at a time, a look before submitting, the result with its review, another try.

import { find, findAll, focusOn, focusOnTop, make, makeButton, onAction, say } from '../dom.js';
import { attemptsLeft, isPassed } from '../outcome.js';
import { Attempt } from './attempt.js';
import { beforeSubmit, introFacts } from './overview.js';
import { reviewList, topics, verdict } from './result.js';
import { scoreWords } from './score.js';
import { createTimer } from './timer.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('../types.js').AssessmentData} AssessmentData */

/**
 * @typedef {object} Owner the course, as its assessments know it
 * @property {() => import('../types.js').State} state
 * @property {() => boolean} review
 * @property {import('../types.js').Data['objectives']} objectives
 * @property {() => number} now milliseconds
 * @property {() => void} onChange something of the state has changed
 * @property {(question: Question, answer: any) => void} onAnswer an answer is final
 * @property {(result: import('../types.js').ObjectiveResult) => void} onObjective
 * @property {(pages: number[]) => void} onKnown a pretest has shown that these pages are known
 * @property {(page: number) => HTMLElement} completion a place beside a result that says whether the course is complete
 */

export class Assessment {
  #root;
  #data;
  #course;
  #attempt;
  #timer;
  #parts;
  #buttons;
  #checking = false;

  /**
   * @param {HTMLElement} root
   * @param {AssessmentData} data
   * @param {Question[]} all the questions of the course, by index
   * @param {Owner} course
   */
  constructor(root, data, all, course) {
    const part = (/** @type {string} */ name) =>
      /** @type {HTMLElement} */ (find(`.sg-assessment-${name}`, root));
    const [intro, run, check, result, place] = ['intro', 'run', 'review', 'result', 'place'].map(part);
    const button = (/** @type {string} */ action) =>
      /** @type {HTMLElement} */ (find(`[data-action="${action}"]`, run));
    const [previous, next, submit] = ['previous-question', 'next-question', 'submit'].map(button);
    this.#root = root;
    this.#data = data;
    this.#course = course;
    this.#parts = { intro, run, check, result, place };
    this.#buttons = { previous, next, submit };
    this.#attempt = new Attempt(data, all, course.state);
    this.#timer = createTimer(part('time'), data.time, {
      now: course.now,
      onTick: (seconds) => {
        this.#attempt.record.seconds = seconds;
      },
      onEnd: () => {
        this.#keep();
        this.#finish();
        result.prepend(make('p', 'sg-time-up', say('time_up')));
      },
    });
    onAction('start', () => this.#begin(), intro);
    onAction('next-question', () => this.#goOn(), run);
    onAction('previous-question', () => this.#goBack(), run);
    onAction('submit', () => this.#finish(), run);
    for (const index of data.pools.flatMap((pool) => pool.questions)) {
      all[index].form.addEventListener('submit', (event) => {
        event.preventDefault();
        this.#goOn();
      });
    }
  }

  get slot() {
    return this.#data.slot;
  }

  /** The question that is shown, or was before the look at all. */
  get #question() {
    return this.#attempt.asked[this.#attempt.record.place];
  }

  get #left() {
    return attemptsLeft(this.#data, this.#course.state());
  }

  /** Whether feedback comes with each answer, which then is final. */
  get #each() {
    return this.#data.feedback === 'each';
  }

  /** @param {HTMLElement} shown */
  #turnTo(shown) {
    const { intro, run, result } = this.#parts;
    for (const section of [intro, run, result]) section.hidden = section !== shown;
  }

  #showIntro() {
    const { intro } = this.#parts;
    find('.sg-assessment-facts', intro)?.replaceChildren(
      ...introFacts(this.#data, this.#attempt.anyMarks, this.#left),
    );
    this.#turnTo(intro);
  }

  #begin() {
    if (this.#course.review() || this.#left === 0) return;
    this.#attempt.begin();
    this.#timer.start(0);
    this.#showQuestion(0);
    this.#course.onChange();
  }

  /** @param {number} index @param {boolean} [focus] */
  #showQuestion(index, focus = true) {
    const { run, check, place } = this.#parts;
    const { asked, record } = this.#attempt;
    const question = asked[index];
    this.#checking = false;
    for (const other of asked) other.rest();
    record.place = index;
    this.#turnTo(run);
    check.hidden = true;
    for (const other of findAll('.sg-question', run)) other.hidden = other !== question.form;
    place.hidden = false;
    place.textContent = say('question_of', { n: index + 1, all: asked.length });
    const answer = question.restore(record.answers.get(question.data.slot));
    if (this.#each && answer !== null) question.showFeedback(answer);
    question.look();
    this.#refreshButtons();
    if (focus) focusOn(/** @type {HTMLElement} */ (find('.sg-legend', question.form)));
  }

  /** Whether the question that is shown still waits for an answer that will be final. */
  get #isOpen() {
    return this.#each && Boolean(this.#question) && this.#attempt.given(this.#question) === null;
  }

  #refreshButtons() {
    const { previous, next, submit } = this.#buttons;
    const { place } = this.#attempt.record;
    previous.hidden = !this.#checking && place === 0;
    next.hidden = this.#checking;
    submit.hidden = !this.#checking;
    const last = place === this.#attempt.asked.length - 1;
    next.textContent = say(
      this.#isOpen ? 'check_answer'
      : last ? 'to_review'
      : 'next_question',
    );
    previous.textContent = say(this.#checking ? 'back_to_questions' : 'previous_question');
  }

  /** Keeps the answer that is in the form. */
  #keep() {
    if (this.#checking || !this.#question || (this.#each && !this.#isOpen)) return;
    this.#attempt.keep(this.#question);
  }

  #goOn() {
    const question = this.#question;
    const unclear = question.isUnclear();
    if (this.#isOpen || unclear) {
      const answer = question.read();
      if (answer === null || unclear) {
        question.askForAnswer();
      } else {
        this.#keep();
        question.showFeedback(answer);
        this.#refreshButtons();
        this.#course.onChange();
      }
      focusOn(question.box);
      return;
    }
    this.#keep();
    question.rest();
    const { place } = this.#attempt.record;
    if (place < this.#attempt.asked.length - 1) this.#showQuestion(place + 1);
    else this.#showCheck();
    this.#course.onChange();
  }

  #goBack() {
    const { place } = this.#attempt.record;
    this.#keep();
    this.#showQuestion(this.#checking ? place : place - 1);
    this.#course.onChange();
  }

  /** The look before submitting: what is not answered yet. */
  #showCheck() {
    const { run, check, place } = this.#parts;
    const { asked } = this.#attempt;
    this.#checking = true;
    const open = asked.flatMap((question, index) => (this.#attempt.given(question) === null ? [index] : []));
    check.replaceChildren(...beforeSubmit(asked.length, open, (index) => this.#showQuestion(index)));
    for (const other of findAll('.sg-question', run)) other.hidden = true;
    place.hidden = true;
    check.hidden = false;
    this.#refreshButtons();
    focusOnTop(check);
  }

  /** The attempt ends: its answers are reported. */
  #finish() {
    const { covers } = this.#data;
    this.#timer.stop();
    for (const { question, answer } of this.#attempt.answered()) this.#course.onAnswer(question, answer);
    for (const result of this.#attempt.results(this.#course.objectives)) this.#course.onObjective(result);
    this.#attempt.end();
    if (covers && isPassed(this.#data, this.#course.state())) this.#course.onKnown(covers);
    this.#showResult();
    this.#course.onChange();
  }

  /** @param {boolean} [focus] */
  #showResult(focus = true) {
    const data = this.#data;
    const { result } = this.#parts;
    const { marks, anyMarks, record } = this.#attempt;
    const state = this.#course.state();
    const box = verdict(data, state, marks, anyMarks);
    if (this.#left !== 0 && !this.#course.review() && record.best !== 10000) {
      const main = isPassed(data, state) ? '' : 'sg-button-main';
      box.append(makeButton(say('retry'), `sg-button ${main} sg-retry`, () => this.#begin()));
    }
    const answered = this.#attempt.answered();
    result.replaceChildren(box);
    if (!data.covers) result.append(this.#course.completion(data.page));
    result.append(...topics(this.#course.objectives, answered, data.pass));
    if (data.review !== 'none') result.append(reviewList(answered, data));
    this.#turnTo(result);
    if (focus) focusOnTop(result);
  }

  /** What was reported of the last attempt, where it is still known. */
  submitted() {
    if (this.#attempt.record.phase !== 2) return { answers: [], results: [] };
    return {
      answers: this.#attempt.answered().flatMap(({ question, answer }) => question.facts(answer, true)),
      results: this.#attempt.results(this.#course.objectives),
    };
  }

  /** Shows what the state says: the introduction, the question left, or the last result. */
  restore() {
    const { phase, place, seconds } = this.#attempt.record;
    this.#timer.stop();
    if (phase) this.#attempt.arrange();
    if (phase === 1 && !this.#course.review()) {
      this.#timer.start(seconds);
      this.#showQuestion(Math.min(place, this.#attempt.asked.length - 1), false);
    } else if (phase === 2) this.#showResult(false);
    else this.#showIntro();
  }

  /** The best score in words, and the name of what it is of; null before there is one. */
  best() {
    const { best, last, phase } = this.#attempt.record;
    if (best === null || this.#data.covers) return null;
    const { marks, anyMarks } = this.#attempt;
    const page = this.#root.closest('.sg-page') ?? this.#root;
    const title = find('.sg-page-title', page)?.textContent ?? '';
    const known = phase === 2 && last === best ? marks : anyMarks;
    return { title, score: scoreWords(best, this.#data.pass, known) };
  }

  /** The page is about to go: the answer in the form is kept. */
  keep() {
    if (this.#attempt.record.phase === 1 && !this.#parts.run.hidden) this.#keep();
  }
}
