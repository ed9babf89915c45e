// Interactions and objectives of a session: what is waiting, and what has to be written again because the LMS has lost it.

import { createInteractions } from './interactions.js';
import { createObjectives } from './objectives.js';

/** @typedef {import('../session.js').Given} Given */
/** @typedef {import('../../types.js').ObjectiveResult} ObjectiveResult */
/** @typedef {ReturnType<typeof createAnswers>} Answers */

/**
 * @param {import('../session.js').World} world
 * @param {import('../session.js').Course} course
 * @param {import('./connection.js').Connection} connection
 * @param {import('./launch.js').Start} launched
 */
export function createAnswers(world, course, { elements }, { credit }) {
  const interactions = createInteractions(world.answers, elements);
  const objectives = createObjectives(elements);
  let earlier = 0; // entries of cmi.interactions that were reported in earlier sessions

  return {
    /** @param {Given[]} given @param {ObjectiveResult[]} results */
    add(given, results) {
      for (const { at, fact } of given) interactions.add(fact, at);
      if (credit) results.forEach(objectives.add);
    },

    /** Sends all that is known as entries of its own, whatever became of those before. */
    addAgain() {
      const { answers, results } = course.latest();
      interactions.addAgain(answers, world.date());
      objectives.addAgain(results);
    },

    /**
     * Compares what the LMS gives back with what the suspend data says was reported, and has what is missing written again. Status
     * and score need nothing here: `changes` sees that they differ.
     * @param {import('../../types.js').Reported | null} before null if the suspend data does not say: it is of an older version
     * @param {boolean} readable whether the LMS gives back what it was given
     * @param {boolean} whole whether it has the status that was reported
     */
    compare(before, readable, whole) {
      const { answers, results } = course.latest();
      earlier = before?.count ?? answers.length;
      const count = readable && earlier ? interactions.count(true) : null;
      const met = readable && credit && results.length ? objectives.count(true) : null;
      const lost = count !== null && count >= 0 && count < earlier;
      const few = met !== null && met >= 0 && met < results.length;
      if (readable && !lost && !few && whole) return;
      if (!readable || lost) interactions.addAgain(answers, world.date(), lost ? earlier - count : 0);
      if (credit) results.forEach(objectives.add);
    },

    replaceAll: interactions.replaceAll,

    /** How many interactions the LMS is to have. */
    count: () => interactions.expected(earlier),

    isWaiting: () => interactions.isWaiting() || objectives.isWaiting(),

    /** Sets what is waiting; false if it has to be done again. */
    write: () => interactions.write() && objectives.write(),
  };
}
