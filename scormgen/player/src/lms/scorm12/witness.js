// What the browser saw of the LMS's own requests. Some run-times answer true to a save whose request failed: Moodle's falls back to a
// beacon, openedx-scorm-xblock saves a moment later and does not report a failure. Resource timing of the window that has the API shows it.

/** @typedef {ReturnType<typeof createWitness>} Witness */

const SAVES = ['xmlhttprequest', 'fetch', 'beacon'];

/**
 * Whether a request ended well. One that was sent on to another page has met the form to log in.
 * @param {any} entry of resource timing, whose `responseStatus` not every browser has
 */
const isDone = ({ responseStatus, redirectEnd }) =>
  !(responseStatus === 0 || responseStatus >= 400 || redirectEnd > 0);

/**
 * Whether a request cannot have stored anything: no answer, or the server's own fault. Of another origin the status may be hidden.
 * @param {any} entry @param {string} origin
 */
const isLost = ({ name, responseStatus }, origin) =>
  name.startsWith(`${origin}/`) && (responseStatus === 0 || responseStatus >= 500);

/**
 * @param {any} frame the window that has the API
 * @param {() => void} onFailure a save has failed whose call had been answered before
 */
export function createWitness(frame, onFailure) {
  /** @type {Set<string>} addresses of requests that the LMS made during a call of ours, and that ended well: others may always fail */
  const addresses = new Set();
  /** @type {[from: number, to: number][]} when our calls ran, by the clock of the window */
  const spans = [];
  let running = false;
  let failed = false;
  let late = false; // whether requests of the LMS have been seen to end after the calls that made it send them
  let answered = 0; // when the last request that ended well began
  let since = 0; // from when on a request can carry the last calls
  /** @type {any} */
  let observer = null;

  /** @param {any[]} entries @param {boolean} after they ended after the calls that made the LMS send them */
  function see(entries, after) {
    for (const entry of entries) {
      if (!SAVES.includes(entry.initiatorType)) continue;
      const [address] = entry.name.split('?');
      const ours = spans.some(([from, to]) => from <= entry.startTime && entry.startTime <= to);
      const done = isDone(entry);
      if (ours && done) addresses.add(address);
      // Where nothing has ever ended well the LMS may have failed since the launch: what is lost then is no stray request.
      const first = ours && !addresses.size && isLost(entry, frame.origin);
      if (!addresses.has(address) && !first) continue;
      if (done) {
        answered = Math.max(answered, entry.startTime);
        late ||= after;
      } else if (running) failed = true;
      else onFailure();
    }
  }

  try {
    if (!frame.document) throw new Error('no document');
    observer = new frame.PerformanceObserver((/** @type {any} */ list) => see(list.getEntries(), true));
    observer.observe({ type: 'resource' });
  } catch {
    observer = null; // no resource timing: only what the LMS answers counts
  }

  return {
    stop: () => observer?.disconnect(),

    /** The LMS has not come to the last calls yet: only a request that begins from now on can carry all of them. */
    mark() {
      if (observer) since = frame.performance.now();
    },

    /** Whether a request that can carry the last calls has ended well; an LMS that answers at once is not waited for. */
    isAnswered: () => !late || answered >= since,

    /** Calls of the API begin. */
    begin() {
      if (!observer) return;
      const from = frame.performance.now();
      since = from;
      spans.push([from, Infinity]);
      if (spans.length > 50) spans.shift();
      running = true;
      failed = false;
      see(observer.takeRecords(), true);
    },

    /** Calls of the API end. Returns whether no request of the LMS is known to have failed meanwhile. */
    end() {
      if (!observer) return true;
      spans[spans.length - 1][1] = frame.performance.now();
      see(observer.takeRecords(), false);
      running = false;
      return !failed;
    },
  };
}
