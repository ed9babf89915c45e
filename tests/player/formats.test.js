// Values in SCORM 1.2's forms.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockTime, cut, decimal, timespan } from '../../scormgen/player/src/lms/scorm12/formats.js';

test('a time span has two to four digits of hours and never runs over', () => {
  assert.equal(timespan(0), '00:00:00');
  assert.equal(timespan(59_999), '00:00:59');
  assert.equal(timespan(3_661_000), '01:01:01');
  assert.equal(timespan(100 * 3_600_000), '100:00:00');
  assert.equal(timespan(1e15), '9999:59:59');
  assert.equal(timespan(-5), '00:00:00');
  assert.equal(timespan(NaN), '00:00:00');
});

test('a clock time has two digits each', () => {
  assert.equal(clockTime(new Date(2026, 0, 2, 3, 4, 5)), '03:04:05');
});

test('a score has two places at most', () => {
  assert.deepEqual([80, 66.6666, 0, 100, 33.335].map(decimal), ['80', '66.67', '0', '100', '33.34']);
});

test('a cut never splits a surrogate pair', () => {
  assert.equal(cut('abc', 3), 'abc');
  assert.equal(cut('ab\u{1F600}', 3), 'ab');
  assert.equal(cut('ab\u{1F600}', 4), 'ab\u{1F600}');
});
