// Draw and shuffle: even over all seeds, the same for one seed, never a question twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw, shuffleOptions } from '../../scormgen/player/src/draw.js';

const SEEDS = 10000;
const assessment = {
  shuffle: ['questions'],
  pools: [
    { draw: 3, questions: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
    { draw: null, questions: [10, 11] },
    { draw: 2, questions: [12, 13, 14, 15, 16] },
  ],
};
const questions = Array.from({ length: 17 }, (_, i) => ({ slot: i * 3 + 40 }));

// Seeds as `Math.random` would give them, but always the same: a linear generator with a fixed start.
function* seeds() {
  let s = 20261121;
  for (let i = 0; i < SEEDS; i++) {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    yield s >>> 8;
  }
}

/** Chi-square of counts beside an even spread. */
function chiSquare(counts) {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
}

test('every question of a pool is drawn as often as the others', () => {
  const counts = Array(17).fill(0);
  for (const seed of seeds()) {
    const asked = draw(assessment, questions, seed, new Set());
    assert.equal(asked.length, 7);
    assert.equal(new Set(asked).size, 7, 'a question is asked twice');
    for (const i of asked) counts[i]++;
  }
  // 99.9 % of even draws stay below these (9 and 4 degrees of freedom).
  assert.ok(chiSquare(counts.slice(0, 10)) < 27.88, String(counts));
  assert.ok(chiSquare(counts.slice(12)) < 18.47, String(counts));
  assert.deepEqual(counts.slice(10, 12), [SEEDS, SEEDS]);
});

test('every question comes first, and last, as often as the others', () => {
  const whole = { shuffle: ['questions'], pools: [{ draw: null, questions: [0, 1, 2, 3, 4, 5] }] };
  for (const place of [0, 5]) {
    const counts = Array(6).fill(0);
    for (const seed of seeds()) counts[draw(whole, questions, seed, new Set())[place]]++;
    assert.ok(chiSquare(counts) < 20.52, String(counts)); // 5 degrees of freedom
  }
});

test('every option stands in every place as often as the others, and pinned ones stay', () => {
  const options = ['a', 'b', 'c', 'd', 'pinned'];
  for (const place of [0, 1, 2, 3]) {
    const counts = { a: 0, b: 0, c: 0, d: 0 };
    for (const seed of seeds()) {
      const order = shuffleOptions(options, (option) => option === 'pinned', seed);
      assert.equal(order[4], 'pinned');
      counts[order[place]]++;
    }
    assert.ok(chiSquare(Object.values(counts)) < 16.27, JSON.stringify(counts)); // 3 degrees of freedom
  }
});

test('two questions are drawn together as often as any other two', () => {
  const pair = { shuffle: [], pools: [{ draw: 2, questions: [0, 1, 2, 3] }] };
  const counts = {};
  for (const seed of seeds()) {
    const name = draw(pair, questions, seed, new Set()).join();
    counts[name] = (counts[name] ?? 0) + 1;
  }
  assert.equal(Object.keys(counts).length, 6);
  assert.ok(chiSquare(Object.values(counts)) < 20.52, JSON.stringify(counts));
});

test('a draw is the same for the same seed, and an update keeps what was answered', () => {
  for (const seed of seeds()) {
    const asked = draw(assessment, questions, seed, new Set());
    assert.deepEqual(draw(assessment, questions, seed, new Set()), asked);
    // Question 4 is gone, 17 is new: what was answered is still asked.
    const answered = new Set(asked.filter((i) => i < 10 && i !== 4).map((i) => questions[i].slot));
    const updated = {
      ...assessment,
      pools: [{ draw: 3, questions: [0, 1, 2, 3, 5, 6, 7, 8, 9, 17] }, ...assessment.pools.slice(1)],
    };
    const again = draw(updated, [...questions, { slot: 200 }], seed, answered);
    const slots = new Set(again.map((i) => (i === 17 ? 200 : questions[i].slot)));
    for (const slot of answered) assert.ok(slots.has(slot));
    assert.equal(again.length, 7);
  }
});
