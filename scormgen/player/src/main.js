// The player: reads the course's data, wires pages, questions and the LMS, and starts the components.

import { createSession } from './lms/session.js';
import { decode, encode, merge, newState } from './state.js';
import { find, findAll, focusOn, make, makeButton, onAction, say, setInert, useStrings } from './dom.js';
import { outcome } from './outcome.js';
import { createCertificate, dayNumber } from './ui/certificate.js';
import { createCompletion } from './ui/completion.js';
import { createPages } from './ui/pages.js';
import { createQuestion } from './ui/question.js';
import { createStatus } from './ui/status.js';
import { startAssessment } from './ui/assessment.js';
import { startCard, startPrint } from './ui/print.js';
import { startCheck } from './ui/check.js';
import { startMedia, stopMedia } from './ui/media.js';
import { startTabs } from './ui/tabs.js';
import { startTerm } from './ui/term.js';

/** @typedef {import('./ui/question.js').Question} Question */

/** @type {Record<string, (element: HTMLElement) => void>} */
const MODULES = { card: startCard, media: startMedia, tabs: startTabs, term: startTerm };

/** Runs a part so that its failure does not take the course with it. @param {string} what @param {() => void} run */
function guarded(what, run) {
  try {
    run();
  } catch (error) {
    console.error('scormgen', what, error);
  }
}

function startCourse() {
  /** @type {import('./types.js').Data} */
  const data = JSON.parse(find('#sg-data')?.textContent ?? '{}');
  useStrings(data.strings);
  let state = newState();
  let launched = false;
  const now = () => performance.now();
  const status = createStatus(data.language, (event) => event.preventDefault());

  const session = createSession(
    {
      frame: window,
      now,
      date: () => new Date(),
      later: (run, pause) => setTimeout(run, pause),
      online: () => navigator.onLine !== false,
      answers: data.report,
    },
    {
      onLaunch: takeIn,
      wanted: () => ({
        outcome: outcome(data, state),
        location: data.pages.find((page) => page.slot === state.page)?.id ?? '',
        suspendData: (counter, reported) => encode({ ...state, reported }, data.key, counter),
      }),
      latest,
      onState(next, saved) {
        status.show(next, saved);
        if (launched) completion.refresh();
      },
    },
  );

  const questions = data.questions.map((question, index) => {
    const form = /** @type {HTMLFormElement} */ (find(`form[data-question="${index}"]`));
    return createQuestion(form, question, now);
  });
  const assessed = new Set(data.assessments.flatMap((a) => a.pools).flatMap((pool) => pool.questions));

  const certificatePage = find('#sg-certificate');
  const certificate =
    certificatePage &&
    createCertificate(certificatePage, data.language, data.part, () => {
      const scores = assessments.flatMap((assessment) => assessment.best() ?? []);
      return { done: state.done, status: outcome(data, state).status, scores, name: session.name() };
    });

  const pages = createPages(data, () => state, {
    onShow(index) {
      const { slot } = data.pages[index];
      const certified = certificatePage?.hidden === false;
      if (slot >= 0) {
        state.page = slot;
        state.visited.add(slot);
      }
      completion.show(index);
      if (slot < 0 && !certified) return;
      changed();
      if (certified) certificate?.refresh();
    },
    onEnd: () => leave(false),
    isComplete: () => outcome(data, state).final,
  });
  const completion = createCompletion(data, {
    state: () => state,
    isOpen: pages.isOpen,
    isRecorded: () => session.state === 'saved' || session.state === 'saving',
  });

  /** Something of the state has changed: the page shows it, the LMS gets it at the end of this task. */
  function changed() {
    if (!launched) return;
    if (certificate && state.done === null && outcome(data, state).final) state.done = dayNumber(new Date());
    pages.refresh();
    completion.refresh();
    session.save();
  }

  /** @param {Question} question @param {any} answer */
  function report(question, answer) {
    for (const interaction of question.interactions(answer)) session.record(interaction);
  }

  const checks = questions
    .filter((_, index) => !assessed.has(index))
    .map((question) => {
      const check = startCheck(question, (_, answer) => {
        state.checks.set(question.data.slot, question.kind.pack(answer));
        report(question, answer);
        changed();
      });
      return { question, check };
    });
  const assessments = data.assessments.map((assessment, index) =>
    startAssessment(
      /** @type {HTMLElement} */ (find(`[data-assessment="${index}"]`)),
      assessment,
      questions,
      {
        state: () => state,
        review: () => session.state === 'review' || inReview,
        objectives: data.objectives,
        completion,
        now,
        onChange: changed,
        onAnswer: report,
        onObjective: session.rate,
        onKnown(covered) {
          for (const index of covered) state.visited.add(data.pages[index].slot);
        },
      },
    ),
  );
  let inReview = false;

  /**
   * Takes in what the LMS kept. What the learner did before it answered is kept too; a learner who has not moved is taken to the
   * stored place.
   * @param {import('./lms/launch.js').Launched} found
   */
  function takeIn(found) {
    const stored = decode(found.suspendData, data.key);
    inReview = found.review;
    const answered = new Set(state.checks.keys());
    const begun = new Set(state.attempts.keys());
    const moved = state.page !== null;
    if (stored) {
      dropUnknown(stored.state);
      state = merge(stored.state, state);
    }
    const kept = data.pages.findIndex((page) =>
      stored ? page.slot === stored.state.page : found.location !== '' && page.id === found.location,
    );
    const early = launched;
    launched = false;
    for (const { question, check } of checks)
      if (!answered.has(question.data.slot)) check.restore(state.checks.get(question.data.slot));
    for (const assessment of assessments) if (!begun.has(assessment.slot)) assessment.restore();
    if (!moved) pages.show(Math.max(kept, 0), { focus: false });
    launched = true;
    pages.refresh();
    if (early || kept > 0) session.save();
    return { counter: stored?.counter ?? 0, reported: stored?.state.reported ?? null };
  }

  /** What the state knows of the answers that were reported: the latest to each question, and the results by objective. */
  function latest() {
    const given = checks.flatMap(({ question }) => {
      const answer = question.unpack(state.checks.get(question.data.slot));
      return answer === null ? [] : question.interactions(answer, true);
    });
    const submitted = assessments.map((assessment) => assessment.submitted());
    return {
      interactions: [...given, ...submitted.flatMap(({ interactions }) => interactions)],
      objectives: submitted.flatMap(({ objectives }) => objectives),
    };
  }

  /** Forgets slots that the course no longer has. @param {import('./types.js').State} kept */
  function dropUnknown(kept) {
    const slots = (/** @type {{slot: number}[]} */ items) => new Set(items.map((item) => item.slot));
    const known = {
      pages: slots(data.pages),
      questions: slots(data.questions),
      assessments: slots(data.assessments),
    };
    for (const slot of kept.visited) if (!known.pages.has(slot)) kept.visited.delete(slot);
    const answers = [kept.checks, ...[...kept.attempts.values()].map((attempts) => attempts.answers)];
    for (const map of answers)
      for (const slot of map.keys()) if (!known.questions.has(slot)) map.delete(slot);
    for (const slot of kept.attempts.keys()) if (!known.assessments.has(slot)) kept.attempts.delete(slot);
  }

  /** The Exit button. @param {boolean} anyway leave even when the last answers cannot be saved */
  function leave(anyway) {
    for (const assessment of assessments) assessment.keep();
    const saved = session.finish(!anyway);
    const end = /** @type {HTMLElement} */ (find('#sg-end'));
    const review = inReview || !session.opened;
    end.replaceChildren(
      make('h1', '', say(saved || anyway ? 'end_title' : 'end_unsaved_title')),
      make(
        'p',
        '',
        say(
          saved ?
            review ? 'end_review'
            : 'end_saved'
          : anyway ? 'end_lost'
          : 'end_unsaved',
        ),
      ),
    );
    if (!saved && !anyway) {
      end.append(
        makeButton(say('try_saving'), 'sg-button sg-button-main', () => leave(false)),
        makeButton(say('stay'), 'sg-button', () => showEnd(end, false)),
        makeButton(say('leave_anyway'), 'sg-button', () => leave(true)),
      );
    }
    showEnd(end, true);
  }

  /** @param {HTMLElement} end @param {boolean} on */
  function showEnd(end, on) {
    end.hidden = !on;
    document.body.classList.toggle('sg-ended', on);
    setInert('.sg-skip, .sg-header, .sg-notice, .sg-frame', on);
    if (on) stopMedia();
    if (on) focusOn(end);
    else focusOn(/** @type {HTMLElement} */ (find('.sg-page:not([hidden]) .sg-page-title')));
  }

  guarded('print', startPrint);
  for (const element of findAll('[data-module]')) {
    guarded(element.dataset.module ?? '', () => MODULES[element.dataset.module ?? '']?.(element));
  }
  onAction('exit', () => leave(false));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') {
      session.saveNow(); // the learner may have signed in again meanwhile
      return;
    }
    for (const assessment of assessments) assessment.keep();
    session.hide();
  });
  window.addEventListener('pagehide', () => {
    for (const assessment of assessments) assessment.keep();
    session.finish();
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted && session.state === 'closed') status.tell(say('notice_reopen'));
  });
  window.addEventListener('online', () => session.saveNow());

  session.launch();
  if (!launched) {
    for (const assessment of assessments) assessment.restore();
    pages.show(0, { focus: false });
    state.page = null; // the learner has not moved: a place that the LMS keeps wins
    launched = true;
  }
}

guarded('start', startCourse);
