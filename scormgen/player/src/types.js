// The types that the player's modules share; JSDoc only, nothing of it reaches a package.

/** @typedef {{one: string} | {set: string[]} | {text: string} | {list: (string | null)[]}} Raw an answer as the suspend data holds it */

/**
 * @typedef {object} Attempts what a learner did in one assessment
 * @property {number} used attempts finished
 * @property {number | null} best best score in hundredths of a per cent
 * @property {number | null} last score of the last attempt, likewise
 * @property {0 | 1 | 2} phase idle, running, submitted
 * @property {number} seed of the draw, 0 to 2^24 - 1
 * @property {number} place index of the question shown
 * @property {Map<number, Raw>} answers by question slot
 */

/**
 * @typedef {object} State all that is kept of a learner in one SCO
 * @property {number | null} page slot of the current page
 * @property {Set<number>} visited slots of the pages seen
 * @property {Map<number, Attempts>} attempts by assessment slot
 * @property {Map<number, Raw>} checks answers to knowledge checks by question slot
 */

/** @typedef {{id: string, slot: number}} PageData */
/** @typedef {{id: string, slot: number, kind: string, options: string, points: number, page: number}} QuestionData */
/** @typedef {{draw: number | null, questions: number[]}} PoolData */

/**
 * @typedef {object} AssessmentData
 * @property {string} id
 * @property {number} slot
 * @property {number} page
 * @property {number} pass per cent
 * @property {number} attempts 0: no limit
 * @property {'each' | 'end' | 'none'} feedback
 * @property {'all' | 'wrong' | 'none'} review
 * @property {string[]} shuffle
 * @property {PoolData[]} pools
 */

/**
 * @typedef {object} Data `#sg-data`, as docs/player.md describes it
 * @property {string} title
 * @property {string} key
 * @property {'free' | 'guided'} navigation
 * @property {'all' | 'last' | 'none'} report
 * @property {{require: string[], status: 'passed' | 'completed', onFail: 'incomplete' | 'failed'}} completion
 * @property {PageData[]} pages
 * @property {QuestionData[]} questions
 * @property {AssessmentData[]} assessments
 * @property {Record<string, string>} strings
 */

/** @typedef {{right: any, feedback?: Record<string, string>, correct?: string, wrong?: string, explanation?: string}} Key */
/** @typedef {{result: 'correct' | 'wrong', share: number}} Grade */

/**
 * @typedef {object} Kind a question kind: its widget, its marks, its words to the LMS
 * @property {string} type of `cmi.interactions.n.type`
 * @property {(form: HTMLFormElement) => any} read the learner's answer, null where there is none
 * @property {(form: HTMLFormElement, answer: any) => void} show
 * @property {(form: HTMLFormElement, on: boolean) => void} lock
 * @property {(form: HTMLFormElement, key: Key, answer: any) => void} mark
 * @property {(key: Key, answer: any) => Grade} grade
 * @property {(answer: any) => string} response
 * @property {(key: Key) => string} pattern
 * @property {(answer: any) => Raw} pack
 * @property {(raw: Raw, options: string) => any} unpack null where the answer is none of this question's
 * @property {(key: Key, answer: any) => string[]} feedback HTML for what was chosen
 * @property {(form: HTMLFormElement, answer: any) => string} words the answer in the learner's words
 * @property {(form: HTMLFormElement, key: Key) => string} rightWords the right answer likewise
 */

/**
 * @typedef {object} Interaction
 * @property {string} id
 * @property {string} type
 * @property {string} pattern
 * @property {number} weighting
 * @property {string} response
 * @property {'correct' | 'wrong'} result
 * @property {number | null} latency milliseconds
 */

/** @typedef {{status: 'passed' | 'completed' | 'failed' | 'incomplete', score: number | null, final: boolean}} Outcome */

export {};
