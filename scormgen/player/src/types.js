// The types that the player's modules share; JSDoc only, nothing of it reaches a package.

/** @typedef {{one: string} | {set: string[]} | {text: string} | {number: string} | {list: (string | null)[]}} Raw an answer as the state holds it */

/**
 * @typedef {object} Attempts what a learner did in one assessment
 * @property {number} used attempts finished
 * @property {number | null} best best score in hundredths of a per cent
 * @property {number | null} last score of the last attempt, likewise
 * @property {0 | 1 | 2} phase idle, running, submitted
 * @property {number} seed of the draw, 0 to 2^24 - 1
 * @property {number} place index of the question shown
 * @property {number} seconds that a running attempt with a time limit has taken
 * @property {Map<number, Raw>} answers by question slot
 */

/**
 * @typedef {object} State all that is kept of a learner in a course, or in the part of one that has a session of its own
 * @property {number | null} page slot of the current page
 * @property {Set<number>} visited slots of the pages seen
 * @property {Map<number, Attempts>} attempts by assessment slot
 * @property {Map<number, Raw>} checks answers to knowledge checks by question slot
 * @property {Reported | null} reported null if nothing was, or the data is of an older version
 * @property {number | null} done the day on which the course was first completed, since 1970; kept where there is a certificate
 */

/**
 * @typedef {object} Reported what was reported, by which what has been lost of it is found
 * @property {number} rank of the highest status: 0 none, 1 incomplete, 2 failed, 3 completed, 4 passed
 * @property {number} count of the answers
 */

/** @typedef {{id: string, slot: number}} PageData */
/**
 * @typedef {object} QuestionData
 * @property {string} id
 * @property {number} slot
 * @property {string} kind
 * @property {string} options letters, in the author's order
 * @property {string} [parts] letters likewise
 * @property {number} points 0: never scored
 * @property {boolean} [partial] whether part of an answer earns part of the points
 * @property {string} [objective]
 * @property {number} page
 */
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
 * @property {number} weight of its score beside those of others
 * @property {number} time seconds an attempt may take; 0: no limit
 * @property {number[]} [covers] of a pretest: the pages that are known when it is passed
 */

/**
 * @typedef {object} Data `#sg-data`, as docs/player.md describes it
 * @property {string} course id
 * @property {string} title
 * @property {string} version
 * @property {string} sco names the part of the course that this is
 * @property {string} language
 * @property {string} key
 * @property {'' | 'module' | 'assessment'} part what of the course is here: '' all of it
 * @property {'free' | 'guided'} navigation
 * @property {'all' | 'last' | 'none'} report
 * @property {{require: string[], status: 'passed' | 'completed', onFail: 'incomplete' | 'failed'}} completion
 * @property {number | null} mastery the score that counts as a pass
 * @property {{id: string, title: string, pages: number[]}[]} objectives
 * @property {PageData[]} pages
 * @property {QuestionData[]} questions
 * @property {AssessmentData[]} assessments
 * @property {Record<string, string>} strings
 */

/** @typedef {Record<string, any> & {feedback?: Record<string, string>, correct?: string, wrong?: string, explanation?: string}} Key */

/** @typedef {'choice' | 'true-false' | 'order' | 'pairs' | 'path' | 'text' | 'number' | 'scale'} Shape of an answer: a target has a form for each */
/** @typedef {{part: string, letter: string}} Step of a path: a scene, and what was decided in it */

/**
 * @typedef {object} Response an answer, or one part of it, as facts. Its values have the form of its shape: `choice`, `true-false` and
 *   `order` letters, `pairs` letters by part, `path` steps, `text` and `scale` a text, `number` its digits.
 * @property {string} [part] letter that tells it from others of the same question
 * @property {Shape} shape
 * @property {any} given null if there is no answer
 * @property {any[]} right each of them a right answer; of a number the lowest and the highest; none where nothing is right or wrong
 * @property {number | null} share of it that is right, 0 to 1; null if nothing is right or wrong
 * @property {number} [points] the question's where they are not given
 */

/** @typedef {Response & {id: string, points: number, objective?: string, latency: number | null}} Fact what is reported of an answer; latency in milliseconds */

/**
 * @typedef {object} Kind a question kind: its widget, its marks, its facts. An answer is never null but where it says so.
 * @property {Shape} shape
 * @property {(form: HTMLFormElement) => void} [start] wires the widget
 * @property {(form: HTMLFormElement) => any} read the learner's answer, null if there is none
 * @property {(form: HTMLFormElement) => string | null} [unclear] the string that says why there is none
 * @property {(form: HTMLFormElement, answer: any) => void} show null clears it
 * @property {(form: HTMLFormElement, key: Key, answer: any) => void} mark null takes the marks away
 * @property {(key: Key, answer: any) => number} share of the answer that is right, 0 to 1
 * @property {(key: Key) => any[]} [right] each a right answer, in the form of its shape
 * @property {(answer: any) => any} [given] the answer in the form of its shape, where that is another
 * @property {(key: Key, answer: any, data: QuestionData, share: number | null) => Response[]} [responses] where an answer, or null, has parts
 * @property {(answer: any) => Raw} pack
 * @property {(raw: Raw, data: QuestionData, form: HTMLFormElement) => any} unpack null if the answer is none of this question's
 * @property {(key: Key, answer: any) => string[]} chosen letters whose feedback is shown
 * @property {(form: HTMLFormElement, key: Key, answer: any, share: number | null) => {word: string, name: string}} [verdict] where "Correct" and "Not quite" do not say it
 * @property {(form: HTMLFormElement, key: Key, answer: any, told: boolean) => HTMLElement[]} [retell] the answer in a result, where words are not enough; told: with the author's feedback
 * @property {(form: HTMLFormElement, answer: any) => string} words the answer in the learner's words
 * @property {(form: HTMLFormElement, key: Key) => string} rightWords the right answer likewise
 */

/** @typedef {{id: string, score: number, passed: boolean}} ObjectiveResult score per cent */

/** @typedef {{status: 'passed' | 'completed' | 'failed' | 'incomplete', score: number | null, final: boolean}} Outcome */

export {};
