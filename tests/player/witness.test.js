import assert from 'node:assert/strict';
import test from 'node:test';
import { createWitness } from '../../scormgen/player/src/lms/witness.js';

/** A window whose requests the test makes; `ask` gives an entry of resource timing to whoever observes. */
function createWindow() {
  const frame = { document: {}, time: 0, performance: { now: () => (frame.time += 1) } };
  let queue = [];
  frame.PerformanceObserver = class {
    constructor(run) {
      frame.deliver = () => run({ getEntries: () => queue.splice(0) });
    }
    observe() {}
    disconnect() {}
    takeRecords() {
      return queue.splice(0);
    }
  };
  frame.ask = (name, responseStatus, { redirectEnd = 0, initiatorType = 'xmlhttprequest' } = {}) =>
    queue.push({ name, responseStatus, redirectEnd, initiatorType, startTime: frame.performance.now() });
  return frame;
}

test('a save that fails during the call is seen', () => {
  const frame = createWindow();
  const witness = createWitness(frame, () => assert.fail('it was seen in time'));
  assert.equal(
    witness.watch(() => frame.ask('/save?a=1', 200)),
    true,
  );
  assert.equal(
    witness.watch(() => frame.ask('/save?a=2', 0)),
    false,
  );
  assert.equal(
    witness.watch(() => frame.ask('/save', 500)),
    false,
  );
  assert.equal(
    witness.watch(() => frame.ask('/save', 200, { redirectEnd: 9 })),
    false,
  );
  assert.equal(
    witness.watch(() => frame.ask('/save', 200)),
    true,
  );
  assert.equal(witness.isAnswered(), true);
});

test('a save that fails after the call is told, and a late LMS is waited for', () => {
  const frame = createWindow();
  let failures = 0;
  const witness = createWitness(frame, () => (failures += 1));
  witness.watch(() => frame.ask('/save', 200));
  witness.watch(() => {});
  frame.ask('/save', 200);
  frame.deliver();
  assert.deepEqual([witness.isAnswered(), failures], [true, 0]);
  witness.watch(() => frame.ask('/save', 200));
  assert.equal(witness.isAnswered(), true);
  witness.mark(); // the rest of what it was given it sends with the next request
  assert.equal(witness.isAnswered(), false);
  frame.ask('/save', 503);
  frame.deliver();
  assert.deepEqual([witness.isAnswered(), failures], [false, 1]);
});

test('what always fails, and what the page asks for by itself, does not count', () => {
  const frame = createWindow();
  const witness = createWitness(frame, () => assert.fail('it is none of ours'));
  for (let n = 0; n < 3; n++) {
    assert.equal(
      witness.watch(() => frame.ask('/ping', 404)),
      true,
    );
    assert.equal(
      witness.watch(() => frame.ask('/old', 200, { redirectEnd: 9 })),
      true,
    );
    assert.equal(
      witness.watch(() => frame.ask('/picture', 0, { initiatorType: 'img' })),
      true,
    );
  }
  frame.ask('/poll', 200);
  frame.ask('/poll', 0);
  frame.deliver();
});

test('without resource timing the answers of the LMS alone count', () => {
  const witness = createWitness({ performance: {} }, () => assert.fail('nothing is seen'));
  assert.equal(
    witness.watch(() => {}),
    true,
  );
  assert.equal(witness.isAnswered(), true);
  witness.stop();
});
