import assert from 'node:assert/strict';
import { test } from 'node:test';

import { firstFree } from '../../scormgen/player/src/lms/scorm12/elements.js';

/** @param {(element: string) => string} answer @param {boolean} [missing] */
function elements(answer, missing = false) {
  /** @type {string[]} */
  const asked = [];
  return {
    asked,
    get: (/** @type {string} */ element) => {
      asked.push(element);
      return { value: answer(element), thrown: false };
    },
    set: () => /** @type {const} */ ('done'),
    isMissing: () => missing,
  };
}

test('an LMS that counts is believed', () => {
  const lms = elements((element) => (element.endsWith('_count') ? '7' : 'id'));
  assert.equal(firstFree(lms, 'cmi.interactions'), 7);
  assert.equal(lms.asked.length, 2);
});

test('an LMS without the element is left alone', () => {
  assert.equal(
    firstFree(
      elements(() => '', true),
      'cmi.interactions',
    ),
    -1,
  );
});

test('an LMS that keeps and does not count is searched in few calls', () => {
  for (let count = 0; count < 300; count += 1) {
    const held = (/** @type {string} */ element) => Number(element.split('.')[2]) < count;
    const lms = elements((element) => (held(element) ? 'question' : ''));
    assert.equal(firstFree(lms, 'cmi.interactions'), count);
    assert.ok(lms.asked.length <= 3 + 2 * Math.ceil(Math.log2(count + 2)), `${count}: ${lms.asked.length}`);
  }
});

test('an LMS that has an answer to everything is not asked for ever', () => {
  assert.ok(
    Number.isInteger(
      firstFree(
        elements(() => 'x'),
        'cmi.interactions',
      ),
    ),
  );
});
