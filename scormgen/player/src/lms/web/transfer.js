// The learner's progress as a file: saved from one browser, read in another.

import { VERSION, encode } from '../../codec.js';
import { find, make, makeButton, say } from '../../dom.js';
import { addCopy } from './merge.js';

/** @typedef {import('../../types.js').Data} Data */
/** @typedef {import('../../course.js').Course} Course */

const FORMAT = 'scormgen-progress';
const FORMAT_VERSION = 1;

/**
 * The text of a file.
 * @param {Data} data @param {string} state @param {Date} date
 */
export function writeFile(data, state, date) {
  const { course, title, version, sco } = data;
  const file = { format: FORMAT, formatVersion: FORMAT_VERSION, course, title, version, sco, state, date };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * The state in a file, or the string that says why there is none that this course can take.
 * @param {Data} data @param {string} text
 * @returns {{state: string} | {problem: string, title?: string}}
 */
export function readFile(data, text) {
  /** @type {any} */
  let file = null;
  try {
    file = JSON.parse(text);
  } catch {
    // not JSON
  }
  if (file?.format !== FORMAT || typeof file.state !== 'string') return { problem: 'import_no_file' };
  if (file.formatVersion > FORMAT_VERSION || Number(file.state[0]) > Number(VERSION))
    return { problem: 'import_newer' };
  if (file.course !== data.course || file.sco !== data.sco)
    return { problem: 'import_other', title: String(file.title ?? file.course) };
  return { state: file.state };
}

/** Has the browser save a file. @param {string} name @param {string} text */
function download(name, text) {
  const link = /** @type {HTMLAnchorElement} */ (make('a'));
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // not before the browser has begun to read it
}

/**
 * Puts the two buttons below the contents.
 * @param {Data} data @param {Course} player @param {(text: string, closable: boolean) => void} tell
 */
export function startTransfer(data, player, tell) {
  const note = make('p');
  note.setAttribute('role', 'status');
  const input = /** @type {HTMLInputElement} */ (make('input'));
  input.type = 'file';
  input.accept = '.json,application/json';
  input.hidden = true;
  input.addEventListener('change', async () => {
    const [chosen] = input.files ?? [];
    if (!chosen) return;
    const text = await chosen.text().catch(() => '');
    input.value = ''; // the same file may be chosen again
    const found = readFile(data, text);
    note.textContent = '';
    if ('problem' in found) note.textContent = say(found.problem, { title: found.title ?? '' });
    else if (addCopy(data, player, found.state)) tell(say('import_done'), true);
    else note.textContent = say('import_no_file');
  });
  const button = 'sg-button sg-button-quiet';
  const box = make('div', 'sg-print', [
    makeButton(say('export'), button, () => {
      player.keep();
      const text = writeFile(data, encode(player.state, data.key, 0), new Date());
      download(`${data.course}-progress.json`, text);
    }),
    makeButton(say('import'), button, () => input.click()),
    input,
    note,
  ]);
  find('.sg-print')?.after(box);
}
