// A run-time of scormgen's simulator in the LMS's page, in the place of scorm-again: what it sends are real requests to the
// test's server, which may refuse them, and what the server keeps of them is all that the next launch gets.

import { KINDS } from '/sim/kinds.js';

/** How the requests of a run-time travel. `pending` counts those without an answer. */
function createServer(kind, attempt) {
  const address = `/lms/post?attempt=${encodeURIComponent(attempt)}`;
  const body = (post) => JSON.stringify(kind.changes(post));
  const server = {
    pending: 0,

    post(post) {
      const request = new XMLHttpRequest();
      request.open('POST', address, false);
      request.send(body(post));
      return { status: request.status, answer: request.responseText };
    },

    beacon(post) {
      navigator.sendBeacon(address, body(post));
    },

    async send(post) {
      server.pending += 1;
      try {
        const reply = await fetch(address, { method: 'POST', body: body(post) });
        return { status: reply.status, answer: await reply.text() };
      } finally {
        server.pending -= 1;
      }
    },
  };
  return server;
}

/** The API of a conduct; whether all that was sent has been answered, and whether the session has ended too. */
export function createConductOf(name, { attempt, learner, mastery, mode, stored }) {
  const kind = KINDS[name];
  const server = createServer(kind, attempt);
  const launched = kind.launch(stored ?? {}, { id: learner, name: 'Learner, Test', mastery, mode });
  const { api } = kind.create(launched, server);
  let finished = false;
  return {
    ...api,
    LMSFinish(argument) {
      finished = true;
      return api.LMSFinish(argument);
    },
    isIdle: () => server.pending === 0,
    hasEnded: () => finished && server.pending === 0,
  };
}
