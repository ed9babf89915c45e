// What the recordings do not hold of the LMSs that are simulated: big beacons, halves of characters, failing ends.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KINDS } from '../../scormgen/preview/static/lms/kinds.js';

const LEARNER = { id: 'a', name: 'A', mastery: '', mode: 'normal' };
const OK = { status: 200, answer: 'true\n0' };

/** A session in Moodle that has begun. @param {Partial<import('../../scormgen/preview/static/lms/kinds.js').Server>} server */
function begin(server, database = {}) {
  const { moodle } = KINDS;
  const { api } = moodle.create(moodle.launch(database, LEARNER), server);
  assert.equal(api.LMSInitialize(''), 'true');
  return api;
}

const refuse = () => {
  throw new Error('refused');
};

for (const [length, count] of [
  [60_000, 1],
  [66_000, 0],
]) {
  test(`Moodle: without a connection ${length} characters are ${count} beacon, and the answer is true`, () => {
    const beacons = [];
    const api = begin({ post: refuse, beacon: (post) => beacons.push(post) });
    for (const [index, size] of [Math.min(length, 40_000), length - 40_000].entries()) {
      api.LMSSetValue(`cmi.interactions.${index}.student_response`, 'x'.repeat(Math.max(size, 0)));
    }
    assert.equal(api.LMSCommit(''), 'true');
    assert.equal(beacons.length, count);
  });
}

test('Moodle: half of a character makes the commit and the finish throw', () => {
  const api = begin({ post: () => OK });
  api.LMSSetValue('cmi.suspend_data', '😀'.slice(0, 1));
  assert.throws(() => api.LMSCommit(''), URIError);
  assert.throws(() => api.LMSFinish(''), URIError);
});

test('Moodle: a finish that fails ends the session', () => {
  const api = begin({ post: () => ({ status: 500, answer: '' }) });
  assert.equal(api.LMSFinish(''), 'false');
  assert.equal(api.LMSGetLastError(), '101');
  assert.equal(api.LMSFinish(''), 'false');
  assert.equal(api.LMSGetLastError(), '301');
});

test('Moodle: the page of a login that has expired is no success', () => {
  const api = begin({ post: () => ({ status: 200, answer: '<h1>Log in</h1>' }) });
  assert.equal(api.LMSCommit(''), 'false');
});

for (const [raw, status] of [
  ['79.99', 'failed'],
  ['80', 'passed'],
]) {
  test(`Moodle: the mastery score makes ${raw} of 80 ${status}`, () => {
    const posts = [];
    const { create, launch, changes } = KINDS.moodle;
    const { api } = create(launch({}, { ...LEARNER, mastery: '80' }), {
      post: (post) => (posts.push(post), OK),
    });
    api.LMSInitialize('');
    api.LMSSetValue('cmi.core.score.raw', raw);
    api.LMSSetValue('cmi.core.lesson_status', 'incomplete');
    api.LMSFinish('');
    assert.equal(changes(posts[0])['cmi.core.lesson_status'], status);
  });
}

for (const [status, mode] of [
  ['passed', 'review'],
  ['completed', 'review'],
  ['failed', 'review'],
  ['incomplete', 'normal'],
]) {
  test(`Moodle: an attempt that is ${status} is opened in ${mode} mode`, () => {
    assert.equal(begin({}, { 'cmi.core.lesson_status': status }).LMSGetValue('cmi.core.lesson_mode'), mode);
  });
}

test('Open edX: what gathers while a save is on its way goes with the next', async () => {
  const posts = [];
  const api = KINDS.openedx.create(
    {},
    { send: (post) => (posts.push(post.entries), Promise.resolve(OK)) },
  ).api;
  for (const value of ['1', '2', '2']) api.LMSSetValue('cmi.suspend_data', value);
  assert.deepEqual(posts, [[['cmi.suspend_data', '1']]]);
  await new Promise(setImmediate);
  assert.deepEqual(posts[1], [
    ['cmi.suspend_data', '2'],
    ['cmi.suspend_data', '2'],
  ]);
});
