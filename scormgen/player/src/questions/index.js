// The question kinds by their names: a kind is a module here and one in scormgen/questions/.

import { gaps } from './gaps.js';
import { matching } from './matching.js';
import { multiple } from './multiple.js';
import { number } from './number.js';
import { order } from './order.js';
import { scenario } from './scenario.js';
import { single } from './single.js';
import { survey } from './survey.js';
import { text } from './text.js';
import { trueFalse } from './true-false.js';

/** @type {Record<string, import('../types.js').Kind>} */
export const kinds = {
  single,
  multiple,
  'true-false': trueFalse,
  matching,
  order,
  gaps,
  text,
  number,
  survey,
  scenario,
};
