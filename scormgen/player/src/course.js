// The course in the learner's browser: its state, its pages and questions, and the session that keeps what the learner does.

import { decode, encode } from './codec.js';
import { find } from './dom.js';
import { Session } from './lms/session.js';
import { outcome } from './outcome.js';
import { dropUnknown, merge, newState } from './state.js';
import { Assessment } from './ui/assessment.js';
import { createCertificate, dayNumber } from './ui/certificate.js';
import { startCheck } from './ui/check.js';
import { Completion } from './ui/completion.js';
import { leave } from './ui/end.js';
import { Pages } from './ui/pages.js';
import { Question } from './ui/question.js';

/** @typedef {import('./types.js').Data} Data */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./lms/session.js').Launched} Launched */
/** @typedef {import('./main.js').Target} Target */

const now = () => performance.now();

export class Course {
  #data;
  #target;
  state = newState();
  #launched = false;
  #review = false;
  /** @type {Session} */
  #session;
  #questions;
  #checks;
  /** @type {Assessment[]} */
  #assessments;
  pages;
  #completion;
  #certificatePage = find('#sg-certificate');
  #certificate;

  /** @param {Data} data @param {Target} target @param {import('./lms/session.js').Course['onState']} onState */
  constructor(data, target, onState) {
    this.#data = data;
    this.#target = target;
    const state = () => this.state;
    this.#session = this.#createSession(onState);
    this.#questions = data.questions.map((question, index) => {
      const form = /** @type {HTMLFormElement} */ (find(`form[data-question="${index}"]`));
      return new Question(form, question, now);
    });
    this.#certificate =
      this.#certificatePage &&
      createCertificate(this.#certificatePage, data.language, data.part, () => ({
        done: this.state.done,
        status: this.#outcome.status,
        scores: this.#assessments.flatMap((assessment) => assessment.best() ?? []),
        name: this.#session.name(),
      }));
    this.pages = new Pages(data, state, {
      onShow: (index) => this.#onShow(index),
      onEnd: () => this.leave(),
      isComplete: () => this.#outcome.final,
    });
    this.#completion = new Completion(data, {
      state,
      isOpen: (index) => this.pages.isOpen(index),
      isRecorded: () =>
        target.isRecorded && (this.#session.state === 'saved' || this.#session.state === 'saving'),
    });
    this.#checks = this.#startChecks();
    this.#assessments = this.#startAssessments();
  }

  get #outcome() {
    return outcome(this.#data, this.state);
  }

  /** @param {import('./lms/session.js').Course['onState']} onState */
  #createSession(onState) {
    const data = this.#data;
    return new Session(
      {
        frame: window,
        now,
        start: now(),
        date: () => new Date(),
        later: (run, pause) => setTimeout(run, pause),
        online: () => navigator.onLine !== false,
        answers: data.report,
        key: `${data.course}/${data.sco}`,
      },
      {
        onLaunch: (launched) => this.#takeIn(launched),
        wanted: () => ({
          outcome: this.#outcome,
          location: data.pages.find((page) => page.slot === this.state.page)?.id ?? '',
          state: (counter, reported) => encode({ ...this.state, reported }, data.key, counter),
        }),
        latest: () => this.#latest(),
        onState: (next, saved) => {
          onState(next, saved);
          if (this.#launched) this.#completion.refresh();
        },
      },
      (...words) => this.#target.open(...words, this),
    );
  }

  #startChecks() {
    const pools = this.#data.assessments.flatMap((assessment) => assessment.pools);
    const assessed = new Set(pools.flatMap((pool) => pool.questions));
    return this.#questions
      .filter((_, index) => !assessed.has(index))
      .map((question) => {
        const check = startCheck(question, (_, answer) => {
          this.state.checks.set(question.data.slot, question.kind.pack(answer));
          this.#report(question, answer);
          this.changed();
        });
        return { question, check, slot: question.data.slot };
      });
  }

  #startAssessments() {
    const data = this.#data;
    return data.assessments.map((assessment, index) => {
      const root = /** @type {HTMLElement} */ (find(`[data-assessment="${index}"]`));
      return new Assessment(root, assessment, this.#questions, {
        state: () => this.state,
        review: () => this.#session.state === 'review' || this.#review,
        objectives: data.objectives,
        completion: (page) => this.#completion.place(page),
        now,
        onChange: () => this.changed(),
        onAnswer: (question, answer) => this.#report(question, answer),
        onObjective: (result) => this.#session.rate(result),
        onKnown: (covered) => {
          for (const page of covered) this.state.visited.add(data.pages[page].slot);
        },
      });
    });
  }

  /** @param {number} index */
  #onShow(index) {
    const { slot } = this.#data.pages[index];
    const certified = this.#certificatePage?.hidden === false;
    if (slot >= 0) {
      this.state.page = slot;
      this.state.visited.add(slot);
    }
    this.#completion.show(index);
    if (slot < 0 && !certified) return;
    this.changed();
    if (certified) this.#certificate?.refresh();
  }

  /** Something of the state has changed: the page shows it, and it is saved at the end of this task. */
  changed() {
    if (!this.#launched) return;
    if (this.#certificate && this.state.done === null && this.#outcome.final)
      this.state.done = dayNumber(new Date());
    this.refresh();
    this.#session.save();
  }

  refresh() {
    this.pages.refresh();
    this.#completion.refresh();
  }

  /** @param {Question} question @param {any} answer */
  #report(question, answer) {
    for (const fact of question.facts(answer)) this.#session.record(fact);
  }

  /** What the state knows of the answers that were reported: the latest to each question, and the results by objective. */
  #latest() {
    const given = this.#checks.flatMap(({ question, slot }) => {
      const answer = question.unpack(this.state.checks.get(slot));
      return answer === null ? [] : question.facts(answer, true);
    });
    const submitted = this.#assessments.map((assessment) => assessment.submitted());
    return {
      answers: [...given, ...submitted.flatMap(({ answers }) => answers)],
      results: submitted.flatMap(({ results }) => results),
    };
  }

  /** The state of a text, without what the course no longer has; null if it is not one of this course. @param {string} text */
  decode(text) {
    const found = decode(text, this.#data.key);
    if (found) dropUnknown(found.state, this.#data);
    return found;
  }

  /**
   * Takes in what was kept. What the learner did before it was found is kept too; a learner who has not moved is taken to the
   * stored place.
   * @param {Launched} launched
   */
  #takeIn(launched) {
    const stored = this.decode(launched.state);
    const current = this.state;
    const early = this.#launched;
    const kept = this.#data.pages.findIndex((page) =>
      stored ? page.slot === stored.state.page : launched.location !== '' && page.id === launched.location,
    );
    this.#review = launched.review;
    if (stored) this.state = merge(stored.state, current);
    this.#launched = false;
    this.restore(
      (slot) => !current.checks.has(slot),
      (slot) => !current.attempts.has(slot),
    );
    if (current.page === null) this.pages.show(Math.max(kept, 0), { focus: false });
    this.#launched = true;
    this.pages.refresh();
    if (early || kept > 0) this.#session.save();
    return { counter: stored?.counter ?? 0, reported: stored?.state.reported ?? null };
  }

  /** Shows what the state says. @param {(slot: number) => boolean} ofCheck @param {(slot: number) => boolean} ofAssessment */
  restore(ofCheck, ofAssessment) {
    for (const { check, slot } of this.#checks) if (ofCheck(slot)) check.restore(this.state.checks.get(slot));
    for (const assessment of this.#assessments) if (ofAssessment(assessment.slot)) assessment.restore();
  }

  /** The answer that is in the form of a running attempt is kept. */
  keep() {
    for (const assessment of this.#assessments) assessment.keep();
  }

  /** The Exit button. */
  leave() {
    leave({
      finish: (must) => this.#finish(must),
      review: () => this.#review || !this.#session.opened,
      after: this.#target.after ?? (() => []),
    });
  }

  /** @param {boolean} [must] */
  #finish(must) {
    this.keep();
    return this.#session.finish(must);
  }

  launch() {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'hidden') {
        this.#session.saveNow(); // the learner may have signed in again meanwhile
        return;
      }
      this.keep();
      this.#session.hide();
    });
    window.addEventListener('pagehide', () => this.#finish());
    window.addEventListener('online', () => this.#session.saveNow());
    this.#session.launch();
    if (this.#launched) return;
    this.restore(
      () => false,
      () => true,
    );
    this.pages.show(0, { focus: false });
    this.state.page = null; // the learner has not moved: a place that was kept wins
    this.#launched = true;
  }

  /** Whether nothing is saved any more. */
  get isClosed() {
    return this.#session.state === 'closed';
  }
}
