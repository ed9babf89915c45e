// A session of the simulated LMS: the run-time, watched, with the faults that the author switches on, and its records sent to the server.

import { createConduct } from './lms/conduct.js';
import { createRuntime } from './lms/runtime.js';

/** @typedef {import('./lms/runtime.js').Data} Data */
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

/**
 * @param {{attempt: number, session: number, data: Data}} launch
 * @param {() => Fault} fault how the LMS behaves at the moment
 * @param {(call: Call, data: Data) => void} onCall
 */
export function createSession(launch, fault, onCall) {
  const began = performance.now();
  const conduct = createConduct(launch.data);
  const runtime = createRuntime(launch.data, store);
  /** @type {Call[]} */
  let unsent = [];
  let number = 0;
  /** The last request that a call did not wait for. @type {Promise<unknown>} */
  let left = Promise.resolve();

  /** @param {Data} changes */
  function store(changes) {
    if (fault() === 'refuse') return false;
    if (fault() === 'lost') return true;
    return post('/api/commit', { attempt: launch.attempt, changes });
  }

  /** As LMSs do: a request that the call waits for; while the page goes away, one that is left behind. @param {string} path @param {unknown} body */
  function post(path, body) {
    const text = JSON.stringify(body);
    const request = new XMLHttpRequest();
    request.open('POST', path, false);
    request.setRequestHeader('Content-Type', HEADERS['Content-Type']);
    try {
      request.send(text);
      return request.status === 200;
    } catch {
      left = send(path, text).catch(() => {});
      return true;
    }
  }

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
    const result = /** @type {(...args: unknown[]) => string} */ (runtime.api[name])(...args);
    const asks = name.startsWith('LMSGetE') || name.startsWith('LMSGetD') || name === 'LMSGetLastError';
    tell(result, asks ? '0' : runtime.api.LMSGetLastError(), asks ? '' : runtime.api.LMSGetDiagnostic(''));
    return result;
  }

  /** Sends what was recorded since the last time. */
  async function flush() {
    const calls = unsent;
    if (!calls.length) return;
    unsent = [];
    await send('/api/calls', JSON.stringify({ attempt: launch.attempt, session: launch.session, calls }));
  }

  return {
    data: runtime.data,
    flush,
    /** When all that the session was told has reached the server. */
    kept: () => left,
    api: Object.fromEntries(
      NAMES.map((name) => [name, (/** @type {unknown[]} */ ...args) => call(name, args)]),
    ),
  };
}
