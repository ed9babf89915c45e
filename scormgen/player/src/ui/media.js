// Captions from the page itself: an LMS may serve a .vtt file with a wrong type, or not at all. A video shows them on its picture; an
// audio player shows none, so they are shown in a box below it.

import { find, findAll, make, say } from '../dom.js';

/** @typedef {{lang: string, label: string, cues: [start: number, end: number, text: string][]}} Captions */

/** @param {HTMLElement} root */
export function startMedia(root) {
  const media = /** @type {HTMLMediaElement | null} */ (root.querySelector('video, audio'));
  const data = find('.sg-captions', root);
  if (!media || !data) return;
  /** @type {Captions[]} */
  const captions = JSON.parse(data.textContent ?? '[]');
  const tracks = captions.map(({ lang, label, cues }) => {
    const track = media.addTextTrack('captions', nameOf(lang) ?? label, lang);
    for (const [start, end, text] of cues) track.addCue(new VTTCue(start, end, text));
    track.mode = captions.length === 1 ? 'showing' : 'hidden';
    return track;
  });
  if (media.matches('audio')) showBelow(media, tracks);
}

/** A language in its own words, such as Deutsch; undefined if its code is none. @param {string} code */
function nameOf(code) {
  try {
    return new Intl.DisplayNames([code], { type: 'language' }).of(code);
  } catch {
    return undefined;
  }
}

/**
 * The sentence that is heard, in a box below the player, from the first time that it plays or is moved.
 * @param {HTMLMediaElement} media
 * @param {TextTrack[]} tracks
 */
function showBelow(media, tracks) {
  const box = make('div', 'sg-caption');
  box.hidden = true;
  box.dir = 'auto'; // its language may be written the other way than the course
  media.after(box);
  const language = media.closest('[lang]')?.getAttribute('lang');
  let shown = tracks.find((track) => track.language === language) ?? tracks[0];

  function refresh() {
    const cues = /** @type {VTTCue[]} */ ([...(shown.activeCues ?? [])]);
    box.lang = shown.language;
    box.replaceChildren(...cues.map((cue) => make('p', '', [cue.getCueAsHTML()])));
  }

  for (const track of tracks) {
    track.mode = 'hidden'; // cues come, and the browser draws none
    track.addEventListener('cuechange', refresh);
  }
  for (const event of ['play', 'seeking']) media.addEventListener(event, () => (box.hidden = false));
  if (tracks.length > 1) box.before(chooseLanguage(tracks, shown, (track) => ((shown = track), refresh())));
}

/** @param {TextTrack[]} tracks @param {TextTrack} shown @param {(track: TextTrack) => void} onChoose */
function chooseLanguage(tracks, shown, onChoose) {
  const list = /** @type {HTMLSelectElement} */ (make('select', 'sg-input'));
  list.append(...tracks.map((track) => new Option(track.label, track.label, false, track === shown)));
  list.addEventListener('change', () => onChoose(tracks[list.selectedIndex]));
  return make('label', 'sg-caption-language', [make('span', '', say('captions')), list]);
}

/** No media plays after the course is closed. */
export function stopMedia() {
  for (const media of findAll('video, audio')) /** @type {HTMLMediaElement} */ (media).pause();
}
