// The course without an LMS: the state is in the browser's own storage, and nobody else is told anything.
//
// All windows that show the course share one state. Each looks at what is stored before it writes, and adds what it has done since;
// the browser tells it when another one has written.

import { VERSION } from '../../codec.js';
import { mergeWindow } from './merge.js';

/**
 * @param {import('../session.js').World} world
 * @param {import('../session.js').Course} course
 * @param {import('../session.js').Signals} signals
 * @param {import('../../course.js').Course} player
 * @returns {ReturnType<import('../session.js').Open>}
 */
export function openWeb(world, course, { onChange }, player) {
  const { frame } = world;
  // From a folder, all courses have one storage. A player that writes the state in another way has a place of its own.
  const name = `scormgen/${VERSION}/${world.key}`;
  let known = ''; // what was last read or written here
  let next = '';
  /** What is stored; throws where the browser has no storage for the course. @returns {string} */
  const stored = () => frame.localStorage.getItem(name) ?? '';

  /** What is stored, with what this window has done since added to its own state. */
  function catchUp() {
    const theirs = stored();
    if (theirs !== known) mergeWindow(player, theirs, known);
    known = theirs;
  }

  /** Another window has written. @param {StorageEvent} event */
  function listen({ key }) {
    if (key === name || key === null) onChange();
  }

  try {
    known = stored();
  } catch {
    return null;
  }
  frame.addEventListener('storage', listen);
  return {
    state: known,
    location: '',
    first: false,
    review: false,
    name: () => '',

    read() {
      try {
        return stored() === known ? 'stored' : 'lost';
      } catch {
        return 'lost';
      }
    },

    write({ again, launch }) {
      try {
        catchUp();
      } catch {
        return 'later';
      }
      const counter = player.decode(known)?.counter ?? 0;
      const { state } = course.wanted();
      // The first write shows whether the browser takes any.
      if (!again && !launch && state(counter, null) === known) return 'nothing';
      next = state(counter + 1, null);
      return 'all';
    },

    commit() {
      try {
        frame.localStorage.setItem(name, next);
      } catch {
        return false; // full, or refused
      }
      known = next;
      return true;
    },

    close: () => frame.removeEventListener('storage', listen),
  };
}
