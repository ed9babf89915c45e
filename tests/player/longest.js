// Searches for the longest suspend data of a course: a line of JSON in, its length out. Answers go through the kinds' own `pack`.
import { createInterface } from 'node:readline';
import { cutBytes, LETTERS, shortNumber } from '../../scormgen/player/src/questions/answers.js';
import { kinds } from '../../scormgen/player/src/questions/index.js';
import { generator } from './random.js';
import { decode, encode } from '../../scormgen/player/src/codec.js';
import { newAttempts, newState } from '../../scormgen/player/src/state.js';

const SIGNS = ['x', '\u00e9', '\u20ac', '\u{1F600}'];

/** The longest and other answers that the widget of a kind can give. */
function answer(question, shape, random) {
  const { kind, options = '', parts = '' } = question;
  const text = (size) => cutBytes(SIGNS[random(4)].repeat(size), size);
  const letter = () => options[random(options.length)];
  switch (kind) {
    case 'single':
    case 'true-false':
      return letter();
    case 'multiple': {
      const some = [...options].filter(() => random(2));
      return random(3) && some.length ? some : [...options];
    }
    case 'matching':
      return Object.fromEntries([...parts].filter((_, i) => !i || random(9)).map((part) => [part, letter()]));
    case 'order':
      return [...options].sort(() => random(3) - 1);
    case 'gaps':
      return Object.fromEntries(shape.sizes.map(([part, size]) => [part, text(size)]));
    case 'text':
      return text(shape.sizes[0][1]);
    case 'number':
      return shortNumber([-99999999.123456, 1e13, 0, 0.000001][random(4)]);
    case 'survey':
      if (parts) return Object.fromEntries([...parts].map((part) => [part, String(1 + random(5))]));
      return options ? letter() : text(shape.sizes[0][1]);
    default:
      return { path: Array.from({ length: shape.decisions }, letter) };
  }
}

function answers(data, shapes, indexes, share, random) {
  const found = new Map();
  for (const i of indexes) {
    if (random(100) >= share) continue;
    const question = data.questions[i];
    found.set(question.slot, kinds[question.kind].pack(answer(question, shapes[i], random)));
  }
  return found;
}

function longest({ data, shapes, seed, tries }) {
  const random = generator(seed);
  const assessed = new Set(data.assessments.flatMap((a) => a.pools.flatMap((pool) => pool.questions)));
  const checks = data.questions.map((_, i) => i).filter((i) => !assessed.has(i));
  let most = 0;
  for (let attempt = 0; attempt < tries; attempt++) {
    const share = [100, 100, 95, 70, 50, 30][attempt % 6];
    const state = newState();
    state.page = Math.max(...data.pages.map((page) => page.slot));
    state.visited = new Set(data.pages.map((page) => page.slot).filter((slot) => slot >= 0));
    state.checks = answers(data, shapes, checks, share, random);
    state.done = 2 ** 18 - 1;
    state.reported = { rank: 4, count: 4095 };
    for (const a of data.assessments) {
      const pools = a.pools.flatMap((pool) => pool.questions);
      state.attempts.set(a.slot, {
        ...newAttempts(),
        used: a.attempts || 4095,
        best: 10000,
        last: 9999,
        phase: 1,
        seed: 2 ** 24 - 1,
        place: pools.length - 1,
        seconds: a.time,
        answers: answers(data, shapes, pools, share, random),
      });
    }
    const text = encode(state, data.key, 4095);
    const back = decode(text, data.key);
    if (!back || encode(back.state, data.key, 4095) !== text) throw new Error(`not the same again: ${text}`);
    most = Math.max(most, text.length);
  }
  return most;
}

if (LETTERS.length !== 36) throw new Error('the alphabet has changed');
createInterface({ input: process.stdin }).on('line', (line) => {
  process.stdout.write(`${longest(JSON.parse(line))}\n`);
});
