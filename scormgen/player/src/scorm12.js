// The player of SCORM 1.2 packages: player/player.js.

import { openScorm12 } from './lms/scorm12/adapter.js';
import { start } from './main.js';

start({ open: openScorm12, isRecorded: true, words: '' });
