// True or false: like single, but a type of its own for the LMS.

import { single } from './single.js';

/** @type {import('../types.js').Kind} */
export const trueFalse = { ...single, type: 'true-false' };
