// Reading and comparing what learners type.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cutBytes,
  fold,
  isWithin,
  orderShare,
  packParts,
  parseDecimal,
  shortNumber,
  unpackParts,
} from '../../scormgen/player/src/questions/answers.js';

test('text is compared without what a learner would not think of', () => {
  const same = (a, b) => fold(a, false) === fold(b, false);
  assert.ok(same(' Service   desk. ', 'service desk'));
  assert.ok(same('caf\u00e9', 'cafe\u0301'));
  assert.ok(same('don\u2019t', "don't"));
  assert.ok(!same('999', '99'));
  assert.notEqual(fold('IT', true), fold('it', true));
});

test('numbers are read as people of the language write them', () => {
  const cases = [
    ['15', 'en', 15],
    [' 1,500.5 ', 'en-GB', 1500.5],
    ['1,5', 'en', 1.5],
    ['1,004', 'en', 1004],
    ['1.500,5', 'de', 1500.5],
    ['1.500', 'de', 1500],
    ['1,5', 'de', 1.5],
    ['1 500,5', 'fr', 1500.5],
    ['\u22123', 'en', -3],
    ['+4.', 'en', 4],
    ['.5', 'en', 0.5],
    ['\u0661\u0662\u066b\u0665', 'ar', 12.5],
    ['\u06f1\u06f2', 'fa', 12],
    ['fifteen', 'en', null],
    ['1e5', 'en', null],
    ['', 'en', null],
    ['1.2.3', 'en', null],
    ['4', 'not a language', 4],
  ];
  for (const [text, language, number] of cases)
    assert.equal(parseDecimal(text, language), number, `${text} in ${language}`);
});

test('a number keeps its value in few characters', () => {
  const cases = [
    [15, '15'],
    [2.5, '2.5'],
    [-0.000001, '-0.000001'],
    [100, '100'],
    [1e13, '10000000000000'],
  ];
  for (const [value, text] of cases) assert.equal(shortNumber(value), text);
  assert.ok(shortNumber(-99999999.123456).length <= 14);
  assert.ok(isWithin(0.1 + 0.2, 0.3, 0.3));
  assert.ok(!isWithin(0.31, 0.2, 0.3));
});

test('a text is cut to bytes, never inside a character', () => {
  assert.equal(cutBytes('caf\u00e9s', 5), 'caf\u00e9');
  assert.equal(cutBytes('caf\u00e9s', 4), 'caf');
  assert.equal(cutBytes('\u{1F600}\u{1F600}', 7), '\u{1F600}');
  assert.equal(cutBytes('short', 60), 'short');
});

test('an order is as right as its longest run', () => {
  assert.equal(orderShare([...'abcd'], [...'abcd']), 1);
  assert.equal(orderShare([...'abcd'], [...'dcba']), 0);
  assert.equal(orderShare([...'abcd'], [...'dabc']), 2 / 3);
  assert.equal(orderShare([...'ab'], [...'ba']), 0);
});

test('answers by part keep their parts', () => {
  const answer = { 1: 'b', 3: 'a', 0: 'c' };
  assert.deepEqual(unpackParts(packParts(answer), '1230'), answer);
  assert.deepEqual(unpackParts(packParts(answer), '1'), { 1: 'b' });
  assert.equal(unpackParts(packParts(answer), '2'), null);
});
