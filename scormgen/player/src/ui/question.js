// One question on the page: its form, its key, its answer, its feedback. What becomes of an answer is its owner's affair.

import { find, findAll, make, makeHtml, say } from '../dom.js';
import { decimal } from '../formats.js';
import { cutBytes } from '../questions/answers.js';
import { kinds } from '../questions/index.js';

/** @typedef {import('../types.js').QuestionData} QuestionData */
/** @typedef {import('../types.js').Raw} Raw */

/** @param {string} packed @returns {import('../types.js').Key} */
function readKey(packed) {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** `cmi.interactions.n.result` of a share. @param {number | null} share */
function result(share) {
  return (
    share === null ? 'neutral'
    : share === 1 ? 'correct'
    : share === 0 ? 'wrong'
    : decimal(share)
  );
}

/** The most that a field keeps: the suspend data has room for so much. @param {HTMLInputElement} field */
function cutField(field) {
  const { size } = field.dataset;
  const kept = size ? cutBytes(field.value, Number(size)) : field.value;
  if (kept !== field.value) field.value = kept;
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
  /** @type {number | null} since when the learner looks at it */
  let since = null;
  let spent = 0;

  kind.start?.(form);
  form.addEventListener('input', (event) => {
    const { target } = event;
    const typed = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (typed && !(/** @type {InputEvent} */ (event).isComposing))
      cutField(/** @type {HTMLInputElement} */ (target));
  });

  /** How much of an answer is right, 0 to 1; null where nothing is right or wrong. @param {any} answer */
  function share(answer) {
    if (!data.points) return null;
    const whole = answer === null ? 0 : kind.share(key, answer);
    return data.partial || whole === 1 ? whole : 0;
  }

  return {
    form,
    data,
    kind,
    key,
    box,
    share,

    read: () => kind.read(form),

    /** How an answer did, for scores. @param {any} answer @returns {import('../outcome.js').Graded} */
    grade: (answer) => ({ ...data, share: share(answer) }),

    /** Whether something stands there that cannot be taken for an answer. */
    isUnclear: () => Boolean(kind.unclear?.(form)),

    /** @param {Raw | undefined} raw */
    unpack: (raw) => (raw ? kind.unpack(raw, data, form) : null),

    /** Restores a kept answer; null where it no longer fits the question. @param {Raw | undefined} raw */
    restore(raw) {
      const answer = this.unpack(raw);
      kind.show(form, answer);
      return answer;
    },

    /** The learner begins to look at it. */
    look() {
      since ??= now();
    },

    /** The learner looks away. */
    rest() {
      if (since !== null) spent += now() - since;
      since = null;
    },

    /**
     * What the LMS is told of an answer, or of none.
     * @param {any} answer @param {boolean} [again] whether it was told before: the time that it took is not known then
     * @returns {import('../types.js').Interaction[]}
     */
    interactions(answer, again = false) {
      if (!again) this.rest();
      const whole = share(answer);
      const reports = kind.reports?.(key, answer, data, whole) ?? [
        {
          type: kind.type,
          patterns: kind.patterns?.(key) ?? [],
          response: answer === null ? '' : (kind.response?.(answer) ?? ''),
          share: whole,
        },
      ];
      const latency = again ? null : spent;
      if (!again) spent = 0;
      return reports.map((report, index) => ({
        id: data.id + (report.part ? `.${report.part}` : ''),
        type: report.type,
        patterns: report.patterns,
        weighting: report.weighting ?? data.points,
        response: report.response,
        result: result(report.share),
        objective: data.objective,
        latency: index === 0 ? latency : null,
      }));
    },

    /** Author's words on an answer. @param {any} answer @returns {string[]} HTML */
    remarks(answer) {
      const whole = share(answer);
      const chosen = answer === null ? [] : kind.chosen(key, answer);
      const note =
        whole === null ? undefined
        : whole === 1 ? key.correct
        : key.wrong;
      return [...chosen.map((letter) => key.feedback?.[letter]), note, key.explanation].flatMap(
        (html) => html ?? [],
      );
    },

    /** How it went, in a word. @param {any} answer */
    verdict(answer) {
      const whole = share(answer);
      const own = answer === null ? undefined : kind.verdict?.(form, key, answer, whole);
      return (
        own ? own
        : whole === null ? { word: say('thanks'), name: 'neutral' }
        : whole === 1 ? { word: say('right'), name: 'right' }
        : whole > 0 ? { word: say('partly_right'), name: 'partly' }
        : { word: say('wrong'), name: 'wrong' }
      );
    },

    /** Locks the answer, marks it and says why. @param {any} answer */
    showFeedback(answer) {
      const { word, name } = this.verdict(answer);
      kind.mark(form, key, answer);
      this.lock(true);
      box.className = `sg-feedback sg-feedback-${name}`;
      box.replaceChildren(
        make('p', 'sg-feedback-title', word),
        ...this.remarks(answer).map((html) => makeHtml('div', 'sg-feedback-part', html)),
      );
      box.hidden = false;
    },

    /** @param {boolean} on */
    lock(on) {
      for (const control of findAll(
        'input, select, textarea, .sg-move, .sg-decision',
        /** @type {HTMLElement} */ (find('fieldset', form)),
      )) {
        /** @type {HTMLInputElement} */ (control).disabled = on;
      }
    },

    /** Asks for an answer where there is none. */
    askForAnswer() {
      box.className = 'sg-feedback';
      box.replaceChildren(make('p', '', say(kind.unclear?.(form) ?? 'answer_first')));
      box.hidden = false;
    },

    /** Makes it fresh. */
    clear() {
      kind.mark(form, key, null);
      this.lock(false);
      kind.show(form, null);
      box.hidden = true;
      box.replaceChildren();
    },
  };
}

/** @typedef {ReturnType<typeof createQuestion>} Question */
