// The types that the player's modules share; JSDoc only, nothing of it reaches a package.

/** @typedef {{one: string} | {set: string[]} | {text: string} | {number: string} | {list: (string | null)[]}} Raw an answer as the suspend data holds it */

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
 * @typedef {object} State all that is kept of a learner in one SCO
 * @property {number | null} page slot of the current page
 * @property {Set<number>} visited slots of the pages seen
 * @property {Map<number, Attempts>} attempts by assessment slot
 * @property {Map<number, Raw>} checks answers to knowledge checks by question slot
 * @property {Reported | null} reported null where nothing was, or the data is of an older version
 * @property {number | null} done the day on which the course was first completed, since 1970; kept where there is a certificate
 */

/**
 * @typedef {object} Reported what the LMS was told, by which what it has lost is found
 * @property {number} rank of the highest status: 0 none, 1 incomplete, 2 failed, 3 completed, 4 passed
 * @property {number} count of the entries of `cmi.interactions`
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
 * @property {string} title
 * @property {string} language
 * @property {string} key
 * @property {'' | 'module' | 'assessment'} part what of the course this SCO is: '' all of it
 * @property {'free' | 'guided'} navigation
 * @property {'all' | 'last' | 'none'} report
 * @property {{require: string[], status: 'passed' | 'completed', onFail: 'incomplete' | 'failed'}} completion
 * @property {number | null} mastery the score that the LMS takes for a pass
 * @property {{id: string, title: string, pages: number[]}[]} objectives
 * @property {PageData[]} pages
 * @property {QuestionData[]} questions
 * @property {AssessmentData[]} assessments
 * @property {Record<string, string>} strings
 */

/** @typedef {Record<string, any> & {feedback?: Record<string, string>, correct?: string, wrong?: string, explanation?: string}} Key */

/**
 * @typedef {object} Report what the LMS is told of one part of an answer, or of the whole
 * @property {string} [part] letter that names the interaction behind the question's id
 * @property {string} type of `cmi.interactions.n.type`
 * @property {string[]} patterns right answers; none where nothing is right or wrong
 * @property {string} response
 * @property {number | null} share of it that is right, 0 to 1; null where nothing is right or wrong
 * @property {number} [weighting] the question's points where it is not given
 */

/**
 * @typedef {object} Kind a question kind: its widget, its marks, its words to the LMS. An answer is never null but where it says so.
 * @property {string} type of `cmi.interactions.n.type`
 * @property {(form: HTMLFormElement) => void} [start] wires the widget
 * @property {(form: HTMLFormElement) => any} read the learner's answer, null where there is none
 * @property {(form: HTMLFormElement) => string | null} [unclear] the string that says why there is none
 * @property {(form: HTMLFormElement, answer: any) => void} show null clears it
 * @property {(form: HTMLFormElement, key: Key, answer: any) => void} mark null takes the marks away
 * @property {(key: Key, answer: any) => number} share of the answer that is right, 0 to 1
 * @property {(key: Key) => string[]} [patterns] right answers in the standard's form
 * @property {(answer: any) => string} [response] the answer likewise
 * @property {(key: Key, answer: any, data: QuestionData, share: number | null) => Report[]} [reports] where an answer, or null, is not one interaction
 * @property {(answer: any) => Raw} pack
 * @property {(raw: Raw, data: QuestionData, form: HTMLFormElement) => any} unpack null where the answer is none of this question's
 * @property {(key: Key, answer: any) => string[]} chosen letters whose feedback is shown
 * @property {(form: HTMLFormElement, key: Key, answer: any, share: number | null) => {word: string, name: string}} [verdict] where "Correct" and "Not quite" do not say it
 * @property {(form: HTMLFormElement, key: Key, answer: any, told: boolean) => HTMLElement[]} [retell] the answer in a result, where words are not enough; told: with the author's feedback
 * @property {(form: HTMLFormElement, answer: any) => string} words the answer in the learner's words
 * @property {(form: HTMLFormElement, key: Key) => string} rightWords the right answer likewise
 */

/**
 * @typedef {object} Interaction
 * @property {string} id
 * @property {string} type
 * @property {string[]} patterns
 * @property {number} weighting
 * @property {string} response
 * @property {string} result
 * @property {string} [objective]
 * @property {number | null} latency milliseconds
 */

/** @typedef {{id: string, score: number, passed: boolean}} ObjectiveResult score per cent */

/** @typedef {{status: 'passed' | 'completed' | 'failed' | 'incomplete', score: number | null, final: boolean}} Outcome */

export {};
