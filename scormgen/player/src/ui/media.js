// Captions from the page itself: an LMS may serve a .vtt file with a wrong type, or not at all.

import { find, findAll } from '../dom.js';

/** @param {HTMLElement} root */
export function startMedia(root) {
  const media = /** @type {HTMLMediaElement | null} */ (root.querySelector('video, audio'));
  const data = find('.sg-captions', root);
  if (!media || !data) return;
  const tracks = JSON.parse(data.textContent ?? '[]');
  for (const { lang, label, cues } of tracks) {
    const track = media.addTextTrack('captions', label, lang);
    for (const [start, end, text] of cues) track.addCue(new VTTCue(start, end, text));
    track.mode = tracks.length === 1 ? 'showing' : 'hidden';
  }
}

/** Nothing plays on behind the words that say the course is over. */
export function stopMedia() {
  for (const media of findAll('video, audio')) /** @type {HTMLMediaElement} */ (media).pause();
}
