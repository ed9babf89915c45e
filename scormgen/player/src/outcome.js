// What the learner has reached: status and score, by the course's rules for completion.

/** @typedef {import('./types.js').Data} Data */
/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').AssessmentData} AssessmentData */
/** @typedef {{share: number | null, points: number, objective?: string}} Graded how an answer did */

/** @param {AssessmentData} assessment @param {State} state */
export function isPassed(assessment, state) {
  const best = state.attempts.get(assessment.slot)?.best ?? null;
  return best !== null && best >= Math.round(assessment.pass * 100);
}

/** Attempts that are left; null if there is no limit. @param {AssessmentData} assessment @param {State} state */
export function attemptsLeft(assessment, state) {
  if (!assessment.attempts) return null;
  return Math.max(0, assessment.attempts - (state.attempts.get(assessment.slot)?.used ?? 0));
}

/**
 * What is missing for completion: pages not seen and assessments not passed, by index.
 * @param {Data} data
 * @param {State} state
 * @returns {{pages: number[], assessments: number[]}}
 */
export function missing({ completion: { require }, pages, assessments }, state) {
  const without = (/** @type {any[]} */ items, /** @type {(item: any) => boolean} */ isDone) =>
    items.flatMap((item, index) => (isDone(item) ? [] : [index]));
  return {
    pages: require.includes('pages') ? without(pages, (p) => p.slot < 0 || state.visited.has(p.slot)) : [],
    assessments:
      require.includes('assessment') ? without(assessments, (a) => a.covers || isPassed(a, state)) : [],
  };
}

/**
 * Status and score as they are reported. A learning system compares a score with the pass mark by itself, so a score goes out only
 * together with a status that says the same.
 * @param {Data} data
 * @param {State} state
 * @returns {import('./types.js').Outcome}
 */
export function outcome(data, state) {
  const { require, status, onFail } = data.completion;
  const assessments = data.assessments.filter((a) => !a.covers);
  const open = missing(data, state);
  const done = !open.pages.length && !open.assessments.length;
  const exhausted = assessments.some((a) => !isPassed(a, state) && attemptsLeft(a, state) === 0);
  const failed = !done && onFail === 'failed' && exhausted && require.includes('assessment');
  const reached =
    done ? status
    : failed ? 'failed'
    : 'incomplete';
  const score = meanScore(assessments, state);
  const agrees =
    status === 'completed' || done || (failed && score !== null && score < (data.mastery ?? 101));
  return { status: reached, score: agrees ? score : null, final: done };
}

/**
 * The mean of the best scores by weight, per cent; null before every assessment has one.
 * @param {AssessmentData[]} assessments @param {State} state
 */
function meanScore(assessments, state) {
  const sum = assessments.reduce((all, a) => all + a.weight * (state.attempts.get(a.slot)?.best ?? NaN), 0);
  const mean = Math.round(sum / assessments.reduce((all, a) => all + a.weight, 0)) / 100;
  return Number.isNaN(mean) ? null : mean;
}

/**
 * An attempt's score in hundredths of a per cent; what is never scored does not count.
 * @param {Graded[]} graded
 */
export function attemptScore(graded) {
  const counted = graded.filter(({ share }) => share !== null);
  const most = counted.reduce((sum, g) => sum + g.points, 0);
  const got = counted.reduce((sum, g) => sum + Number(g.share) * g.points, 0);
  return most ? Math.round((got / most) * 10000) : 0;
}

/**
 * How an attempt did in each objective that its questions have, in the course's order.
 * @param {Data['objectives']} objectives
 * @param {Graded[]} graded
 * @param {number} pass per cent
 * @returns {(import('./types.js').ObjectiveResult & Data['objectives'][number])[]}
 */
export function objectiveResults(objectives, graded, pass) {
  return objectives.flatMap((objective) => {
    const mine = graded.filter((g) => g.objective === objective.id && g.share !== null);
    const score = attemptScore(mine) / 100;
    return mine.length ? [{ ...objective, score, passed: score >= pass }] : [];
  });
}
