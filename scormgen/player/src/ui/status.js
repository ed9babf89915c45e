// What the learner is told of saving: one word in the header, and a notice when something is wrong.

import { find, make, makeButton, say } from '../dom.js';

/** @typedef {import('../lms/retry.js').SaveState} SaveState */

/** @param {string} language @param {(event: BeforeUnloadEvent) => void} warn */
export function createStatus(language, warn) {
  const line = find('#sg-save');
  const notice = find('#sg-notice');
  /** @type {SaveState | 'none'} */
  let shown = 'none';

  /** @param {string} text @param {boolean} [closable] */
  function tell(text, closable = false) {
    if (!notice) return;
    notice.hidden = !text;
    notice.replaceChildren(make('p', '', text));
    if (closable) notice.append(makeButton(say('close'), 'sg-button sg-button-quiet', () => tell('')));
  }

  /** @param {Date | null} saved */
  function stuckWords(saved) {
    const time = saved?.toLocaleTimeString(language, { timeStyle: 'short' });
    return `${say('notice_stuck')} ${time ? say('notice_kept', { time }) : say('notice_kept_before')}`;
  }

  return {
    tell,
    /** @param {SaveState} state @param {Date | null} saved when all was last stored */
    show(state, saved) {
      if (state === shown) return;
      const before = shown;
      shown = state;
      const failing = state === 'unsaved' || state === 'stuck';
      if (line) {
        line.dataset.state = failing ? 'unsaved' : state;
        line.textContent = say(`save_${line.dataset.state}`);
      }
      if (failing || state === 'saving') window.addEventListener('beforeunload', warn);
      else window.removeEventListener('beforeunload', warn);
      if (state === 'stuck') tell(stuckWords(saved));
      else if (state === 'off' || failing || state === 'review') tell(say(`notice_${state}`), !failing);
      else if (before !== 'none' && state !== 'saving') tell('');
    },
  };
}
