// The clock of an attempt with a time limit: shown, and said aloud when five minutes and one minute are left.

import { find, say } from '../dom.js';

const WARNINGS = [300, 60];

/**
 * @param {HTMLElement} box
 * @param {number} limit seconds
 * @param {object} attempt
 * @param {() => number} attempt.now milliseconds
 * @param {(seconds: number) => void} attempt.onTick seconds taken so far
 * @param {() => void} attempt.onEnd
 */
export function createTimer(box, limit, attempt) {
  /** @type {number | undefined} */
  let timer;

  /** @param {number} seconds left */
  function show(seconds) {
    const clock = find('.sg-clock', box);
    if (clock) clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }

  return {
    /** Goes on from what the attempt has taken already. @param {number} taken seconds */
    start(taken) {
      if (!limit || timer !== undefined) return;
      const begun = attempt.now() - taken * 1000;
      let before = limit - taken;
      box.hidden = false;
      show(Math.max(0, before));
      timer = setInterval(() => {
        const seconds = Math.min(limit, Math.floor((attempt.now() - begun) / 1000));
        const left = limit - seconds;
        attempt.onTick(seconds);
        show(left);
        const warning = WARNINGS.find((mark) => left <= mark && before > mark);
        const status = find('[role="status"]', box);
        if (warning && status) status.textContent = say('time_left', { n: warning / 60 });
        before = left;
        if (left === 0) attempt.onEnd();
      }, 500);
    },

    stop() {
      clearInterval(timer);
      timer = undefined;
      box.hidden = true;
    },
  };
}
