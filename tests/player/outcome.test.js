// Status and score by the course's rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attemptScore, objectiveResults, outcome } from '../../scormgen/player/src/outcome.js';
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

test('several assessments count by their weights, and a fail never has a score that an LMS takes for a pass', () => {
  const two = [
    { ...assessment, slot: 0, pass: 80, weight: 3 },
    { ...assessment, slot: 1, pass: 60, weight: 1 },
  ];
  const state = (first, second, used = 1) => {
    const found = reached([0, 1], first, used);
    if (second !== null) found.attempts.set(1, { ...newAttempts(), used, best: second, last: second });
    return found;
  };
  const data = { ...course({ onFail: 'failed' }, two), mastery: 75 };
  assert.deepEqual(outcome(data, state(8000, 6000)), { status: 'passed', score: 75, final: true });
  assert.deepEqual(outcome(data, state(10000, null)), { status: 'incomplete', score: null, final: false });
  // 100 and 40 make 85: more than the mastery score, but the second was not passed.
  assert.deepEqual(outcome(data, state(10000, 4000, 2)), { status: 'failed', score: null, final: false });
  assert.deepEqual(outcome(data, state(4000, 10000, 2)), { status: 'failed', score: 55, final: false });
});

test('a pretest counts for nothing', () => {
  const data = course({}, [assessment, { ...assessment, slot: 1, covers: [0] }]);
  assert.deepEqual(outcome(data, reached([0, 1], 9000)), { status: 'passed', score: 90, final: true });
});

test('what is never scored does not lower a score, and objectives are the shares of their questions', () => {
  const graded = [
    { share: 1, points: 2, objective: 'a' },
    { share: 0.5, points: 1, objective: 'a' },
    { share: 0, points: 1, objective: 'b' },
    { share: null, points: 0, objective: 'c' },
  ];
  assert.equal(attemptScore(graded), 6250);
  const objectives = ['c', 'b', 'a'].map((id) => ({ id, title: id, pages: [] }));
  assert.deepEqual(
    objectiveResults(objectives, graded, 80).map(({ id, score, passed }) => [id, score, passed]),
    [
      ['b', 0, false],
      ['a', 83.33, true],
    ],
  );
});
