// Scores as points: what learners are told agrees with what passes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attemptScore, isPassed } from '../../scormgen/player/src/outcome.js';
import { marking, percentOf, pointsNeeded, pointsOf } from '../../scormgen/player/src/points.js';
import { newAttempts, newState } from '../../scormgen/player/src/state.js';

const one = { points: 1 };
const whole = (total) => ({ total, simple: true, whole: true });

test('a score is told in points where it comes out even', () => {
  assert.equal(pointsOf(8333, 12), 10);
  assert.equal(pointsOf(0, 12), 0);
  assert.equal(pointsOf(10000, 12), 12);
  assert.equal(pointsOf(8500, 10), 8.5);
  assert.equal(pointsOf(1429, 1.75), 0.25);
  assert.equal(pointsOf(8667, 10), null); // two thirds of a point
  assert.equal(pointsOf(5000, null), null);
  assert.equal(pointsOf(0, 0), null);
});

test('whoever has the points that are needed passes, and nobody who has fewer', () => {
  for (let total = 1; total <= 40; total++) {
    for (const pass of [1, 33.33, 50, 62.5, 66.67, 79.99, 80, 99.99, 100]) {
      const need = pointsNeeded(pass, whole(total));
      for (let points = 0; points <= total; points++) {
        const best = attemptScore([
          { share: 1, points },
          { share: 0, points: total - points },
        ]);
        const state = newState();
        state.attempts.set(0, { ...newAttempts(), best });
        assert.equal(isPassed({ slot: 0, pass }, state), points >= need, `${points} of ${total}, ${pass} %`);
      }
    }
  }
});

test('where parts of points are earned only an exact number is needed', () => {
  const parts = (total) => ({ total, simple: true, whole: false });
  assert.equal(pointsNeeded(80, parts(10)), 8);
  assert.equal(pointsNeeded(75, parts(10)), 7.5);
  assert.equal(pointsNeeded(66.67, parts(10)), null);
  assert.equal(pointsNeeded(80, { ...whole(12), total: null }), null);
});

test('a percentage never crosses the pass mark or 100 by rounding', () => {
  assert.equal(percentOf(8333, 80), 83);
  assert.equal(percentOf(8333, 80, 1), 83.3);
  assert.equal(percentOf(7960, 80), 79.6);
  assert.equal(percentOf(7999, 80), 79.99);
  assert.equal(percentOf(9990, 80), 99.9);
  assert.equal(percentOf(6249, 62.5), 62);
  assert.equal(percentOf(6250, 62.5), 63);
  assert.equal(percentOf(10000, 80), 100);
});

test('an attempt has a total where every draw is worth the same', () => {
  const questions = [one, one, { points: 2, partial: true }, { points: 0 }, { points: 0.1 }, { points: 0.2 }];
  const pool = (draw, ...indexes) => ({ draw, questions: indexes });
  const of = (...pools) => marking({ pools }, questions);
  assert.deepEqual(of(pool(null, 0, 1, 3)), { total: 2, simple: true, whole: true });
  assert.deepEqual(of(pool(1, 0, 1), pool(null, 2)), { total: 3, simple: false, whole: false });
  assert.deepEqual(of(pool(1, 0, 2)), { total: null, simple: false, whole: false });
  assert.deepEqual(of(pool(2, 0, 2)), { total: 3, simple: false, whole: false });
  assert.equal(marking({ pools: [pool(1, 0, 2)] }, questions, [questions[2]]).total, 2);
  assert.equal(of(pool(null, 4, 5)).total, 0.3);
});
