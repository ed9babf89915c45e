// Status and score by the course's rules, and draws that stay the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draw, shuffleOptions } from '../../scormgen/player/src/draw.js';
import { attemptScore, outcome } from '../../scormgen/player/src/outcome.js';
import { newAttempts, newState } from '../../scormgen/player/src/state.js';

const assessment = {
  id: 'a',
  slot: 0,
  page: 1,
  pass: 80,
  attempts: 2,
  feedback: 'end',
  review: 'all',
  shuffle: [],
  pools: [],
  weight: 1,
  time: 0,
};

function course(completion, assessments = [assessment]) {
  const pages = [
    { id: 'p', slot: 0 },
    { id: 'q', slot: 1 },
    { id: 'sg-take-away', slot: -1 },
  ];
  return {
    completion: { require: ['pages', 'assessment'], status: 'passed', onFail: 'incomplete', ...completion },
    pages,
    assessments,
    mastery: 80,
    objectives: [],
  };
}

function reached(visited, best, used = 1) {
  const state = newState();
  state.visited = new Set(visited);
  if (best !== null) state.attempts.set(0, { ...newAttempts(), used, best, last: best, phase: 2 });
  return state;
}

test('a pass counts when the pages are read, and its score waits for them', () => {
  const data = course({});
  assert.deepEqual(outcome(data, reached([0, 1], 8000)), { status: 'passed', score: 80, final: true });
  assert.deepEqual(outcome(data, reached([0], 9000)), { status: 'incomplete', score: null, final: false });
  assert.deepEqual(outcome(data, reached([0, 1], 7999)), { status: 'incomplete', score: null, final: false });
  assert.deepEqual(outcome(course({ require: ['assessment'] }), reached([], 9000)), {
    status: 'passed',
    score: 90,
    final: true,
  });
});

test('a fail is told when no attempt is left, if the course says so', () => {
  const data = course({ onFail: 'failed' });
  assert.equal(outcome(data, reached([0, 1], 5000, 1)).status, 'incomplete');
  assert.deepEqual(outcome(data, reached([0], 5000, 2)), { status: 'failed', score: 50, final: false });
  assert.equal(outcome(course({}), reached([0, 1], 5000, 2)).status, 'incomplete');
});

test('a course that is completed sends every best score', () => {
  const data = course({ status: 'completed', require: ['pages'] });
  assert.deepEqual(outcome(data, reached([0], 4000)), { status: 'incomplete', score: 40, final: false });
  assert.deepEqual(outcome(data, reached([0, 1], 4000)), { status: 'completed', score: 40, final: true });
  assert.deepEqual(outcome(course({ status: 'completed', require: ['pages'] }, []), reached([0, 1], null)), {
    status: 'completed',
    score: null,
    final: true,
  });
});

test('a pass mark is compared with the score as it is reported', () => {
  const score = attemptScore([
    { share: 1, points: 1 },
    { share: 1, points: 1 },
    { share: 0, points: 1 },
  ]);
  assert.equal(score, 6667);
  const data = course({}, [{ ...assessment, pass: 66.67 }]);
  assert.deepEqual(outcome(data, reached([0, 1], score)), { status: 'passed', score: 66.67, final: true });
  assert.equal(attemptScore([]), 0);
  assert.equal(
    attemptScore([
      { share: 1, points: 3 },
      { share: 0, points: 1 },
    ]),
    7500,
  );
});

const questions = Array.from({ length: 12 }, (_, i) => ({
  id: `q${i}`,
  slot: i * 3,
  kind: 'single',
  options: 'abc',
  points: 1,
  page: 0,
}));
const pooled = {
  ...assessment,
  shuffle: ['questions'],
  pools: [
    { draw: 3, questions: [0, 1, 2, 3, 4, 5] },
    { draw: null, questions: [6, 7] },
  ],
};

test('a draw is the same for its seed, takes from every pool, and asks nothing twice', () => {
  const seen = new Set();
  for (let seed = 0; seed < 500; seed++) {
    const asked = draw(pooled, questions, seed, new Set());
    assert.deepEqual(asked, draw(pooled, questions, seed, new Set()));
    assert.equal(new Set(asked).size, 5);
    assert.equal(asked.filter((i) => i < 6).length, 3);
    seen.add(asked.join());
  }
  assert.ok(seen.size > 200);
});

test('what is answered stays in the draw', () => {
  const asked = draw(pooled, questions, 5, new Set());
  const answered = new Set(asked.map((i) => questions[i].slot));
  assert.deepEqual(draw(pooled, questions, 5, answered), asked);
  const grown = {
    ...pooled,
    pools: [{ draw: 3, questions: [0, 1, 2, 3, 4, 5, 8, 9, 10, 11] }, pooled.pools[1]],
  };
  assert.deepEqual(new Set(draw(grown, questions, 5, answered)), new Set(asked));
});

test('pinned options keep their places', () => {
  const turned = new Set();
  for (let seed = 0; seed < 100; seed++) {
    const order = shuffleOptions([...'abcd'], (o) => o === 'd', seed);
    assert.equal(order[3], 'd');
    assert.deepEqual([...order].sort(), [...'abcd']);
    turned.add(order.join(''));
  }
  assert.equal(turned.size, 6);
});
