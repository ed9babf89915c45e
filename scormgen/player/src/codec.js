// The learner's state as text: "The state as text, version 1" of docs/player.md. Decoding never throws.

import { LETTERS } from './questions/answers.js';
import { newState } from './state.js';

/** @typedef {import('./types.js').State} State */
/** @typedef {import('./types.js').Raw} Raw */

/** Of the text. A change that older players cannot read makes it another. */
export const VERSION = '1';
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SETS = 36;
const GAP = 42;
const TEXT = 43;
const LIST = 44;
const NUMBER = 45;
const NONE = 63;
const MOST = 4096;

/** @param {number | null} value @returns {string} */
function number(value) {
  if (value === null) return '';
  let text = '';
  do {
    text = DIGITS[value % 64] + text;
    value = Math.floor(value / 64);
  } while (value);
  return text;
}

/** @param {string} text @returns {number | null} */
function parseNumber(text) {
  let value = 0;
  for (const digit of text) value = value * 64 + DIGITS.indexOf(digit);
  return text && text.length < 5 && /^[\w-]+$/.test(text) ? value : null;
}

/** @param {string} body */
function checksum(body) {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum = (sum + body.charCodeAt(i) * (i + 1)) % MOST;
  return number(sum).padStart(2, 'A');
}

/** @param {Set<number>} slots */
function packSlots(slots) {
  /** @type {number[]} */
  const bits = [];
  for (const slot of slots) {
    const place = Math.floor(slot / 6);
    while (bits.length <= place) bits.push(0);
    bits[place] |= 1 << slot % 6;
  }
  return bits.map((value) => DIGITS[value]).join('');
}

/** @param {string} text @returns {Set<number>} */
function unpackSlots(text) {
  const slots = new Set();
  for (let i = 0; i < text.length; i++) {
    const value = DIGITS.indexOf(text[i]);
    for (let bit = 0; value > 0 && bit < 6; bit++) {
      if (value & (1 << bit)) slots.add(i * 6 + bit);
    }
  }
  return slots;
}

/** @param {Raw} raw */
function packAnswer(raw) {
  if ('one' in raw) return DIGITS[LETTERS.indexOf(raw.one)];
  if ('set' in raw) {
    const indexes = new Set(raw.set.map((letter) => LETTERS.indexOf(letter)));
    const mask = packSlots(indexes) || 'A';
    return DIGITS[SETS - 1 + mask.length] + mask;
  }
  if ('list' in raw) {
    const items = raw.list.map((letter) => DIGITS[letter === null ? NONE : LETTERS.indexOf(letter)]);
    return DIGITS[LIST] + DIGITS[items.length] + items.join('');
  }
  if ('number' in raw) return DIGITS[NUMBER] + sized(raw.number.replace('.', '_'));
  const bytes = new TextEncoder().encode(raw.text);
  const text = btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
  return DIGITS[TEXT] + sized(text);
}

/** Text after its length in two digits. @param {string} text */
function sized(text) {
  return number(text.length).padStart(2, 'A') + text;
}

/** @param {Map<number, Raw>} answers */
function packAnswers(answers) {
  let text = '';
  let next = 0;
  for (const slot of [...answers.keys()].sort((a, b) => a - b)) {
    for (let gap = slot - next; gap > 0; gap -= 64) text += DIGITS[GAP] + DIGITS[Math.min(gap, 64) - 1];
    text += packAnswer(/** @type {Raw} */ (answers.get(slot)));
    next = slot + 1;
  }
  return text;
}

/**
 * Reads an answer stream as far as it makes sense.
 * @param {string} text
 * @returns {Map<number, Raw>}
 */
function unpackAnswers(text) {
  /** @type {Map<number, Raw>} */
  const answers = new Map();
  let slot = 0;
  let at = 0;
  const take = (/** @type {number} */ count) => text.slice(at, (at += count));
  while (at < text.length) {
    const first = DIGITS.indexOf(take(1));
    if (first < 0) break;
    if (first === GAP) {
      slot += DIGITS.indexOf(take(1) || 'A') + 1;
      continue;
    }
    const size =
      first < SETS ? 0
      : first < GAP ? first - SETS + 1
      : first === LIST ? DIGITS.indexOf(take(1) || 'A')
      : (parseNumber(take(2)) ?? -1);
    const rest = take(size);
    if (size < 0 || rest.length < size) break;
    const raw = unpackAnswer(first, rest);
    if (raw) answers.set(slot, raw);
    slot++;
  }
  return answers;
}

/** @param {number} first @param {string} rest @returns {Raw | null} */
function unpackAnswer(first, rest) {
  if (first < SETS) return { one: LETTERS[first] };
  if (first < GAP) {
    return { set: [...unpackSlots(rest)].filter((i) => i < SETS).map((i) => LETTERS[i]) };
  }
  if (first === LIST) return { list: [...rest].map((digit) => LETTERS[DIGITS.indexOf(digit)] ?? null) };
  if (first === NUMBER) return { number: rest.replace('_', '.') };
  if (first !== TEXT) return null;
  try {
    const bytes = atob(rest.replace(/-/g, '+').replace(/_/g, '/'));
    return { text: new TextDecoder().decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0))) };
  } catch {
    return null;
  }
}

/** The last fields, which most states do without. @param {State} state */
function tail({ done, reported }) {
  if (!reported || (!reported.count && reported.rank < 2)) return done === null ? [] : [number(done)];
  return [number(done), DIGITS[reported.rank] + number(Math.min(reported.count, MOST - 1))];
}

/** @param {string} text @returns {State['reported']} */
function parseReported(text) {
  const rank = DIGITS.indexOf(text[0]);
  const count = parseNumber(text.slice(1));
  return text && count !== null && rank >= 0 && rank < 5 ? { rank, count } : null;
}

/**
 * @param {State} state
 * @param {string} key the four characters that name a course or part of one
 * @param {number} counter
 */
export function encode(state, key, counter) {
  const records = [...state.attempts].map(([slot, a]) =>
    [
      number(slot),
      number(Math.min(a.used, MOST - 1)),
      number(a.best),
      number(a.last),
      DIGITS[a.phase],
      number(a.seed),
      number(a.place),
      packAnswers(a.answers),
      ...(a.seconds ? [number(a.seconds)] : []),
    ].join(','),
  );
  const body = [
    number(counter % MOST),
    number(state.page),
    packSlots(state.visited),
    records.join('~'),
    packAnswers(state.checks),
    ...tail(state),
  ].join('.');
  return `${VERSION}${key}.${checksum(body)}.${body}`;
}

/**
 * The state of a string, and its counter; null if it is another course's. Of a string that was cut short or damaged it
 * is what can be read.
 * @param {string} text
 * @param {string} key
 * @returns {{state: State, counter: number} | null}
 */
export function decode(text, key) {
  const fields = text.split('.');
  if (fields[0] !== VERSION + key) return null;
  const [counter = '', page = '', visited = '', records = '', checks = '', done = '', reported = ''] =
    fields.slice(2);
  const state = newState();
  state.page = parseNumber(page);
  state.visited = unpackSlots(visited);
  for (const record of records ? records.split('~') : []) {
    const [slot, used, best, last, phase, seed, place, answers = '', seconds = ''] = record.split(',');
    const assessment = parseNumber(slot);
    if (assessment === null || used === undefined) continue;
    const index = DIGITS.indexOf(phase || 'A');
    state.attempts.set(assessment, {
      used: parseNumber(used) ?? 0,
      best: score(best),
      last: score(last),
      phase: index === 1 || index === 2 ? index : 0,
      seed: parseNumber(seed ?? '') ?? 0,
      place: parseNumber(place ?? '') ?? 0,
      seconds: parseNumber(seconds) ?? 0,
      answers: unpackAnswers(answers),
    });
  }
  state.checks = unpackAnswers(checks);
  state.done = parseNumber(done);
  state.reported = parseReported(reported);
  return { state, counter: parseNumber(counter) ?? 0 };
}

/** @param {string | undefined} text */
function score(text) {
  const value = parseNumber(text ?? '');
  return value !== null && value <= 10000 ? value : null;
}
