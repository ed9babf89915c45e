// The LMSs that can be simulated, and what they have in common: each is a run-time in the page, `create`, and what its
// server keeps of a request that arrived, `changes`. The page that hosts them decides how requests travel and which are lost.

import { changesOfMoodle, createMoodle, launchMoodle } from './moodle.js';
import { changesOfOpenedx, createOpenedx, launchOpenedx } from './openedx.js';
import { createRuntime } from './runtime.js';

/** @typedef {Record<string, string>} Database what a server holds of an attempt: elements by name, such as cmi.interactions.0.id */
/** @typedef {Record<string, string | number | null>} Values what a run-time holds in the page; some turn strings into numbers */
/** @typedef {{handler: string, entries: [name: string, value: string][]}} Post a request to the server, by the names that the LMS gives to elements */
/** @typedef {{status: number, answer: string}} Reply how a request ended; redirects are followed, so an expired login is the login page */
/**
 * @typedef {object} Server the only way out of a run-time
 * @property {(post: Post) => Reply} post a synchronous request; throws where there is no connection
 * @property {(post: Post) => void} beacon sent without an answer; where there is no connection it is lost
 * @property {(post: Post) => Promise<Reply>} send an asynchronous request; rejects where there is no connection
 */
/** @typedef {{id: string, name: string, mastery: string, mode: 'normal' | 'review' | 'browse'}} Learner who launches, and how */
/**
 * @typedef {object} Api
 * @property {(argument?: unknown) => string} LMSInitialize
 * @property {(argument?: unknown) => string} LMSFinish
 * @property {(argument?: unknown) => string} LMSCommit
 * @property {(element?: unknown) => string | number | null | undefined} LMSGetValue
 * @property {(element?: unknown, value?: unknown) => string} LMSSetValue
 * @property {() => string} LMSGetLastError
 * @property {(code?: unknown) => string} LMSGetErrorString
 * @property {(code?: unknown) => string} LMSGetDiagnostic
 */
/**
 * @typedef {object} Kind
 * @property {(database: Database, learner: Learner) => Values} launch what the server gives to a session that begins
 * @property {(stored: Values, server: Server) => {api: Api, data: Values}} create
 * @property {(post: Post) => Database} changes what the server keeps of a request
 */

/** The strict run-time behind the same interface: its commit is one request. @type {Kind['create']} */
function createStrict(stored, server) {
  return createRuntime(/** @type {Database} */ (stored), (changes) => {
    const post = { handler: 'commit', entries: Object.entries(changes) };
    try {
      return server.post(post).status === 200;
    } catch {
      server.beacon(post);
      return true;
    }
  });
}

/** @type {{strict: Kind, moodle: Kind, openedx: Kind}} */
export const KINDS = {
  // What a session of the strict one begins with, the preview's store concludes.
  strict: {
    launch: (database) => ({ ...database }),
    create: createStrict,
    changes: (post) => Object.fromEntries(post.entries),
  },
  moodle: { launch: launchMoodle, create: createMoodle, changes: changesOfMoodle },
  openedx: { launch: launchOpenedx, create: createOpenedx, changes: changesOfOpenedx },
};
