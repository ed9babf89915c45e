// One question on the page: its form, its key, its answer, its feedback. What becomes of an answer is its owner's affair.

import { find, make, makeHtml, say } from '../dom.js';
import { kinds } from '../questions/index.js';

/** @typedef {import('../types.js').QuestionData} QuestionData */
/** @typedef {import('../types.js').Raw} Raw */

/** @param {string} packed @returns {import('../types.js').Key} */
function readKey(packed) {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * @param {HTMLFormElement} form
 * @param {QuestionData} data
 * @param {() => number} now milliseconds
 */
export function createQuestion(form, data, now) {
  const kind = kinds[data.kind];
  const key = readKey(form.dataset.key ?? '');
  const box = /** @type {HTMLElement} */ (find('.sg-feedback', form));
  /** @type {number | null} */
  let shown = null;

  return {
    form,
    data,
    kind,
    key,
    box,

    read: () => kind.read(form),

    /** Restores a kept answer; null where it no longer fits the question. @param {Raw | undefined} raw */
    restore(raw) {
      const answer = raw ? kind.unpack(raw, data.options) : null;
      kind.show(form, answer);
      return answer;
    },

    /** The learner begins to look at it. */
    look() {
      shown ??= now();
    },

    /** What the LMS is told of an answer. @param {any} answer @returns {import('../types.js').Interaction} */
    interaction(answer) {
      const latency = shown === null ? null : now() - shown;
      shown = null;
      return {
        id: data.id,
        type: kind.type,
        pattern: kind.pattern(key),
        weighting: data.points,
        response: answer === null ? '' : kind.response(answer),
        result: kind.grade(key, answer).result,
        latency,
      };
    },

    /** Locks the answer, marks it and says why. @param {any} answer */
    showFeedback(answer) {
      const right = kind.grade(key, answer).result === 'correct';
      kind.mark(form, key, answer);
      kind.lock(form, true);
      const parts = [make('p', 'sg-feedback-title', say(right ? 'right' : 'wrong'))];
      for (const html of [...kind.feedback(key, answer), right ? key.correct : key.wrong, key.explanation]) {
        if (html) parts.push(makeHtml('div', 'sg-feedback-part', html));
      }
      box.className = `sg-feedback ${right ? 'sg-feedback-right' : 'sg-feedback-wrong'}`;
      box.replaceChildren(...parts);
      box.hidden = false;
    },

    /** Asks for an answer where there is none. */
    askForAnswer() {
      box.className = 'sg-feedback';
      box.replaceChildren(make('p', '', say('answer_first')));
      box.hidden = false;
    },

    /** Makes it fresh. */
    clear() {
      kind.mark(form, key, null);
      kind.lock(form, false);
      kind.show(form, null);
      box.hidden = true;
      box.replaceChildren();
    },
  };
}

/** @typedef {ReturnType<typeof createQuestion>} Question */
