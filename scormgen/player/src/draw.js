// Which questions an attempt asks, and in which order: made from its seed alone, so that a resumed attempt is the same.
//
// Questions are ranked by a hash of seed and slot. A question that a course update adds or removes thus moves no other.

/** @typedef {import('./types.js').AssessmentData} AssessmentData */
/** @typedef {import('./types.js').QuestionData} QuestionData */

/** A well-mixed 32-bit hash of two numbers. @param {number} seed @param {number} slot */
export function hash(seed, slot) {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(slot + 1, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Indexes of the questions that are asked. Those already answered keep their place in the draw.
 * @param {AssessmentData} assessment
 * @param {QuestionData[]} questions
 * @param {number} seed
 * @param {Set<number>} answered slots
 * @returns {number[]}
 */
export function draw(assessment, questions, seed, answered) {
  const rank = (/** @type {number} */ i, /** @type {number} */ salt) => hash(seed ^ salt, questions[i].slot);
  /** @type {number[]} */
  const asked = [];
  for (const pool of assessment.pools) {
    if (pool.draw === null || pool.draw >= pool.questions.length) {
      asked.push(...pool.questions);
      continue;
    }
    const first = (/** @type {number} */ i) => (answered.has(questions[i].slot) ? 0 : 1);
    const ranked = [...pool.questions].sort((a, b) => first(a) - first(b) || rank(a, 0) - rank(b, 0));
    const chosen = new Set(ranked.slice(0, pool.draw));
    asked.push(...pool.questions.filter((i) => chosen.has(i)));
  }
  if (assessment.shuffle.includes('questions')) asked.sort((a, b) => rank(a, 0x5bd1e9) - rank(b, 0x5bd1e9));
  return asked;
}

/**
 * Options in the order of an attempt; those that are pinned keep their places.
 * @template T
 * @param {T[]} options
 * @param {(option: T) => boolean} isPinned
 * @param {number} seed
 * @returns {T[]}
 */
export function shuffleOptions(options, isPinned, seed) {
  const ranks = new Map(options.map((option, i) => [option, hash(seed, i)]));
  const free = options
    .filter((option) => !isPinned(option))
    .sort((a, b) => Number(ranks.get(a)) - Number(ranks.get(b)));
  return options.map((option) => (isPinned(option) ? option : /** @type {T} */ (free.shift())));
}
