// True or false: like single, but a shape of its own.

import { single } from './single.js';

/** @type {import('../types.js').Kind} */
export const trueFalse = { ...single, shape: 'true-false' };
