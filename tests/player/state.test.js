// The suspend data: any state comes back as itself, and no string at all throws.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode } from '../../scormgen/player/src/codec.js';
import { merge, newAttempts, newState } from '../../scormgen/player/src/state.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

// A small generator with a seed: a failure can be repeated.
function generator(seed) {
  let s = seed >>> 0;
  return (most) => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return Math.floor((s / 2 ** 32) * most);
  };
}

function randomAnswer(random) {
  const letter = () => LETTERS[random(36)];
  const letters = () => [...new Set(Array.from({ length: 1 + random(6) }, letter))];
  const kinds = [
    () => ({ one: letter() }),
    () => ({ set: letters().sort((a, b) => LETTERS.indexOf(a) - LETTERS.indexOf(b)) }),
    () => ({ text: ['', 'x', 'é\u{1F600}~.,', 'a longer answer'][random(4)] }),
    () => ({ number: ['0', '-12.5', '99999999999999', '.5'][random(4)] }),
    () => ({ list: Array.from({ length: random(5) }, () => (random(4) ? letter() : null)) }),
  ];
  return kinds[random(5)]();
}

function randomAnswers(random) {
  const answers = new Map();
  const slots = new Set(Array.from({ length: random(12) }, () => random(random(5) ? 40 : 900)));
  for (const slot of [...slots].sort((a, b) => a - b)) answers.set(slot, randomAnswer(random));
  return answers;
}

function randomState(random) {
  const state = newState();
  state.page = random(3) ? random(400) : null;
  state.done = random(2) ? random(2 ** 18) : null;
  state.reported = random(2) ? { rank: random(5), count: 1 + random(4095) } : null;
  state.visited = new Set(Array.from({ length: random(30) }, () => random(400)));
  for (let i = random(4); i > 0; i--) {
    const score = () => (random(3) ? random(10001) : null);
    state.attempts.set(random(70), {
      used: random(100),
      best: score(),
      last: score(),
      phase: random(3),
      seed: random(2 ** 24),
      place: random(100),
      seconds: random(2) * random(7200),
      answers: randomAnswers(random),
    });
  }
  state.checks = randomAnswers(random);
  return state;
}

test('any state comes back as itself', () => {
  for (let seed = 1; seed <= 3000; seed++) {
    const state = randomState(generator(seed));
    const text = encode(state, 'Ab3_', seed);
    assert.match(text, /^[\w.~,-]*$/);
    const back = decode(text, 'Ab3_');
    state.visited = new Set([...state.visited].sort((a, b) => a - b));
    assert.deepEqual(back, { state, counter: seed % 4096 }, `seed ${seed}`);
  }
});

test('any string at all is read without throwing', () => {
  const alphabet = [...'ABZaz09-_.,~ \u0000\u{1F600}1Ab3_'];
  for (let seed = 1; seed <= 5000; seed++) {
    const random = generator(seed);
    const text = Array.from({ length: random(60) }, () => alphabet[random(alphabet.length)]).join('');
    decode(text, 'Ab3_');
    decode(`1Ab3_.${text}`, 'Ab3_');
    decode(`1Ab3_.AA.A.A.${text}`, 'Ab3_');
  }
});

test('data that was cut short keeps what can be read', () => {
  const state = randomState(generator(7));
  const text = encode(state, 'Ab3_', 1);
  for (let length = 0; length < text.length; length++) {
    const back = decode(text.slice(0, length), 'Ab3_');
    for (const slot of back?.state.checks.keys() ?? []) assert.ok(slot <= 900);
  }
});

test('data of another course or a newer version is not taken', () => {
  const text = encode(newState(), 'Ab3_', 1);
  assert.equal(decode(text, 'Zzzz'), null);
  assert.equal(decode(text.replace('1', '2'), 'Ab3_'), null);
  assert.equal(decode('', 'Ab3_'), null);
});

test('a merge loses nothing of either side', () => {
  const stored = newState();
  stored.page = 1;
  stored.visited = new Set([0, 1]);
  stored.checks = new Map([
    [0, { one: 'a' }],
    [1, { one: 'b' }],
  ]);
  stored.attempts.set(0, { ...newAttempts(), used: 1, best: 9000, last: 9000, phase: 2 });
  const current = newState();
  current.page = 3;
  current.visited = new Set([3]);
  current.checks = new Map([[1, { one: 'c' }]]);
  current.attempts.set(0, { ...newAttempts(), used: 1, best: 5000, last: 5000, phase: 2 });
  const merged = merge(stored, current);
  assert.equal(merged.page, 3);
  assert.deepEqual([...merged.visited], [0, 1, 3]);
  assert.deepEqual(
    [...merged.checks],
    [
      [0, { one: 'a' }],
      [1, { one: 'c' }],
    ],
  );
  assert.deepEqual(merged.attempts.get(0), { ...newAttempts(), used: 2, best: 9000, last: 5000, phase: 2 });
});
