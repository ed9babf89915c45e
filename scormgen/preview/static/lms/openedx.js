// The SCORM XBlock of Open edX as it was recorded (tests/lms/traces/openedx-scorm-xblock-19.json). It validates nothing, reports
// no error and waits for nothing: each value goes into a queue, what has gathered there is sent once the last request has
// ended, however it ended. Only the location and the suspend data can be read.

/** @typedef {import('./kinds.js').Values} Values */

/** What can be read back, from the moment that it is sent. */
const READABLE = ['cmi.core.lesson_location', 'cmi.suspend_data'];
/** What the server is asked for, though its answer comes too late to be given. */
const ASKED = ['cmi.core.lesson_status', 'cmi.core.score.raw'];
/** What a status says of completion and success. @type {Record<string, [name: string, value: string][]>} */
const STATUSES = {
  passed: [
    ['cmi.completion_status', 'completed'],
    ['cmi.success_status', 'passed'],
  ],
  failed: [
    ['cmi.completion_status', 'completed'],
    ['cmi.success_status', 'failed'],
  ],
  completed: [['cmi.completion_status', 'completed']],
  incomplete: [['cmi.completion_status', 'incomplete']],
};

/** What the server keeps of a request. A status that it does not know changes nothing. @type {import('./kinds.js').Kind['changes']} */
export function changesOfOpenedx({ handler, entries }) {
  if (handler !== 'scorm_set_values/') return {};
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      if (name !== 'cmi.core.lesson_status') return [[name, value]];
      return STATUSES[value] ? [[name, value], ...STATUSES[value]] : [];
    }),
  );
}

/** The block was given no name of the learner. @type {import('./kinds.js').Kind['launch']} */
export const launchOpenedx = (database) => ({ ...database, 'cmi.core.student_name': null });

/**
 * @param {Values} stored what `launchOpenedx` gave
 * @param {import('./kinds.js').Server} server
 * @returns {{api: import('./kinds.js').Api, data: Values}}
 */
export function createOpenedx(stored, server) {
  /** @type {Values} */
  const data = { ...stored };
  /** @type {[string, string][]} */
  const queue = [];
  let sending = false;

  /** Nobody is told of a request that failed. @param {string} handler @param {[string, string][]} [entries] */
  const send = (handler, entries = []) => server.send({ handler, entries }).catch(() => undefined);

  async function sendQueue() {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const entries = queue.splice(0);
      Object.assign(data, Object.fromEntries(entries));
      await send('scorm_set_values/', entries);
    }
    sending = false;
  }

  return {
    data,
    api: {
      LMSInitialize() {
        void send('scorm_initialize/');
        return 'true';
      },
      LMSFinish() {
        void send('scorm_terminate/');
        return 'true';
      },
      LMSCommit: () => 'true',
      LMSGetValue(element) {
        const name = String(element);
        if (ASKED.includes(name)) void send('scorm_get_value/', [[name, '']]);
        if (name === 'cmi.core.student_name') return data[name];
        return READABLE.includes(name) ? (data[name] ?? '') : '';
      },
      LMSSetValue(element, value) {
        queue.push([String(element), String(value)]);
        void sendQueue();
        return 'true';
      },
      LMSGetLastError: () => '0',
      LMSGetErrorString: () => '',
      LMSGetDiagnostic: () => '',
    },
  };
}
