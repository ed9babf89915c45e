// Scores as points. The state keeps a score in hundredths of a per cent; people count answers: "10 of 12".

/** @typedef {import('./types.js').AssessmentData} AssessmentData */
/** @typedef {import('./types.js').QuestionData} QuestionData */

/**
 * @typedef {object} Marking how an assessment is marked
 * @property {number | null} total what an attempt is worth in all; null if each draw is worth something else
 * @property {boolean} simple whether each scored question is worth one point
 * @property {boolean} whole whether only whole points can be earned
 */

/**
 * How an assessment is marked, by the questions that it may ask.
 * @param {AssessmentData} assessment
 * @param {QuestionData[]} questions all of the course, by index
 * @param {QuestionData[]} [asked] those of one attempt, where they are known
 * @returns {Marking}
 */
export function marking(assessment, questions, asked) {
  const pools = assessment.pools.map((pool) => ({
    ...pool,
    points: pool.questions.map((i) => questions[i].points),
  }));
  const scored = assessment.pools
    .flatMap((pool) => pool.questions.map((i) => questions[i]))
    .filter((q) => q.points);
  const totals = pools.map(({ draw, points }) => {
    if (draw === null || draw >= points.length) return sum(points);
    return new Set(points).size === 1 ? draw * points[0] : null;
  });
  return {
    total:
      asked ? sum(asked.map((q) => q.points))
      : totals.includes(null) ? null
      : sum(totals.map(Number)),
    simple: scored.every((q) => q.points === 1),
    whole: scored.every((q) => !q.partial && Number.isInteger(q.points)),
  };
}

/** @param {number[]} numbers without the noise of binary fractions */
function sum(numbers) {
  return Number(numbers.reduce((all, number) => all + number, 0).toFixed(6));
}

/** A share of the points as it is kept, in hundredths of a per cent. @param {number} points @param {number} total */
const scoreOf = (points, total) => Math.round((points / total) * 10000);

/**
 * The points of a score; null if they do not come out even, as with thirds of a point.
 * @param {number} score in hundredths of a per cent
 * @param {number | null} total
 * @returns {number | null}
 */
export function pointsOf(score, total) {
  if (!total) return null;
  for (const digits of [0, 1, 2]) {
    const points = Number(((score * total) / 10000).toFixed(digits));
    if (scoreOf(points, total) === score) return points;
  }
  return null;
}

/**
 * The fewest points that pass; null if no round number says exactly that.
 * @param {number} pass per cent
 * @param {Marking} marks
 * @returns {number | null}
 */
export function pointsNeeded(pass, { total, whole }) {
  if (!total) return null;
  const mark = Math.round(pass * 100);
  if (!whole) return pointsOf(mark, total);
  let points = Math.ceil((pass * total) / 100);
  while (scoreOf(points - 1, total) >= mark) points--; // 66.67 % of 3 is 2: scores are rounded
  return points;
}

/**
 * A score in per cent, with as few decimals as leave it on its side of the pass mark and of full marks.
 * @param {number} score in hundredths of a per cent
 * @param {number} pass per cent
 * @param {number} [digits] decimals to begin with
 * @returns {number}
 */
export function percentOf(score, pass, digits = 0) {
  const limits = [Math.round(pass * 100), 10000];
  const percent = Number((score / 100).toFixed(digits));
  const agrees = limits.every((limit) => Math.round(percent * 100) >= limit === score >= limit);
  return agrees || digits >= 2 ? percent : percentOf(score, pass, digits + 1);
}
