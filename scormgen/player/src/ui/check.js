// A knowledge check: feedback at once, as often as you like; it never counts.

import { find, focusOn, onAction } from '../dom.js';

/**
 * @param {import('./question.js').Question} question
 * @param {(question: import('./question.js').Question, answer: any) => void} onAnswer
 */
export function startCheck(question, onAnswer) {
  const { form, box } = question;
  const submit = /** @type {HTMLElement} */ (find('[type="submit"]', form));
  const again = /** @type {HTMLElement} */ (find('[data-action="again"]', form));

  /** @param {any} answer */
  function showResult(answer) {
    question.showFeedback(answer);
    submit.hidden = true;
    again.hidden = false;
  }

  form.addEventListener('focusin', () => question.look());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const answer = question.read();
    if (answer === null) {
      question.askForAnswer();
    } else {
      showResult(answer);
      onAnswer(question, answer);
    }
    focusOn(box);
  });
  onAction(
    'again',
    () => {
      question.clear();
      submit.hidden = false;
      again.hidden = true;
      const first = find('input, select, textarea, fieldset button', form);
      if (first) focusOn(first);
    },
    form,
  );
  return {
    /** Shows an answer that was kept. @param {import('../types.js').Raw | undefined} raw */
    restore(raw) {
      const answer = question.restore(raw);
      if (answer !== null) showResult(answer);
    },
  };
}
