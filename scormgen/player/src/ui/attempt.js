// An attempt at an assessment: which questions it asks in which order, and its answers. The state has the record of it.

import { draw, hash, shuffleOptions } from '../draw.js';
import { findAll } from '../dom.js';
import { attemptScore, objectiveResults } from '../outcome.js';
import { marking } from '../points.js';
import { newAttempts } from '../state.js';

/** @typedef {import('./question.js').Question} Question */
/** @typedef {import('../types.js').AssessmentData} AssessmentData */
/** @typedef {import('../types.js').Attempts} Attempts */

const SEEDS = 2 ** 24;

export class Attempt {
  #data;
  #all;
  #getState;
  #originals;
  /** @type {Question[]} in the order of the attempt */
  asked = [];

  /**
   * @param {AssessmentData} data
   * @param {Question[]} all the questions of the course, by index
   * @param {() => import('../types.js').State} getState
   */
  constructor(data, all, getState) {
    this.#data = data;
    this.#all = all;
    this.#getState = getState;
    this.#originals = new Map(all.map((question) => [question, findAll('.sg-option', question.form)]));
  }

  get record() {
    return this.#getState().attempts.get(this.#data.slot) ?? newAttempts();
  }

  /** @param {Partial<Attempts>} changes */
  update(changes) {
    this.#getState().attempts.set(this.#data.slot, { ...this.record, ...changes });
  }

  /** A new attempt begins. */
  begin() {
    const seed = Math.floor(Math.random() * SEEDS);
    this.update({ phase: 1, seed, place: 0, seconds: 0, answers: new Map() });
    this.arrange();
  }

  /** Puts the questions of the attempt and their options into its order. */
  arrange() {
    const { seed, answers } = this.record;
    const questions = this.#all.map(({ data }) => data);
    const drawn = draw(this.#data, questions, seed, new Set(answers.keys()));
    this.asked = drawn.map((index) => this.#all[index]);
    for (const question of this.asked) {
      question.clear();
      const options = this.#originals.get(question) ?? [];
      const order =
        this.#data.shuffle.includes('options') ?
          shuffleOptions(options, (o) => 'pin' in o.dataset, hash(seed, question.data.slot))
        : options;
      if (order.length) order[0].parentElement?.append(...order);
    }
  }

  /** How any attempt is marked. */
  get anyMarks() {
    return marking(
      this.#data,
      this.#all.map(({ data }) => data),
    );
  }

  /** How this attempt is marked. */
  get marks() {
    return marking(
      this.#data,
      this.#all.map(({ data }) => data),
      this.asked.map(({ data }) => data),
    );
  }

  /** @param {Question} question */
  given(question) {
    return question.unpack(this.record.answers.get(question.data.slot));
  }

  /** Keeps the answer that is in a question's form. @param {Question} question */
  keep(question) {
    const answer = question.read();
    const { answers } = this.record;
    if (answer === null) answers.delete(question.data.slot);
    else answers.set(question.data.slot, question.kind.pack(answer));
  }

  answered() {
    return this.asked.map((question) => ({ question, answer: this.given(question) }));
  }

  /** Its results by objective. @param {import('../types.js').Data['objectives']} objectives */
  results(objectives) {
    return objectiveResults(objectives, this.#graded(), this.#data.pass);
  }

  #graded() {
    return this.answered().map(({ question, answer }) => question.grade(answer));
  }

  /** It ends: its score counts if it is the best. */
  end() {
    const score = attemptScore(this.#graded());
    const { best, used } = this.record;
    this.update({
      used: used + 1,
      best: Math.max(best ?? 0, score),
      last: score,
      phase: 2,
      place: 0,
      seconds: 0,
    });
  }
}
