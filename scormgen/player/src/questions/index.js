// The question kinds by their names: a kind is a module here and one in scormgen/questions/.

import { multiple } from './multiple.js';
import { single } from './single.js';
import { trueFalse } from './true-false.js';

/** @type {Record<string, import('../types.js').Kind>} */
export const kinds = { single, multiple, 'true-false': trueFalse };
