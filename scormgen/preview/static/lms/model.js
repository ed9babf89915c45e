// The data model of SCORM 1.2 (Run-Time Environment 1.2): every element with its access, its type and its default.

import * as is from './formats.js';

/** @typedef {{access: 'r' | 'w' | 'rw', check: (value: string, type?: string) => boolean, value: string}} Element */

/** @param {Element['access']} access @param {Element['check']} check @param {string} [value] @returns {Element} */
const element = (access, check, value = '') => ({ access, check, value });
/** What nobody may set needs no check. @param {string} [value] */
const readOnly = (value) => element('r', () => true, value);

// An array's index stands as `n` in these names.
/** @type {Record<string, Element>} */
export const ELEMENTS = {
  'cmi.core.student_id': readOnly(),
  'cmi.core.student_name': readOnly(),
  'cmi.core.lesson_location': element('rw', is.text(255)),
  'cmi.core.credit': readOnly('credit'),
  'cmi.core.lesson_status': element(
    'rw',
    is.words('passed', 'completed', 'failed', 'incomplete', 'browsed'),
    'not attempted',
  ),
  'cmi.core.entry': readOnly('ab-initio'),
  'cmi.core.score.raw': element('rw', is.score),
  'cmi.core.score.max': element('rw', is.score),
  'cmi.core.score.min': element('rw', is.score),
  'cmi.core.total_time': readOnly('0000:00:00.00'),
  'cmi.core.lesson_mode': readOnly('normal'),
  'cmi.core.exit': element('w', is.words('time-out', 'suspend', 'logout', '')),
  'cmi.core.session_time': element('w', is.timespan),
  'cmi.suspend_data': element('rw', is.text(4096)),
  'cmi.launch_data': readOnly(),
  'cmi.comments': element('rw', is.text(4096)),
  'cmi.comments_from_lms': readOnly(),
  'cmi.objectives.n.id': element('rw', is.identifier),
  'cmi.objectives.n.score.raw': element('rw', is.score),
  'cmi.objectives.n.score.max': element('rw', is.score),
  'cmi.objectives.n.score.min': element('rw', is.score),
  'cmi.objectives.n.status': element(
    'rw',
    is.words('passed', 'completed', 'failed', 'incomplete', 'browsed', 'not attempted'),
  ),
  'cmi.student_data.mastery_score': readOnly(),
  'cmi.student_data.max_time_allowed': readOnly(),
  'cmi.student_data.time_limit_action': readOnly(),
  'cmi.student_preference.audio': element('rw', is.integer(-1, 100), '0'),
  'cmi.student_preference.language': element('rw', is.text(255)),
  'cmi.student_preference.speed': element('rw', is.integer(-100, 100), '0'),
  'cmi.student_preference.text': element('rw', is.integer(-1, 1), '0'),
  'cmi.interactions.n.id': element('w', is.identifier),
  'cmi.interactions.n.objectives.n.id': element('w', is.identifier),
  'cmi.interactions.n.time': element('w', is.time),
  'cmi.interactions.n.type': element('w', is.words(...is.INTERACTION_TYPES)),
  'cmi.interactions.n.correct_responses.n.pattern': element('w', (value, type) => is.feedback(type, value)),
  'cmi.interactions.n.weighting': element('w', is.decimal),
  'cmi.interactions.n.student_response': element('w', (value, type) => is.feedback(type, value)),
  'cmi.interactions.n.result': element('w', is.result),
  'cmi.interactions.n.latency': element('w', is.timespan),
};

export const VERSION = '3.4';

/** What `_children` of each group answers. @type {Record<string, string>} */
export const CHILDREN = {
  'cmi.core':
    'student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time',
  'cmi.core.score': 'raw,min,max',
  'cmi.objectives': 'id,score,status',
  'cmi.objectives.n.score': 'raw,min,max',
  'cmi.student_data': 'mastery_score,max_time_allowed,time_limit_action',
  'cmi.student_preference': 'audio,language,speed,text',
  'cmi.interactions': 'id,objectives,time,type,correct_responses,weighting,student_response,result,latency',
};

/** What has `_count`. */
export const ARRAYS = [
  'cmi.objectives',
  'cmi.interactions',
  'cmi.interactions.n.objectives',
  'cmi.interactions.n.correct_responses',
];

/** @type {Record<string, string>} */
export const ERRORS = {
  0: 'No error',
  101: 'General exception',
  201: 'Invalid argument error',
  202: 'Element cannot have children',
  203: 'Element not an array - cannot have count',
  301: 'Not initialized',
  401: 'Not implemented error',
  402: 'Invalid set value, element is a keyword',
  403: 'Element is read only',
  404: 'Element is write only',
  405: 'Incorrect Data Type',
};

/** A name with its indexes as `n`, as it stands in ELEMENTS. @param {string} name */
export const general = (name) => name.replace(/\.\d+(?=\.|$)/g, '.n');

/** Whether a name asks for `_children`, `_count` or `_version`. @param {string} name */
export const isKeyword = (name) => /\._(children|count|version)$/.test(name);

/** The error of a name that is neither an element nor a keyword that can be read. @param {string} name @returns {[string, string]} */
export function unknownName(name) {
  const base = general(name).replace(/\._(children|count)$/, '');
  if (name.endsWith('._children')) {
    return base in ELEMENTS || ARRAYS.includes(base) ?
        ['202', `${base} has no children`]
      : ['201', `${name} is not in the data model`];
  }
  if (name.endsWith('._count')) {
    return base in ELEMENTS || base in CHILDREN ?
        ['203', `${base} is not an array`]
      : ['201', `${name} is not in the data model`];
  }
  return ['201', `${name} is not in the data model of SCORM 1.2`];
}
