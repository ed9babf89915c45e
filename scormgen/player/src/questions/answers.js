// Reading what learners type, and comparing it. Nothing here uses the page.

export const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const PART_LETTERS = '1234567890abcdefghijklmnopqrstuvwxyz';

/** Letters in the order of the alphabet that options are named by. @param {string[]} letters */
export function inOrder(letters) {
  return [...letters].sort((a, b) => LETTERS.indexOf(a) - LETTERS.indexOf(b));
}

/** Text as it is compared: case, white space, kinds of quotes and a full stop do not matter. @param {string} text @param {boolean} exact */
export function fold(text, exact) {
  const plain = text
    .normalize('NFC')
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/[\u2018\u2019]/g, "'");
  return exact ? plain : plain.replace(/\.$/, '').toLowerCase();
}

/**
 * A number as people write it, in the digits and with the marks of their language; null if it is none.
 * @param {string} text @param {string} language
 * @returns {number | null}
 */
export function parseDecimal(text, language) {
  let plain = text
    .replace(/[\s\u066c']/g, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/\u2212/g, '-')
    .replace(/\u066b/g, '.');
  let comma = false;
  try {
    comma = (1.5).toLocaleString(language).includes(',');
  } catch {
    // a language that the browser does not know
  }
  if (comma ? /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain) : /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain))
    plain = plain.replace(comma ? /\./g : /,/g, '');
  plain = plain.replace(',', '.');
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** A number in the fewest characters: six decimals, no exponent. @param {number} value */
export function shortNumber(value) {
  return value
    .toFixed(6)
    .replace(/\.?0+$/, '')
    .slice(0, 14);
}

/** @param {number} value @param {number} low @param {number} high */
export function isWithin(value, low, high) {
  return value >= low - 1e-9 && value <= high + 1e-9;
}

/** A range in words. @param {number} low @param {number} high */
export function rangeWords(low, high) {
  return low === high ? String(low) : `${low}\u2013${high}`;
}

/** Text cut to a number of bytes of UTF-8, never inside a character. @param {string} text @param {number} bytes */
export function cutBytes(text, bytes) {
  const encoder = new TextEncoder();
  const kept = [...text];
  for (let size = encoder.encode(text).length; size > bytes; )
    size -= encoder.encode(kept.pop() ?? '').length;
  return kept.join('');
}

/**
 * Answers by part as a list by the parts' places in their alphabet, which course updates leave as they are.
 * @param {Record<string, string>} answer
 */
export function packParts(answer) {
  const last = Math.max(...Object.keys(answer).map((part) => PART_LETTERS.indexOf(part)));
  return [...PART_LETTERS.slice(0, last + 1)].map((part) => answer[part] ?? null);
}

/**
 * The reverse, without parts that are gone; null if nothing is left.
 * @param {(string | null)[]} list @param {string} [parts]
 * @returns {Record<string, string> | null}
 */
export function unpackParts(list, parts = '') {
  /** @type {Record<string, string>} */
  const answer = {};
  list.forEach((value, index) => {
    if (value !== null && value !== '' && parts.includes(PART_LETTERS[index]))
      answer[PART_LETTERS[index]] = value;
  });
  return Object.keys(answer).length ? answer : null;
}

/**
 * How much of an order is right: the share of steps that the longest run in the right order has.
 * @param {string[]} right @param {string[]} given
 */
export function orderShare(right, given) {
  const places = given.map((letter) => right.indexOf(letter));
  /** @type {number[]} */
  const runs = [];
  places.forEach((place, i) => {
    const before = runs.filter((_, j) => places[j] < place);
    runs[i] = 1 + Math.max(0, ...before);
  });
  return right.length > 1 ? (Math.max(...runs) - 1) / (right.length - 1) : 1;
}
