// The player of courses without an LMS: player/web.js.

import { makeButton, say } from './dom.js';
import { openWeb } from './lms/web/adapter.js';
import { startTransfer } from './lms/web/transfer.js';
import { start } from './main.js';

const reopen = () => location.reload();

// The browser may bring a page back that was left, and with it a session that has ended.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) reopen();
});

start({
  open: openWeb,
  isRecorded: false,
  words: 'web_',
  start: startTransfer,
  after: () => [makeButton(say('reopen'), 'sg-button sg-button-main', reopen)],
});
