// The numbered elements of the data model: cmi.interactions and cmi.objectives.

/** @typedef {{value: string, thrown: boolean}} Answer */

/**
 * @typedef {object} Elements how elements are read and written
 * @property {(element: string) => Answer} get
 * @property {(element: string, value: string) => 'done' | 'never' | 'later'} set
 * @property {() => boolean} isMissing whether the last answer was empty because the LMS has no such element
 */

/**
 * The first free index; -1 where the LMS has no such element, null where it cannot tell it now.
 * @param {Elements} elements @param {string} name
 * @returns {number | null}
 */
export function firstFree(elements, name) {
  const children = elements.get(`${name}._children`);
  if (!children.thrown && children.value === '' && elements.isMissing()) return -1;
  const count = elements.get(`${name}._count`);
  return children.thrown || count.thrown ? null : Number.parseInt(count.value, 10) || 0;
}
