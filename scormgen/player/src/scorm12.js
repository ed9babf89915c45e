// The player of SCORM 1.2 packages: player/player.js.

import { createScorm12 } from './lms/scorm12/adapter.js';
import { start } from './main.js';

start({ createAdapter: createScorm12, words: '' });
