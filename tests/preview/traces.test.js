// What a real Moodle and a real Open edX answered, call by call, with and without faults: replayed against their simulation. Each
// difference that remains has its reason in DIFFERENCES and in docs/preview.md.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { KINDS } from '../../scormgen/preview/static/lms/kinds.js';

/** @param {string} path from the root of the repository */
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

// The answer that a server gives to a request which arrived is the page's affair only where the run-time reads it.
const DIFFERENCES = {
  'Moodle: what the login page holds was not recorded': ({ kind, part, recorded }) =>
    kind === 'moodle' && part === 'answer' && recorded === '(unread: Error)',
  'Open edX: the answer to a save holds the grade and the completion, which the block shows outside of the course':
    ({ kind, part, post }) => kind === 'openedx' && part === 'answer' && post.handler === 'scorm_set_values/',
  'Moodle: the database names the parts of an entry with _0, here it is .0 as in SCORM': ({
    part,
    recorded,
    ours,
  }) => part === 'stored name' && dotted(recorded) === ours,
  'Open edX: a request for a value also holds the address of the handler': ({
    kind,
    part,
    post,
    recorded,
    ours,
  }) =>
    kind === 'openedx' &&
    part === 'sent' &&
    post.handler === 'scorm_get_value/' &&
    JSON.parse(recorded).name === JSON.parse(ours).name,
};
const seen = new Set();

const dotted = (name) => name.replace(/_(\d+)(?=\.)/g, '.$1');

/** Compares a part of what was recorded. */
function compare(found, where) {
  if (found.ours === found.recorded) return;
  const reason = Object.keys(DIFFERENCES).find((text) => DIFFERENCES[text](found));
  assert.ok(reason, `${where}: ${JSON.stringify(found)}`);
  seen.add(reason);
}

/** A server with a database and a fault; `posts` holds what came since the last look, in the form of the traces. */
function createServer(kind) {
  const server = { database: {}, fault: 'none', posts: [], pending: 0 };

  const keep = (post) => Object.assign(server.database, KINDS[kind].changes(post));

  const moodle = (via, post) => {
    const refused = server.fault === 'refused' || server.fault === 'offline';
    const [http, answer] = { 500: [500, ''], 'login expired': [303, ''], none: [200, 'true\n0'] }[
      server.fault
    ] ?? [null, null];
    const elements = post.entries.map(([name]) => name).sort();
    server.posts.push({ via, http, answer: answer && answer.replace('\n', '|'), elements });
    if (refused) throw new Error('refused');
    if (http === 200) keep(post);
    return { status: http, answer };
  };

  // As a server of several processes does: a request reads the records when it arrives, and writes them when it ends.
  const openedx = async (post) => {
    const { handler, entries } = post;
    const http = server.fault === '500' ? 500 : 200;
    const [asked] = entries[0] ?? [];
    const value =
      asked === 'cmi.core.score.raw' ?
        Number(server.database[asked] ?? 0)
      : (server.database['cmi.completion_status'] ?? 'not attempted');
    const get = handler === 'scorm_get_value/';
    const answer = JSON.stringify(get ? { value } : { result: 'success' });
    const named = entries.map(([name, value]) => ({ name, value }));
    const sent = { 'scorm_get_value/': { name: asked }, 'scorm_set_values/': named }[handler] ?? {};
    server.posts.push({ handler, http, sent: JSON.stringify(sent), answer: http === 200 ? answer : '' });
    server.pending += 1;
    await new Promise(setImmediate);
    if (http === 200) keep(post);
    server.pending -= 1;
    return { status: http, answer };
  };

  return Object.assign(server, {
    post: (post) => moodle('xhr', post),
    beacon: (post) => {
      try {
        moodle('beacon', post);
      } catch {
        // The page is not told.
      }
    },
    send: openedx,
  });
}

/** The recorder cut long texts, and wrote JSON as Python does. */
function alike(recorded, ours) {
  try {
    return JSON.stringify(JSON.parse(recorded)) === JSON.stringify(JSON.parse(ours));
  } catch {
    return recorded === ours || (recorded?.length === 300 && ours.startsWith(recorded));
  }
}

const byHandler = (one, other) => one.handler.localeCompare(other.handler);

/** The posts of a step. Those of Open edX were recorded in the order of their handlers. */
function comparePosts(kind, recorded, posts, where) {
  if (kind === 'openedx') for (const list of [recorded, posts]) list.sort(byHandler);
  const names = (list) => list.map((post) => post.handler ?? `${post.via} ${post.elements}`);
  assert.deepEqual(names(posts), names(recorded), where);
  recorded.forEach((post, place) => {
    for (const part of Object.keys(post).filter((key) => key !== 'elements')) {
      const ours = posts[place][part];
      const found = { kind, part, post, recorded: post[part], ours };
      compare(alike(post[part], ours) ? { ...found, ours: post[part] } : found, where);
    }
  });
}

const LEARNERS = {
  moodle: { id: 'learner', name: 'A Learner', mastery: '80', mode: 'normal' },
  openedx: { id: '', name: '', mastery: '', mode: 'normal' },
};

async function replay(kind, scenario) {
  const server = createServer(kind);
  let api = null;
  for (const [place, step] of scenario.steps.entries()) {
    const where = `step ${place}, ${step.do}`;
    if (step.do === 'launch') {
      api = KINDS[kind].create(KINDS[kind].launch({ ...server.database }, LEARNERS[kind]), server).api;
    } else if (step.do === 'fault') {
      server.fault = step.what;
    } else if (step.do === 'database') {
      for (const name of Object.keys(step.holds)) {
        compare({ kind, part: 'stored name', recorded: name, ours: dotted(name) }, where);
      }
      const holds = Object.entries(step.holds).map(([name, value]) => [dotted(name), value]);
      assert.deepEqual(server.database, Object.fromEntries(holds), where);
    } else if (step.do === 'calls') {
      for (const call of step.calls) {
        const answer = api[call.call](...call.args);
        const ours = { answer, type: typeof answer, error: api.LMSGetLastError(), threw: null };
        for (const part of Object.keys(ours)) {
          compare(
            { kind, part, call, recorded: call[part], ours: ours[part] },
            `${where}, ${call.call} ${call.args[0]}`,
          );
        }
      }
      while (server.pending) await new Promise(setImmediate);
      comparePosts(kind, step.posts ?? [], server.posts.splice(0), where);
    } else {
      assert.equal(step.do, 'leave', where);
    }
  }
}

for (const [kind, file] of [
  ['moodle', 'moodle-4.3.json'],
  ['openedx', 'openedx-scorm-xblock-19.json'],
]) {
  const trace = JSON.parse(read(`tests/lms/traces/${file}`));
  for (const scenario of trace.scenarios)
    test(`${trace.lms}: ${scenario.name}`, () => replay(kind, scenario));
}

after(() => {
  assert.deepEqual([...seen].sort(), Object.keys(DIFFERENCES).sort(), 'a listed difference that is gone');
  const [, section] = read('docs/preview.md').split('### What differs from the recordings');
  const items = section.split('\n#')[0].split(/^- /m).slice(1);
  const listed = items.map((item) => item.replace(/\s+/g, ' ').trim());
  assert.deepEqual(listed.sort(), Object.keys(DIFFERENCES).sort(), 'docs/preview.md lists the differences');
});
