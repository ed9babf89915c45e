// Values in the forms of the SCORM 1.2 data model.

/** @param {number} value @returns {string} */
function twoDigits(value) {
  return String(value).padStart(2, '0');
}

/**
 * CMITimespan, HHHH:MM:SS.SS: hours of two to four digits, whole seconds.
 * @param {number} milliseconds
 */
export function timespan(milliseconds) {
  const seconds = Math.max(0, Math.min(Math.floor(milliseconds / 1000) || 0, 9999 * 3600 + 3599));
  const hours = Math.floor(seconds / 3600);
  return `${twoDigits(hours)}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
}

/**
 * CMITime, HH:MM:SS of the learner's clock.
 * @param {Date} date
 */
export function clockTime(date) {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/**
 * CMIDecimal with at most two places: 80, 66.67.
 * @param {number} value
 */
export function decimal(value) {
  return String(Math.round(value * 100) / 100);
}

/**
 * Text cut to a length in UTF-16 units, never inside a surrogate pair.
 * @param {string} text @param {number} length
 */
export function cut(text, length) {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
