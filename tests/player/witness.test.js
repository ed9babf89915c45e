import assert from 'node:assert/strict';
import test from 'node:test';
import { createWitness } from '../../scormgen/player/src/lms/scorm12/witness.js';

/** A window whose requests the test makes; `ask` gives an entry of resource timing to whoever observes. */
function createWindow() {
  const frame = { document: {}, origin: '', time: 0, performance: { now: () => (frame.time += 1) } };
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
  frame.ask = (name, responseStatus, more = {}) =>
    queue.push({
      name,
      responseStatus,
      redirectEnd: 0,
      initiatorType: 'xmlhttprequest',
      startTime: frame.performance.now(),
      ...more,
    });
  return frame;
}

/** Runs calls of the LMS; returns whether none of its requests is known to have failed. */
function watch(witness, run) {
  witness.begin();
  run();
  return witness.end();
}

test('a save that fails during the call is seen', () => {
  const frame = createWindow();
  const witness = createWitness(frame, () => assert.fail('it was seen in time'));
  assert.equal(
    watch(witness, () => frame.ask('/save?a=1', 200)),
    true,
  );
  assert.equal(
    watch(witness, () => frame.ask('/save?a=2', 0)),
    false,
  );
  assert.equal(
    watch(witness, () => frame.ask('/save', 500)),
    false,
  );
  assert.equal(
    watch(witness, () => frame.ask('/save', 200, { redirectEnd: 9 })),
    false,
  );
  assert.equal(
    watch(witness, () => frame.ask('/save', 200)),
    true,
  );
  assert.equal(witness.isAnswered(), true);
});

test('a save that fails after the call is told, and a late LMS is waited for', () => {
  const frame = createWindow();
  let failures = 0;
  const witness = createWitness(frame, () => (failures += 1));
  watch(witness, () => frame.ask('/save', 200));
  watch(witness, () => {});
  frame.ask('/save', 200);
  frame.deliver();
  assert.deepEqual([witness.isAnswered(), failures], [true, 0]);
  watch(witness, () => frame.ask('/save', 200));
  assert.equal(witness.isAnswered(), true);
  witness.mark(); // the rest of what it was given it sends with the next request
  assert.equal(witness.isAnswered(), false);
  frame.ask('/save', 503);
  frame.deliver();
  assert.deepEqual([witness.isAnswered(), failures], [false, 1]);
});

test('a save that fails before any has ended well is seen', () => {
  for (const status of [0, 500, 503]) {
    const frame = createWindow();
    let failures = 0;
    const witness = createWitness(frame, () => (failures += 1));
    let startTime = 0;
    watch(witness, () => (startTime = frame.performance.now()));
    frame.ask('/poll', status);
    frame.deliver();
    assert.equal(failures, 0, 'nobody called the LMS then');
    frame.ask('/save', status, { startTime });
    frame.deliver();
    assert.equal(failures, 1, 'it began during the call');
    assert.equal(
      watch(witness, () => frame.ask('/save', status)),
      false,
    );
    assert.equal(
      watch(witness, () => frame.ask('https://elsewhere.example/count', 0)),
      true,
      'of another origin the status may be hidden',
    );
  }
});

test('what always fails, and what the page asks for by itself, does not count', () => {
  const frame = createWindow();
  const witness = createWitness(frame, () => assert.fail('it is none of ours'));
  for (let n = 0; n < 3; n++) {
    assert.equal(
      watch(witness, () => frame.ask('/ping', 404)),
      true,
    );
    assert.equal(
      watch(witness, () => frame.ask('/old', 200, { redirectEnd: 9 })),
      true,
    );
    assert.equal(
      watch(witness, () => frame.ask('/picture', 0, { initiatorType: 'img' })),
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
    watch(witness, () => {}),
    true,
  );
  assert.equal(witness.isAnswered(), true);
  witness.stop();
});
