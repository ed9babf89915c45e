// What the learner is told of saving: one word in the header, and a notice when something is wrong.

import { find, make, makeButton, say } from '../dom.js';

/** @typedef {import('../lms/session.js').SaveState} SaveState */

/** @param {(event: BeforeUnloadEvent) => void} warn */
export function createStatus(warn) {
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

  return {
    tell,
    /** @param {SaveState} state */
    show(state) {
      if (state === shown) return;
      const before = shown;
      shown = state;
      if (line) {
        line.dataset.state = state;
        line.textContent = say(`save_${state}`);
      }
      if (state === 'unsaved' || state === 'saving') window.addEventListener('beforeunload', warn);
      else window.removeEventListener('beforeunload', warn);
      if (state === 'off' || state === 'unsaved' || state === 'review')
        tell(say(`notice_${state}`), state !== 'unsaved');
      else if (before !== 'none' && state !== 'saving') tell('');
    },
  };
}
