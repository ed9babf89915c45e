// The simulated LMS: what it concludes, what it stores, and what it thinks of a course's conduct.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConduct } from '../../scormgen/preview/static/lms/conduct.js';
import { span, hundredths } from '../../scormgen/preview/static/lms/formats.js';
import { ARRAYS, CHILDREN, ELEMENTS } from '../../scormgen/preview/static/lms/model.js';
import { createRuntime } from '../../scormgen/preview/static/lms/runtime.js';

/** A running session that keeps what it stores. */
function begin(stored = {}, answers = () => true) {
  const commits = [];
  const runtime = createRuntime(stored, (changes) => {
    commits.push(changes);
    return answers();
  });
  assert.equal(runtime.api.LMSInitialize(''), 'true');
  return { ...runtime, commits };
}

const credit = { 'cmi.core.credit': 'credit', 'cmi.core.lesson_mode': 'normal' };

test('a finish without a status completes the course', () => {
  const { api, commits } = begin(credit);
  assert.equal(api.LMSFinish(''), 'true');
  assert.equal(commits[0]['cmi.core.lesson_status'], 'completed');
  assert.equal(commits[0]['cmi.core.entry'], '');
});

for (const [raw, status] of [
  ['79.99', 'failed'],
  ['80', 'passed'],
]) {
  test(`the mastery score makes ${raw} of 80 ${status}, whatever the course said`, () => {
    const { api, commits } = begin({ ...credit, 'cmi.student_data.mastery_score': '80' });
    api.LMSSetValue('cmi.core.score.raw', raw);
    api.LMSSetValue('cmi.core.lesson_status', 'incomplete');
    api.LMSFinish('');
    assert.equal(commits[0]['cmi.core.lesson_status'], status);
  });
}

test('without credit nothing is concluded', () => {
  const data = {
    'cmi.core.credit': 'no-credit',
    'cmi.core.lesson_mode': 'review',
    'cmi.student_data.mastery_score': '80',
  };
  const { api, commits } = begin({ ...data, 'cmi.core.score.raw': '10', 'cmi.core.lesson_status': 'passed' });
  api.LMSFinish('');
  assert.equal(commits[0]['cmi.core.lesson_status'], undefined);
});

test('browsing leaves browsed', () => {
  const { api, commits } = begin({ 'cmi.core.credit': 'no-credit', 'cmi.core.lesson_mode': 'browse' });
  api.LMSFinish('');
  assert.equal(commits[0]['cmi.core.lesson_status'], 'browsed');
});

test('the times of sessions are added, and exit suspend is come back to', () => {
  const { api, commits } = begin({ ...credit, 'cmi.core.total_time': '0001:59:59.50' });
  api.LMSSetValue('cmi.core.session_time', '0000:00:01.75');
  api.LMSSetValue('cmi.core.exit', 'suspend');
  api.LMSFinish('');
  assert.equal(commits[0]['cmi.core.total_time'], '0002:00:01.25');
  assert.equal(commits[0]['cmi.core.entry'], 'resume');
  assert.equal(span(hundredths('9999:59:59.99') + 1), '9999:59:59.99');
});

test('a commit hands over what has changed since the last one that was stored', () => {
  let works = true;
  const { api, commits } = begin(credit, () => works);
  api.LMSSetValue('cmi.core.lesson_location', 'a');
  api.LMSCommit('');
  works = false;
  api.LMSSetValue('cmi.suspend_data', 'b');
  assert.equal(api.LMSCommit(''), 'false');
  assert.equal(api.LMSGetLastError(), '101');
  assert.equal(api.LMSFinish(''), 'false');
  works = true;
  assert.equal(api.LMSCommit(''), 'true');
  assert.deepEqual(commits[0], { 'cmi.core.lesson_location': 'a' });
  assert.equal(commits.at(-1)['cmi.suspend_data'], 'b');
});

test('every child of a group is an element, a group or an array', () => {
  for (const [group, children] of Object.entries(CHILDREN)) {
    const base = ARRAYS.includes(group) ? `${group}.n` : group;
    for (const child of children.split(',')) {
      const name = `${base}.${child}`;
      assert.ok(name in ELEMENTS || name in CHILDREN || ARRAYS.includes(name), name);
    }
  }
});

/** The warnings of a list of LMSSetValue calls, with commit and finish by their names. */
function warnings(calls, stored = {}) {
  const conduct = createConduct(stored);
  return calls.map((call) => {
    const [name, ...args] = typeof call === 'string' ? [call, ''] : ['LMSSetValue', ...call];
    return conduct({ name, args, result: 'true', error: '0' }).length;
  });
}

const score = [
  ['cmi.core.score.min', '0'],
  ['cmi.core.score.max', '100'],
  ['cmi.core.score.raw', '80'],
];
const end = [
  ['cmi.core.session_time', '00:01:00'],
  ['cmi.core.exit', ''],
];

for (const [name, calls, stored, expected] of [
  [
    'a good citizen is left in peace',
    [...score, ['cmi.core.lesson_status', 'passed'], 'LMSCommit', ...end, 'LMSFinish'],
    {},
    [0, 0, 0, 0, 0, 0, 0, 0],
  ],
  ['the score after the status', [['cmi.core.lesson_status', 'passed'], ...score], {}, [0, 1, 1, 1]],
  ['raw without min and max', [score[2]], {}, [1]],
  [
    'a status that goes back',
    [['cmi.core.lesson_status', 'incomplete']],
    { 'cmi.core.lesson_status': 'passed' },
    [1],
  ],
  [
    'writing while reviewing',
    [
      ['cmi.core.lesson_status', 'passed'],
      ['cmi.suspend_data', 'a'],
    ],
    { 'cmi.core.lesson_mode': 'review' },
    [1, 0],
  ],
  [
    'an answer before its type',
    [
      ['cmi.interactions.0.student_response', 'a'],
      ['cmi.interactions.0.type', 'choice'],
      ['cmi.interactions.0.student_response', 'a'],
    ],
    {},
    [1, 0, 0],
  ],
  [
    'suspend data beyond ASCII, and nearly full',
    [
      ['cmi.suspend_data', 'é'],
      ['cmi.suspend_data', 'x'.repeat(3901)],
    ],
    {},
    [1, 1],
  ],
  ['a commit of nothing', [['cmi.suspend_data', 'a'], 'LMSCommit', 'LMSCommit'], {}, [0, 0, 1]],
  ['a finish with nothing said, and calls behind it', ['LMSFinish', 'LMSCommit'], {}, [3, 1]],
]) {
  test(`conduct: ${name}`, () => assert.deepEqual(warnings(calls, stored), expected));
}
