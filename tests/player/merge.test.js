// What two windows of a course make of each other's states, and what a file with progress may hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from '../../scormgen/player/src/codec.js';
import { mergeCopy, mergeSince } from '../../scormgen/player/src/lms/web/merge.js';
import { readFile, writeFile } from '../../scormgen/player/src/lms/web/transfer.js';
import { newAttempts, newState } from '../../scormgen/player/src/state.js';
import { generator } from './random.js';

const one = (letter) => ({ one: letter });
const answers = (letters) =>
  new Map([...letters].flatMap((letter, slot) => (letter === '-' ? [] : [[slot, one(letter)]])));
const state = (changes) => ({ ...newState(), ...changes });
const attempts = (changes) => state({ attempts: new Map([[0, { ...newAttempts(), ...changes }]]) });
const text = (found) => encode(found, 'Key0', 0);

test('pages and answers of both windows are kept, and the latest answer to a question', () => {
  const base = state({ page: 1, visited: new Set([1]), checks: answers('aa') });
  const theirs = state({ page: 2, visited: new Set([1, 2]), checks: answers('ba-c') });
  const mine = state({ page: 1, visited: new Set([1, 3]), checks: answers('ad') });
  const found = mergeSince(theirs, mine, base);
  assert.equal(found.page, 2);
  assert.deepEqual(found.visited, new Set([1, 2, 3]));
  assert.deepEqual([...found.checks.values()].map((raw) => raw.one).join(''), 'bdc');
});

test('attempts of both windows count once each', () => {
  const base = attempts({ used: 1, phase: 2, seed: 5, best: 4000, last: 4000 });
  const theirs = attempts({ used: 2, phase: 2, seed: 6, best: 9000, last: 9000 });
  const mine = attempts({ used: 2, phase: 2, seed: 7, best: 6000, last: 6000 });
  const { used, best, last } = mergeSince(theirs, mine, base).attempts.get(0);
  assert.deepEqual({ used, best, last }, { used: 3, best: 9000, last: 6000 });
});

test('an attempt that both windows show is one: its answers are joined, and it is submitted once', () => {
  const base = attempts({ phase: 1, seed: 5, answers: answers('a') });
  const theirs = attempts({ phase: 1, seed: 5, place: 1, answers: answers('ab') });
  const mine = attempts({ phase: 1, seed: 5, place: 2, answers: answers('a-c') });
  const joined = mergeSince(theirs, mine, base).attempts.get(0);
  assert.deepEqual(joined.answers, answers('abc'));
  const over = attempts({ used: 1, phase: 2, seed: 5, best: 7000, last: 7000, answers: answers('ab') });
  assert.deepEqual(mergeSince(over, mine, base).attempts.get(0), over.attempts.get(0));
  const too = attempts({ used: 1, phase: 2, seed: 5, best: 8000, last: 8000, answers: answers('a-c') });
  const { used, best } = mergeSince(over, too, base).attempts.get(0);
  assert.deepEqual({ used, best }, { used: 1, best: 8000 });
});

test('a window that has done nothing takes what the other has written, and writes nothing back', () => {
  const random = generator(7);
  for (let round = 0; round < 200; round++) {
    const base = anyState(random);
    const theirs = mergeSince(base, anyState(random), newState());
    assert.equal(text(mergeSince(theirs, base, base)), text(theirs));
  }
});

test('a copy of what is here changes nothing', () => {
  const random = generator(8);
  for (let round = 0; round < 200; round++) {
    const here = anyState(random);
    const copy = anyState(random);
    assert.equal(text(mergeCopy(here, here)), text(here));
    const found = mergeCopy(here, copy);
    assert.equal(text(mergeCopy(found, copy)), text(found));
    for (const slot of [...here.checks.keys(), ...copy.checks.keys()]) assert.ok(found.checks.has(slot));
    for (const [slot, { used, best }] of [...here.attempts, ...copy.attempts]) {
      assert.ok(found.attempts.get(slot).used >= used);
      assert.ok((found.attempts.get(slot).best ?? -1) >= (best ?? -1));
    }
  }
});

/** @param {(most: number) => number} random */
function anyState(random) {
  const letters = () => Array.from({ length: random(5) }, () => 'ab-'[random(3)]).join('');
  const found = state({
    page: random(4),
    visited: new Set([random(4), random(4)]),
    checks: answers(letters()),
  });
  for (let slot = 0; slot < random(3); slot++) {
    const used = random(3);
    const best = used ? random(10001) : null;
    const phase = used ? 1 + random(2) : 1;
    found.attempts.set(slot, { used, best, last: best, phase, seed: random(3), place: random(3), seconds: 0, answers: answers(letters()) }); // prettier-ignore
  }
  return found;
}

test('a file gives back what was written, and says why another cannot be taken', () => {
  const data = { course: 'c', title: 'Course', version: '1.0', sco: 's', key: 'Key0' };
  const kept = text(state({ page: 3 }));
  const file = JSON.parse(writeFile(data, kept, new Date(0)));
  assert.equal(file.date, '1970-01-01T00:00:00.000Z');
  assert.deepEqual(readFile(data, JSON.stringify(file)), { state: kept });
  assert.deepEqual(readFile({ ...data, version: '2.0' }, JSON.stringify(file)), { state: kept });
  const problem = (changes) => readFile(data, JSON.stringify({ ...file, ...changes })).problem;
  assert.equal(problem({ format: 'x' }), 'import_no_file');
  assert.equal(problem({ state: null }), 'import_no_file');
  assert.equal(problem({ formatVersion: 2 }), 'import_newer');
  assert.equal(problem({ state: `2${kept.slice(1)}` }), 'import_newer');
  assert.equal(problem({ course: 'd' }), 'import_other');
  assert.equal(problem({ sco: 'd' }), 'import_other');
  for (const broken of ['', '{', 'null', '7', '"text"', '[]'])
    assert.equal(readFile(data, broken).problem, 'import_no_file');
});
