// A course in the simulated LMS: launches it, starts it again in place when it was built anew, and wires the panel.

import { ask, byId, element } from './dom.js';
import { clearCalls, showCall, showData, showProblems } from './panel.js';
import { createSession } from './session.js';

/** @typedef {import('./session.js').Fault} Fault */
/** @typedef {keyof typeof import('./lms/kinds.js').KINDS} Lms */
/** @typedef {'resume' | 'first' | 'review' | 'browse'} How */

const name = decodeURIComponent(location.pathname.split('/')[2]);
const query = new URLSearchParams(location.search);
const frame = byId('content', HTMLIFrameElement);
const learner = byId('learner', HTMLSelectElement);
const sco = byId('sco', HTMLSelectElement);
const lms = byId('lms', HTMLSelectElement);
const status = byId('status', HTMLElement);
/** @type {ReturnType<typeof createSession> | null} */
let session = null;
/** @type {Fault} */
let fault = 'none';
if (query.has('lms')) lms.value = query.get('lms') ?? '';
if (!lms.value) lms.value = 'strict';
let revision = -1;
/** @type {How} */
let mode = 'resume';
let work = Promise.resolve();

/** One thing after the other, in the order that they were asked for. @param {() => Promise<void>} step */
function queue(step) {
  work = work.then(step).catch((error) => {
    status.textContent = String(error.message ?? error);
  });
}

const loaded = () => new Promise((done) => frame.addEventListener('load', done, { once: true }));

/** Takes the course away as an LMS does: its page ends, and it finishes its session. */
async function close() {
  if (!session) return;
  const gone = loaded();
  frame.src = 'about:blank';
  await gone;
  session.flush().catch(() => {});
  await session.kept();
  session = null;
}

/** @param {How} how @param {{suspendData?: string, keep?: boolean, said?: string}} [options] `keep`: the same place of the page */
async function launch(how, { suspendData, keep = false, said } = {}) {
  const top = keep ? (frame.contentWindow?.scrollY ?? 0) : 0;
  await close();
  mode = how === 'first' ? 'resume' : how;
  const asked = {
    course: name,
    sco: Number(sco.value || 0),
    learner: Number(learner.value),
    how,
    suspend_data: suspendData,
    lms: lms.value,
  };
  const begun = await ask('/api/launch', asked);
  clearCalls();
  session = createSession(begun, /** @type {Lms} */ (lms.value), () => fault, showCall);
  showData(session.data);
  /** @type {any} */ (window).API = session.api;
  byId('download', HTMLAnchorElement).href = `/api/attempts/${begun.attempt}`;
  const ready = loaded();
  frame.src = `${begun.href}?${new URLSearchParams({ r: String(revision), a: String(begun.attempt), s: String(begun.session) })}`;
  await ready;
  if (top) frame.contentWindow?.scrollTo(0, top);
  status.textContent = said ?? `Session ${begun.session} of attempt ${begun.attempt}`;
  const place = new URLSearchParams({
    learner: learner.value,
    ...(sco.value && sco.value !== '0' ? { sco: sco.value } : {}),
    ...(lms.value !== 'strict' ? { lms: lms.value } : {}),
  });
  history.replaceState(null, '', `?${place}`);
}

/** @param {any} course */
function show(course) {
  document.title = `${course.title} · scormgen preview`;
  byId('title', HTMLElement).textContent = `${course.title} ${course.version}`.trim();
  showProblems(course);
  const chosen = sco.value || query.get('sco') || '0';
  sco.replaceChildren(
    ...course.scos.map((/** @type {any} */ one, /** @type {number} */ n) =>
      element('option', { value: String(n) }, one.title),
    ),
  );
  sco.value = course.scos[Number(chosen)] ? chosen : '0';
  byId('sco-choice', HTMLElement).hidden = course.scos.length < 2;
}

/** The course as it is now: launched again, in place, where it has changed. @param {any} course */
function update(course) {
  show(course);
  if (course.revision === revision || !course.scos.length) return;
  const first = revision < 1;
  revision = course.revision;
  queue(() =>
    launch(mode, {
      keep: !first,
      said: first ? undefined : `Built again at ${new Date().toLocaleTimeString()}`,
    }),
  );
}

async function start() {
  const { courses, learners } = await ask('/api/courses');
  fillLearners(learners, query.get('learner'));
  const course = courses.find((/** @type {any} */ one) => one.name === name);
  revision = -1;
  update(course);
}

/** @param {{id: number, name: string}[]} learners @param {string | null} chosen */
function fillLearners(learners, chosen) {
  learner.replaceChildren(...learners.map((one) => element('option', { value: String(one.id) }, one.name)));
  if (chosen && learners.some((one) => String(one.id) === chosen)) learner.value = chosen;
}

for (const button of document.querySelectorAll('[data-launch]')) {
  button.addEventListener('click', () =>
    queue(() => launch(/** @type {How} */ (button.getAttribute('data-launch')))),
  );
}
for (const button of document.querySelectorAll('[data-width]')) {
  button.addEventListener('click', () => {
    document.querySelector('.stage')?.setAttribute('data-width', button.getAttribute('data-width') ?? '');
    for (const other of document.querySelectorAll('button[data-width]')) {
      other.setAttribute('aria-pressed', String(other === button));
    }
  });
}
learner.addEventListener('change', () => queue(() => launch('resume')));
sco.addEventListener('change', () => queue(() => launch('resume')));
lms.addEventListener('change', () => queue(() => launch('resume')));
byId('faults', HTMLFieldSetElement).addEventListener('change', (event) => {
  fault = /** @type {Fault} */ (/** @type {HTMLInputElement} */ (event.target).value);
});
byId('add-learner', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  queue(async () => {
    const added = await ask('/api/learners', { name: new FormData(form).get('name') });
    form.reset();
    const { learners } = await ask('/api/courses');
    fillLearners(learners, String(added.id));
    await launch('resume');
  });
});
byId('hand-in', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  const data = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('data');
  queue(() => launch('resume', { suspendData: String(data) }));
});
byId('download', HTMLAnchorElement).addEventListener('click', async (event) => {
  event.preventDefault();
  const { href } = /** @type {HTMLAnchorElement} */ (event.currentTarget);
  await session?.flush();
  element('a', { href, download: '' }).click();
});
setInterval(() => session?.flush().catch(() => {}), 1000);

const events = new EventSource('/events');
events.addEventListener('message', (event) => {
  const course = JSON.parse(event.data);
  if (course.name === name) update(course);
});
// The preview was stopped and is there again: what was saved meanwhile was not told.
events.addEventListener('error', () => {
  status.textContent = 'The preview does not respond: is scormgen preview running?';
  events.addEventListener('open', () => queue(start), { once: true });
});
queue(start);
