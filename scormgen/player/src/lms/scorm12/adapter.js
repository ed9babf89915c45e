// The SCORM 1.2 adapter of the session: writes early and little, and loses nothing.
//
// A commit counts as failed where the LMS says so or throws, where the browser is offline, where it saw the LMS's request fail
// (witness.js), and where the LMS does not give back the suspend data. It is then repaired in three commits: a probe, and the
// two rounds of rounds.js. What an LMS has lost without a sign is found at the next launch, by what the suspend data says was reported, and
// written again (answers.js).

import { createAnswers } from './answers.js';
import { findApi } from './api.js';
import { createConnection } from './connection.js';
import { STATUS, createCore } from './core.js';
import { readLaunch } from './launch.js';
import { createProof } from './proof.js';
import { createSteps } from './steps.js';

/** @typedef {import('../session.js').Save} Save */
/** @typedef {import('../session.js').Written} Written */

/** @type {import('../session.js').Open} */
export function openScorm12(world, course, { onLoss }) {
  const found = findApi(world.frame);
  const launched = found && readLaunch(found.api);
  if (!launched) return null;
  const connection = createConnection(found.api, world);
  const { get, ledger } = connection;
  const core = createCore(connection, launched, course);
  const answers = createAnswers(world, course, connection, launched);
  const proof = createProof(world, connection, core, found.frame, onLoss);
  const steps = createSteps(connection, core, answers, proof);
  let readable = true; // whether the LMS gives back the status that it was given
  let isProbe = false; // whether the last write was a probe, after which the rounds begin
  /** @type {Save} */
  let last = {};

  /** @param {string} status what the LMS gives back */
  function setReadable(status) {
    readable = status !== '';
    if (!readable) answers.replaceAll();
  }

  /** @param {Save} save @param {boolean | undefined} prove @returns {Written} */
  function writeStep(save, prove) {
    const wasProbe = isProbe;
    isProbe = Boolean(save.again && !save.rest);
    if (isProbe) return steps.writeProbe();
    if (save.rest ? wasProbe : ledger.astray || steps.isLast()) return steps.writeOthers();
    return save.rest ? steps.writeRight() : steps.writeNew(save, prove);
  }

  return {
    ...launched,
    read: proof.read,

    write(save, given, results) {
      answers.add(given, results);
      if (save.launch) {
        core.begin(save.launch);
        if (!save.first) {
          setReadable(launched.status);
          answers.compare(save.launch.reported, readable, core.isWhole());
        }
      }
      if (save.close && !save.rest && !readable) ledger.setAll();
      last = save.leaving ? { leaving: true } : last;
      if (save.leaving) return save.rest ? steps.writeNew({}) : steps.writeLeaving();
      // The last save has the suspend data in any case, because earlier ones may have been lost without a sign; but where the LMS stores late, it
      // would keep the learner waiting.
      const prove = save.close && readable && !proof.isLate();
      if (!save.rest && !save.again && !save.time && !steps.isDue(save, prove)) return 'nothing';
      last = save;
      proof.begin();
      return proof.note(writeStep(save, prove), save.first);
    },

    commit() {
      if (last.leaving) return connection.commit(true);
      const taken = proof.commit();
      if (last.first) setReadable(launched.credit ? get(STATUS).value : 'unknown');
      return taken;
    },

    close(time) {
      if (time) connection.setTime();
      connection.finish();
      proof.stop();
    },
  };
}
