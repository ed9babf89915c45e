// The data types of SCORM 1.2 (Run-Time Environment 1.2, data types), as tests on strings.

/** @typedef {(value: string) => boolean} Check */

/** CMIString255, CMIString4096: counted in characters, not in UTF-16 units. @param {number} most @returns {Check} */
export const text = (most) => (value) => [...value].length <= most;

/** CMIVocabulary. @param {...string} words @returns {Check} */
export const words =
  (...words) =>
  (value) =>
    words.includes(value);

/** CMIIdentifier: printable, without white space, at most 255 characters. @type {Check} */
export const identifier = (value) => /^[!-~]{1,255}$/.test(value);

/** CMIDecimal: may have a sign and a decimal point. @type {Check} */
export const decimal = (value) => /^-?(\d+\.?\d*|\.\d+)$/.test(value);

/** CMISInteger in a range. @param {number} least @param {number} most @returns {Check} */
export const integer = (least, most) => (value) =>
  /^-?\d+$/.test(value) && Number(value) >= least && Number(value) <= most;

/** A score: CMIDecimal from 0 to 100, or CMIBlank. @type {Check} */
export const score = (value) =>
  value === '' || (decimal(value) && Number(value) >= 0 && Number(value) <= 100);

/** CMITime: a point of the 24 hour clock, HH:MM:SS.SS. @type {Check} */
export const time = (value) => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/.test(value);

/** CMITimespan: HHHH:MM:SS.SS with two to four digits of hours and at most two decimals. @type {Check} */
export const timespan = (value) => /^\d{2,4}:\d{2}:\d{2}(\.\d{1,2})?$/.test(value);

/** `cmi.interactions.n.result`. @type {Check} */
export const result = (value) =>
  ['correct', 'wrong', 'unanticipated', 'neutral'].includes(value) || decimal(value);

const CHOICE = '[a-z0-9](,[a-z0-9])*';
const PAIRS = '[a-z0-9]\\.[a-z0-9](,[a-z0-9]\\.[a-z0-9])*';

/** CMIFeedback by the type of its interaction; before the type is known any text will do. @type {Record<string, Check>} */
const FEEDBACK = {
  'true-false': (value) => /^[01tf]/.test(value) && value.length === 1,
  choice: (value) => new RegExp(`^(${CHOICE}|\\{${CHOICE}\\})$`).test(value),
  'fill-in': text(255),
  numeric: decimal,
  likert: (value) => /^[a-z0-9]?$/.test(value),
  matching: (value) => new RegExp(`^(${PAIRS}|\\{${PAIRS}\\})$`).test(value),
  performance: text(255),
  sequencing: (value) => new RegExp(`^${CHOICE}$`).test(value),
};
export const INTERACTION_TYPES = Object.keys(FEEDBACK);

/** @param {string | undefined} type @param {string} value */
export const feedback = (type, value) => (FEEDBACK[type ?? ''] ?? text(255))(value);

/** A time span in hundredths of a second. @param {string} value */
export function hundredths(value) {
  const [hours, minutes, seconds] = value.split(':').map(Number);
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 100);
}

/** Hundredths of a second as a time span, at most 9999:59:59.99. @param {number} count */
export function span(count) {
  const all = Math.min(count, 9999 * 360000 + 359999);
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const seconds = Math.floor(all / 100);
  return `${String(Math.floor(seconds / 3600)).padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(all % 100)}`;
}
