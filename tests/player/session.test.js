// The session with an LMS, over random schedules of faults, kills and relaunches, against Moodle's and Open edX's run-times as they were
// recorded. What was stated as saved, and had reached the server, is there after the next launch; and "saved" is stated honestly.

import assert from 'node:assert/strict';
import test from 'node:test';
import { KINDS } from '../../scormgen/preview/static/lms/kinds.js';
import { openScorm12 } from '../../scormgen/player/src/lms/scorm12/adapter.js';
import { Session } from '../../scormgen/player/src/lms/session.js';
import { decode, encode } from '../../scormgen/player/src/codec.js';
import { newAttempts, newState } from '../../scormgen/player/src/state.js';
import { outcome } from '../../scormgen/player/src/outcome.js';
import { generator } from './random.js';

const LEARNER = { id: 'l', name: 'Learner, A', mastery: '80', mode: 'normal' };
const CHECKS = ['c0', 'c1', 'c2', 'c3'];
const ASSESSED = ['a0', 'a1', 'a2'];
const DATA = {
  key: 'Key0',
  report: 'all',
  mastery: 80,
  completion: { require: ['pages', 'assessment'], status: 'passed', onFail: 'incomplete' },
  pages: [0, 1, 2, 3].map((slot) => ({ id: `p${slot}`, slot })),
  assessments: [{ slot: 0, pass: 80, attempts: 0, weight: 1 }],
};

/** A clock, its timers, and what runs at the end of a task. */
function createClock() {
  const clock = { time: 0, timers: [], now: () => clock.time };
  clock.later = (run, pause, owner = null) => clock.timers.push({ at: clock.time + pause, run, owner });
  /** Lets time pass, timer by timer, and what they promise. */
  clock.pass = async (milliseconds) => {
    const end = clock.time + milliseconds;
    for (;;) {
      await settleAll();
      clock.timers.sort((a, b) => a.at - b.at);
      if (!clock.timers.length || clock.timers[0].at > end) break;
      const { at, run } = clock.timers.shift();
      clock.time = Math.max(clock.time, at);
      run();
    }
    clock.time = end;
  };
  return clock;
}

/** Until promises that wait for nothing but each other are done. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
/** Until requests have ended, one after the other. */
async function settleAll() {
  for (let turn = 0; turn < 12; turn++) await settle();
}

/** A server with a fault, and the browser that sees how its requests end. */
function createServer(kind, clock, watched, random) {
  const server = { database: {}, fault: 'none', observers: [], unseen: false, pending: 0 };
  let ticks = 0; // no two moments are one
  const now = () => clock.time + (ticks += 1e-6);
  const request = (type, post, startTime = now()) => {
    const { fault } = server;
    const end = (initiatorType, handler, responseStatus, redirectEnd = 0) => {
      const name = `https://lms.example/${handler}`;
      const entry = { initiatorType, name, startTime, responseStatus, redirectEnd };
      if (watched) for (const observer of server.observers) observer.push(entry);
    };
    if (fault === 'refused' || fault === 'offline') {
      end(type, post.handler, 0);
      if (!watched) server.unseen = true;
      throw new Error('refused');
    }
    if (fault === '500') {
      end(type, post.handler, 500);
      if (!watched && kind === 'openedx') server.unseen = true;
      return { status: 500, answer: '' };
    }
    if (fault === 'expired') {
      end(type, post.handler, 200, clock.time);
      if (!watched && kind === 'openedx') server.unseen = true;
      return { status: 200, answer: '<html>' };
    }
    if (fault === 'lost') server.unseen = true;
    else Object.assign(server.database, KINDS[kind].changes(post));
    end(type, post.handler, 200);
    return { status: 200, answer: 'true\n0' };
  };
  server.calls = {
    post: (post) => request('xmlhttprequest', post),
    beacon(post) {
      try {
        request('beacon', post);
      } catch {
        // nobody learns of it
      }
    },
    send: async (post) => {
      const startTime = now();
      server.pending += 1;
      await new Promise((resolve) => clock.later(resolve, [0, 5, 40, 900][random(4)], server));
      server.pending -= 1;
      return request('fetch', post, startTime);
    },
  };
  /** The window that has the API, as far as the witness looks at it. */
  server.frame = (api) => {
    class PerformanceObserver {
      constructor(run) {
        this.entries = [];
        this.run = run;
      }
      observe() {
        server.observers.push(this);
      }
      push(entry) {
        this.entries.push(entry);
        void settle().then(() => {
          const entries = this.takeRecords();
          if (entries.length) this.run({ getEntries: () => entries });
        });
      }
      disconnect() {
        server.observers = server.observers.filter((other) => other !== this);
      }
      takeRecords() {
        return this.entries.splice(0);
      }
    }
    const frame = {
      API: api,
      document: {},
      origin: 'https://lms.example',
      performance: { now },
      PerformanceObserver,
    };
    frame.parent = frame;
    return frame;
  };
  return server;
}

const fact = (id, answer) => ({
  id, shape: 'choice', given: [answer], right: [['a']], points: 1, share: Number(answer === 'a'), latency: null,
}); // prettier-ignore

/** The learner, the course and its session: what main.js is in a page. */
function launch(kind, server, clock) {
  const { api } = KINDS[kind].create(KINDS[kind].launch(server.database, LEARNER), server.calls);
  const frame = server.frame(api);
  let state = newState();
  const states = [];
  const session = new Session(
    {
      frame, now: clock.now, start: clock.now(), date: () => new Date(clock.time), later: (run, pause) => clock.later(run, pause),
      online: () => server.fault !== 'offline', answers: 'all',
    }, // prettier-ignore
    {
      onLaunch(found) {
        const stored = decode(found.state, DATA.key);
        if (stored) state = stored.state;
        return { counter: stored?.counter ?? 0, reported: state.reported };
      },
      latest: () => ({ answers: answers(state), results: objectives(state) }),
      wanted: () => ({
        outcome: outcome(DATA, state),
        location: `p${state.page ?? 0}`,
        state: (counter, reported) => encode({ ...state, reported }, DATA.key, counter),
      }),
      onState: (next) => states.push(next),
    },
    openScorm12,
  );
  session.launch();
  return { session, states, get state() { return state; } }; // prettier-ignore
}

const given = (map, ids) => ids.flatMap((id, slot) => (map.has(slot) ? [fact(id, map.get(slot).one)] : []));

/** The latest answers that a state knows to have been reported. */
function answers(state) {
  const attempt = state.attempts.get(0);
  return [...given(state.checks, CHECKS), ...(attempt?.phase === 2 ? given(attempt.answers, ASSESSED) : [])];
}

function objectives(state) {
  const attempt = state.attempts.get(0);
  return attempt?.phase === 2 ? [{ id: 'hot', score: attempt.last / 100, passed: attempt.last >= 8000 }] : [];
}

/** What a learner does. */
const ACTIONS = {
  page({ session, state }, random) {
    state.page = random(4);
    state.visited.add(state.page);
    session.save();
  },
  check({ session, state }, random) {
    const slot = random(CHECKS.length);
    const one = 'ab'[random(2)];
    state.checks.set(slot, { one });
    session.record(fact(CHECKS[slot], one));
    session.save();
  },
  submit({ session, state }, random) {
    const right = random(2) === 1;
    const before = state.attempts.get(0) ?? newAttempts();
    const found = new Map(ASSESSED.map((_, slot) => [slot, { one: right || slot ? 'a' : 'b' }]));
    const score = right ? 10000 : 6667;
    state.attempts.set(0, {
      ...before, phase: 2, used: before.used + 1, last: score, best: Math.max(before.best ?? 0, score), answers: found,
    }); // prettier-ignore
    for (const entry of given(found, ASSESSED)) session.record(entry);
    for (const result of objectives(state)) session.rate(result);
    session.save();
  },
};

/** What the learner was told is saved. */
function snapshot({ state }) {
  const { status, score } = outcome(DATA, state);
  return { status, score, answers: answers(state), objectives: objectives(state) };
}

/** What of a snapshot a database lacks; an answer may have been changed since, as `now` says. */
function missing(database, told, now) {
  const lacks = [];
  const ranks = ['incomplete', 'passed'];
  if (ranks.indexOf(database['cmi.core.lesson_status']) < ranks.indexOf(told.status)) lacks.push('status');
  if (told.score !== null && Number(database['cmi.core.score.raw'] ?? -1) < told.score) lacks.push('score');
  const entries = Object.keys(database)
    .flatMap((name) => /^cmi\.interactions\.(\d+)\.id$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  for (const { id } of told.answers) {
    // An entry of which only the id arrived before the page went away holds no answer.
    const last = entries
      .filter((index) => database[`cmi.interactions.${index}.id`] === id)
      .filter((index) => database[`cmi.interactions.${index}.student_response`] !== undefined)
      .pop();
    const entry = `cmi.interactions.${last}`;
    const fits = [...told.answers, ...now.answers].some(
      (answer) =>
        answer.id === id &&
        database[`${entry}.student_response`] === answer.given.join() &&
        database[`${entry}.result`] === (answer.share ? 'correct' : 'wrong'),
    );
    if (!fits) lacks.push(id);
  }
  for (const { id, score } of told.objectives) {
    const index = [0, 1, 2].find((n) => database[`cmi.objectives.${n}.id`] === id);
    // An LMS that gives nothing back has the latest result, others have the best.
    const least = database['cmi.completion_status'] ? (now.objectives[0]?.score ?? 0) : score;
    if (!(Number(database[`cmi.objectives.${index}.score.raw`]) >= Math.floor(least))) lacks.push(id);
  }
  return lacks;
}

const FAULTS = ['none', 'none', '500', 'refused', 'offline', 'expired', 'lost'];

/** Plays one schedule; every step goes into `log`, which a failure shows. */
async function play(kind, seed, watched) {
  const random = generator(seed);
  const clock = createClock();
  const server = createServer(kind, clock, watched, generator(seed + 1e6));
  let told = null;
  const log = [];
  let course = launch(kind, server, clock);
  await clock.pass(10000);
  /** What has been stated as saved counts once the server holds the state. */
  const look = () => {
    if (course.session.state !== 'saved') return;
    if (!watched && server.pending) return; // such a browser does not tell that they have not ended
    const stored = decode(server.database['cmi.suspend_data'] ?? '', DATA.key);
    const same = stored && encode(stored.state, DATA.key, 0) === encode({ ...course.state, reported: stored.state.reported }, DATA.key, 0); // prettier-ignore
    // What it is stated to have it has, and not only at the next launch.
    const lacks =
      watched && !server.unseen ? missing(server.database, snapshot(course), snapshot(course)) : [];
    if (lacks.length) assert.fail(`${seed}: stated as saved without ${lacks}: ${log.join(' ')} ${JSON.stringify(server.database)}`); // prettier-ignore
    if (same && !(server.unseen && settledThen)) told = snapshot(course);
    else if (!server.unseen && course.state.page !== null) assert.fail(`${seed}: stated as saved, but the server has ${server.database['cmi.suspend_data']}: ${log.join(' ')}`); // prettier-ignore
  };
  let settledThen = false; // what is lost unseen after the course was passed, a review cannot make up for
  for (let step = 0; step < 30; step++) {
    const what = random(10);
    settledThen = ['passed'].includes(server.database['cmi.core.lesson_status']);
    if (what < 5) {
      const name = Object.keys(ACTIONS)[random(3)];
      log.push(name);
      if (!['review', 'closed'].includes(course.session.state)) ACTIONS[name](course, random);
    } else if (what < 8) {
      server.fault = FAULTS[random(FAULTS.length)];
      log.push(`fault:${server.fault}`);
    } else {
      const leaving = ['kill', 'exit', 'close'][random(3)];
      log.push(leaving);
      if (leaving === 'exit' && !course.session.finish(true)) log.push('(not saved)');
      if (leaving === 'close') course.session.finish();
      clock.timers = clock.timers.filter(({ owner }) => owner === server); // what is on its way arrives
      server.observers = [];
      await clock.pass(10000);
      server.fault = 'none';
      server.unseen = false;
      course = launch(kind, server, clock);
      await clock.pass(10000);
      const now = snapshot(course);
      const lacks = told ? missing(server.database, told, now) : [];
      const found = () => JSON.stringify({ told, now, log, database: server.database });
      if (lacks.length) assert.fail(`seed ${seed}: ${lacks} of ${found()}`);
    }
    await clock.pass([10, 300, 1500, 3000, 20000, 70000][random(6)]);
    look();
  }
}

for (const kind of ['moodle', 'openedx']) {
  for (const watched of [true, false]) {
    test(`${kind}${watched ? '' : ', in a browser without resource timing'}: nothing that was saved is missing`, async () => {
      const seeds = Number(process.env.SCHEDULES ?? 250);
      for (let seed = Number(process.env.FIRST ?? 0); seed < seeds; seed++) await play(kind, seed, watched);
    });
  }
}
