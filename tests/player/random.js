// Numbers that look random and are always the same for a seed.

/** @param {number} seed @returns {(most: number) => number} whole numbers from 0 to below `most` */
export function generator(seed) {
  let s = seed >>> 0;
  const next = (most) => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return Math.floor((s / 2 ** 32) * most);
  };
  next(2); // small seeds begin alike
  return next;
}
