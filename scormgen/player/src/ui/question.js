// One question on the page: its form, its key, its answer, its feedback. What becomes of an answer is up to the check or assessment
// that it is in.

import { find, findAll, make, makeHtml, say } from '../dom.js';
import { cutBytes } from '../questions/answers.js';
import { kinds } from '../questions/index.js';

/** @typedef {import('../types.js').QuestionData} QuestionData */
/** @typedef {import('../types.js').Raw} Raw */

/** @param {string} packed @returns {import('../types.js').Key} */
function readKey(packed) {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** The most that a field keeps: the state has room for so much. @param {HTMLInputElement} field */
function cutField(field) {
  const { size } = field.dataset;
  const kept = size ? cutBytes(field.value, Number(size)) : field.value;
  if (kept !== field.value) field.value = kept;
}

export class Question {
  #now;
  /** @type {number | null} since when the learner looks at it */
  #since = null;
  #spent = 0;

  /**
   * @param {HTMLFormElement} form
   * @param {QuestionData} data
   * @param {() => number} now milliseconds
   */
  constructor(form, data, now) {
    this.form = form;
    this.data = data;
    this.kind = kinds[data.kind];
    this.key = readKey(form.dataset.key ?? '');
    this.box = /** @type {HTMLElement} */ (find('.sg-feedback', form));
    this.#now = now;
    this.kind.start?.(form);
    form.addEventListener('input', (event) => {
      const { target } = event;
      const typed = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
      if (typed && !(/** @type {InputEvent} */ (event).isComposing))
        cutField(/** @type {HTMLInputElement} */ (target));
    });
  }

  /** How much of an answer is right, 0 to 1; null if nothing is right or wrong. @param {any} answer */
  share(answer) {
    if (!this.data.points) return null;
    const whole = answer === null ? 0 : this.kind.share(this.key, answer);
    return this.data.partial || whole === 1 ? whole : 0;
  }

  read() {
    return this.kind.read(this.form);
  }

  /** How an answer did, for scores. @param {any} answer @returns {import('../outcome.js').Graded} */
  grade(answer) {
    return { ...this.data, share: this.share(answer) };
  }

  /** Whether something stands there that cannot be taken for an answer. */
  isUnclear() {
    return Boolean(this.kind.unclear?.(this.form));
  }

  /** @param {Raw | undefined} raw */
  unpack(raw) {
    return raw ? this.kind.unpack(raw, this.data, this.form) : null;
  }

  /** Restores a kept answer; null if it no longer fits the question. @param {Raw | undefined} raw */
  restore(raw) {
    const answer = this.unpack(raw);
    this.kind.show(this.form, answer);
    return answer;
  }

  /** The learner begins to look at it. */
  look() {
    this.#since ??= this.#now();
  }

  /** The learner looks away. */
  rest() {
    if (this.#since !== null) this.#spent += this.#now() - this.#since;
    this.#since = null;
  }

  /**
   * What is reported of an answer, or of none.
   * @param {any} answer @param {boolean} [again] whether it was reported before: the time that it took is not known then
   * @returns {import('../types.js').Fact[]}
   */
  facts(answer, again = false) {
    const { kind, key, data } = this;
    if (!again) this.rest();
    const share = this.share(answer);
    const given = answer !== null && kind.given ? kind.given(answer) : answer;
    const responses = kind.responses?.(key, answer, data, share) ?? [
      { shape: kind.shape, given, right: kind.right?.(key) ?? [], share },
    ];
    const latency = again ? null : this.#spent;
    if (!again) this.#spent = 0;
    return responses.map((response, index) => ({
      ...response,
      id: data.id + (response.part ? `.${response.part}` : ''),
      points: response.points ?? data.points,
      objective: data.objective,
      latency: index === 0 ? latency : null,
    }));
  }

  /** Author's words on an answer. @param {any} answer @returns {string[]} HTML */
  remarks(answer) {
    const { kind, key } = this;
    const whole = this.share(answer);
    const chosen = answer === null ? [] : kind.chosen(key, answer);
    const note =
      whole === null ? undefined
      : whole === 1 ? key.correct
      : key.wrong;
    return [...chosen.map((letter) => key.feedback?.[letter]), note, key.explanation].flatMap(
      (html) => html ?? [],
    );
  }

  /** How it went, in a word. @param {any} answer */
  verdict(answer) {
    const whole = this.share(answer);
    const own = answer === null ? undefined : this.kind.verdict?.(this.form, this.key, answer, whole);
    return (
      own ? own
      : whole === null ? { word: say('thanks'), name: 'neutral' }
      : whole === 1 ? { word: say('right'), name: 'right' }
      : whole > 0 ? { word: say('partly_right'), name: 'partly' }
      : { word: say('wrong'), name: 'wrong' }
    );
  }

  /** Locks the answer, marks it and says why. @param {any} answer */
  showFeedback(answer) {
    const { word, name } = this.verdict(answer);
    this.kind.mark(this.form, this.key, answer);
    this.lock(true);
    this.box.className = `sg-feedback sg-feedback-${name}`;
    this.box.replaceChildren(
      make('p', 'sg-feedback-title', word),
      ...this.remarks(answer).map((html) => makeHtml('div', 'sg-feedback-part', html)),
    );
    this.box.hidden = false;
  }

  /** @param {boolean} on */
  lock(on) {
    const fields = /** @type {HTMLElement} */ (find('fieldset', this.form));
    for (const control of findAll('input, select, textarea, .sg-move, .sg-decision', fields)) {
      /** @type {HTMLInputElement} */ (control).disabled = on;
    }
  }

  /** Asks for an answer if there is none. */
  askForAnswer() {
    this.box.className = 'sg-feedback';
    this.box.replaceChildren(make('p', '', say(this.kind.unclear?.(this.form) ?? 'answer_first')));
    this.box.hidden = false;
  }

  /** Makes it fresh. */
  clear() {
    this.kind.mark(this.form, this.key, null);
    this.lock(false);
    this.kind.show(this.form, null);
    this.box.hidden = true;
    this.box.replaceChildren();
  }
}
