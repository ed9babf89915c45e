// What the learner has reached: lesson status and score, by the course's rules for completion.

/** @typedef {import('./types.js').Data} Data */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').AssessmentData} AssessmentData */

/** @param {AssessmentData} assessment @param {State} state */
export function isPassed(assessment, state) {
  const best = state.attempts.get(assessment.slot)?.best ?? null;
  return best !== null && best >= Math.round(assessment.pass * 100);
}

/** Attempts that are left; null where there is no limit. @param {AssessmentData} assessment @param {State} state */
export function attemptsLeft(assessment, state) {
  if (!assessment.attempts) return null;
  return Math.max(0, assessment.attempts - (state.attempts.get(assessment.slot)?.used ?? 0));
}

/**
 * Status and score as the LMS is to have them. An LMS compares score.raw with the mastery score by itself, so a score
 * goes out only together with a status that says the same.
 * @param {Data} data
 * @param {State} state
 * @returns {import('./types.js').Outcome}
 */
export function outcome(data, state) {
  const { require, status, onFail } = data.completion;
  const passed = data.assessments.every((a) => isPassed(a, state));
  const done =
    (!require.includes('pages') || data.pages.every((p) => p.slot < 0 || state.visited.has(p.slot))) &&
    (!require.includes('assessment') || passed);
  const exhausted = data.assessments.some((a) => !isPassed(a, state) && attemptsLeft(a, state) === 0);
  const failed = !done && onFail === 'failed' && exhausted && require.includes('assessment');
  const reached =
    done ? status
    : failed ? 'failed'
    : 'incomplete';
  const shown = status === 'completed' || done || failed;
  return { status: reached, score: shown ? meanScore(data, state) : null, final: done };
}

/**
 * The mean of the best scores, per cent; null before every assessment has one.
 * @param {Data} data @param {State} state
 */
function meanScore(data, state) {
  const best = data.assessments.map((a) => state.attempts.get(a.slot)?.best ?? NaN);
  const mean = Math.round(best.reduce((sum, value) => sum + value, 0) / best.length) / 100;
  return Number.isNaN(mean) ? null : mean;
}

/**
 * An attempt's score in hundredths of a per cent.
 * @param {{share: number, points: number}[]} graded
 */
export function attemptScore(graded) {
  const most = graded.reduce((sum, g) => sum + g.points, 0);
  const got = graded.reduce((sum, g) => sum + g.share * g.points, 0);
  return most ? Math.round((got / most) * 10000) : 0;
}
