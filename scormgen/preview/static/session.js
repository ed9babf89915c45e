// A session of the simulated LMS: its run-time, watched, with the faults that the author switches on, and its records sent to the server.

import { createConduct } from './lms/conduct.js';
import { KINDS } from './lms/kinds.js';

/** @typedef {import('./lms/kinds.js').Values} Values */
/** @typedef {import('./lms/kinds.js').Post} Post */
/** @typedef {'none' | 'slow' | 'refuse' | 'lost' | 'gone'} Fault */
/**
 * @typedef {object} Call
 * @property {number} number @property {number} at milliseconds since the launch @property {string} name
 * @property {string[]} args @property {string} result @property {string} error @property {number} took milliseconds
 * @property {string} diagnostic @property {string[]} warnings
 */

const SLOW = 500;
const NAMES = /** @type {const} */ ([
  'LMSInitialize',
  'LMSFinish',
  'LMSCommit',
  'LMSGetValue',
  'LMSSetValue',
  'LMSGetLastError',
  'LMSGetErrorString',
  'LMSGetDiagnostic',
]);

const HEADERS = { 'Content-Type': 'application/json' };

/** A request that outlives its page, where it is short enough for that. @param {string} path @param {string} body */
const send = (path, body) =>
  fetch(path, { method: 'POST', headers: HEADERS, body, keepalive: body.length < 60_000 });

const nextTask = () => new Promise((done) => setTimeout(done));

/** A value as the panel shows it: a number is no string, which some courses stumble over. @param {unknown} value */
const shown = (value) => (typeof value === 'number' ? `${value} (a number)` : String(value));

/**
 * How what a run-time sends reaches the server, unless a fault is switched on.
 * @param {number} attempt @param {() => Fault} fault @param {(post: Post) => import('./lms/kinds.js').Database} changes
 */
function createServer(attempt, fault, changes) {
  /** The requests that no call waited for. @type {Promise<unknown>} */
  let left = Promise.resolve();
  const text = (/** @type {Post} */ post) => JSON.stringify({ attempt, changes: changes(post) });
  const reply = (/** @type {number} */ status) => ({ status, answer: status === 200 ? 'true' : '' });

  /** What a fault answers, if one is switched on. */
  function refusal() {
    if (fault() === 'lost') throw new Error('There is no connection.');
    return fault() === 'refuse' ? reply(500) : null;
  }

  /** @param {Post} post */
  function leave(post) {
    const request = send('/api/commit', text(post));
    left = Promise.all([left, request.catch(() => {})]);
    return request;
  }

  /** @type {import('./lms/kinds.js').Server} */
  const server = {
    post(post) {
      const refused = refusal();
      if (refused) return refused;
      const request = new XMLHttpRequest();
      request.open('POST', '/api/commit', false);
      request.setRequestHeader('Content-Type', HEADERS['Content-Type']);
      request.send(text(post));
      return reply(request.status);
    },
    beacon(post) {
      if (fault() !== 'lost') void leave(post).catch(() => {});
    },
    async send(post) {
      return refusal() ?? reply((await leave(post)).status);
    },
  };

  /** When all that was sent has been answered; an answer may set off the next request. */
  async function kept() {
    let last;
    do {
      last = left;
      await last;
      await nextTask();
    } while (last !== left);
  }

  return { server, kept };
}

/**
 * @param {{attempt: number, session: number, data: Record<string, string>, learner: import('./lms/kinds.js').Learner}} launch
 * @param {keyof typeof KINDS} lms
 * @param {() => Fault} fault how the LMS behaves at the moment
 * @param {(call: Call, data: Values) => void} onCall
 */
export function createSession(launch, lms, fault, onCall) {
  const began = performance.now();
  const kind = KINDS[lms];
  const conduct = createConduct(launch.data);
  const { server, kept } = createServer(launch.attempt, fault, kind.changes);
  const runtime = kind.create(kind.launch(launch.data, launch.learner), server);
  /** @type {Call[]} */
  let unsent = [];
  let number = 0;

  /** @param {typeof NAMES[number]} name @param {unknown[]} args */
  function call(name, args) {
    const start = performance.now();
    const words = args.map(String);
    /** @param {string} result @param {string} error @param {string} diagnostic */
    const tell = (result, error, diagnostic) => {
      const end = performance.now();
      const told = { name, args: words, result, error };
      const warnings = error === '0' || name === 'LMSGetLastError' ? conduct(told) : [];
      const entry = {
        ...told,
        number: (number += 1),
        at: Math.round(start - began),
        took: Math.round(end - start),
        diagnostic,
        warnings,
      };
      unsent.push(entry);
      onCall(entry, runtime.data);
    };
    if (fault() === 'gone') {
      tell('(threw)', '', 'the LMS has vanished');
      throw new Error('The LMS has vanished.');
    }
    if (fault() === 'slow') while (performance.now() - start < SLOW);
    const result = /** @type {(...args: unknown[]) => unknown} */ (runtime.api[name])(...args);
    const asks = name.startsWith('LMSGetE') || name.startsWith('LMSGetD') || name === 'LMSGetLastError';
    tell(
      shown(result),
      asks ? '0' : runtime.api.LMSGetLastError(),
      asks ? '' : runtime.api.LMSGetDiagnostic(''),
    );
    return result;
  }

  /** Sends what was recorded since the last time. */
  async function flush() {
    const calls = unsent;
    if (!calls.length) return;
    unsent = [];
    const body = JSON.stringify({ attempt: launch.attempt, session: launch.session, calls });
    const { status } = await send('/api/calls', body);
    if (status === 503) unsent = [...calls, ...unsent]; // the records cannot be used at the moment
  }

  return {
    data: runtime.data,
    flush,
    /** When all that the session was told has reached the server. */
    kept,
    api: Object.fromEntries(
      NAMES.map((name) => [name, (/** @type {unknown[]} */ ...args) => call(name, args)]),
    ),
  };
}
