// Scores in words: "10 of 12 (83 %), you needed 10"; a percentage where points do not come out even.

import { say } from '../dom.js';
import { percentOf, pointsNeeded, pointsOf } from '../points.js';

/** @typedef {import('../points.js').Marking} Marking */

/** @param {number} n */
const percent = (n) => say('percent', { n });

/** A score in per cent. @param {number} score in hundredths @param {number} pass per cent */
export const percentWords = (score, pass) => percent(percentOf(score, pass));

/** @param {number} points @param {Marking} marks */
function pointsWords(points, { total, simple }) {
  const plain = total === 1 || (simple && Number.isInteger(points));
  return say(plain ? 'score_count' : 'score_points', { n: points, all: total ?? 0 });
}

/**
 * A score: "10 of 12", "8.5 of 10 points", "83.3 %".
 * @param {number} score in hundredths of a per cent @param {number} pass per cent @param {Marking} marks
 */
export function scoreWords(score, pass, marks) {
  const points = pointsOf(score, marks.total);
  return points === null ? percent(percentOf(score, pass, 1)) : pointsWords(points, marks);
}

/**
 * The score of an attempt and what was needed.
 * @param {number} score in hundredths of a per cent @param {number} pass per cent @param {Marking} marks
 */
export function resultWords(score, pass, marks) {
  const points = pointsOf(score, marks.total);
  const need = pointsNeeded(pass, marks);
  return say(points === null ? 'your_score_percent' : 'your_score', {
    score: scoreWords(score, pass, marks),
    percent: percentWords(score, pass),
    need: points === null || need === null ? percent(pass) : need,
  });
}

/** What an assessment asks for: "10 of 12", or "80 %". @param {number} pass per cent @param {Marking} marks */
export function neededWords(pass, marks) {
  const need = pointsNeeded(pass, marks);
  return need === null ? percent(pass) : pointsWords(need, marks);
}
