// The numbered elements of the data model: cmi.interactions and cmi.objectives.

const LIMIT = 4096; // no learner gives so many answers: an LMS that seems to hold them says yes to anything

/** @typedef {import('./api.js').Answer} Answer */

/**
 * @typedef {object} Elements how elements are read and written
 * @property {(element: string) => Answer} get
 * @property {(element: string, value: string) => 'done' | 'never' | 'later'} set
 * @property {() => boolean} isMissing whether the last answer was empty because the LMS has no such element
 */

/**
 * The first free index; -1 where the LMS has no such element, null if it cannot tell it now.
 * @param {Elements} elements @param {string} name
 * @param {boolean} [used] whether the LMS has been seen to take such entries: it is then not asked whether it does
 * @returns {number | null}
 */
export function firstFree(elements, name, used = false) {
  const children = used ? null : elements.get(`${name}._children`);
  if (children?.value === '' && !children.thrown && elements.isMissing()) return -1;
  const count = elements.get(`${name}._count`);
  if (children?.thrown || count.thrown) return null;
  const given = Number.parseInt(count.value, 10);
  return Number.isNaN(given) ? searchFree(elements, name) : given;
}

/**
 * The first free index where an LMS keeps what it is given and does not count it: such an LMS gives back what it has, others
 * answer that it cannot be read. Numbering from 0 again would write over the answers of earlier sessions.
 * @param {Elements} elements @param {string} name
 */
function searchFree(elements, name) {
  const isTaken = (/** @type {number} */ index) => elements.get(`${name}.${index}.id`).value !== '';
  let taken = -1;
  let free = 0;
  while (free < LIMIT && isTaken(free)) [taken, free] = [free, 2 * free + 1];
  while (free - taken > 1) {
    const middle = Math.floor((taken + free) / 2);
    if (isTaken(middle)) taken = middle;
    else free = middle;
  }
  return free;
}
