// A scenario with branches: a choice in each scene, and the path that they make. The answer is the decisions in their order.

import { find, findAll, focusOn, make, makeHtml, say } from '../dom.js';
import { optionText } from './options.js';

/** @typedef {import('../types.js').Key} Key */
/** @typedef {import('../types.js').Step} Step */

/** @type {WeakMap<HTMLFormElement, string[]>} the decisions made so far */
const paths = new WeakMap();

/** @param {HTMLFormElement} form */
const scenes = (form) => findAll('.sg-scene', form);

/** @param {HTMLElement} scene @param {string} letter */
const decision = (scene, letter) => find(`.sg-decision[data-option="${letter}"]`, scene);

/**
 * The steps of a path, as far as the scenario still has them, and the scene where it ends.
 * @param {HTMLFormElement} form @param {string[]} path
 */
function walk(form, path) {
  const all = scenes(form);
  let scene = all[0];
  /** @type {Step[]} */
  const steps = [];
  for (const letter of path) {
    const to = decision(scene, letter)?.dataset.to;
    const next = all.find(({ dataset }) => dataset.part === to);
    if (!next) break;
    steps.push({ part: scene.dataset.part ?? '', letter });
    scene = next;
    // Who comes back to a scene decides there anew: a path never goes through one twice.
    const before = steps.findIndex(({ part }) => part === scene.dataset.part);
    if (before >= 0) steps.splice(before);
  }
  return { steps, scene, ended: !find('.sg-decision', scene) };
}

/** What a path means as an answer; null if nothing is decided. @param {HTMLFormElement} form @param {string[]} path */
function answerOf(form, path) {
  const { steps, scene, ended } = walk(form, path);
  return steps.length ?
      { steps, ended, end: scene.dataset.part, path: steps.map(({ letter }) => letter) }
    : null;
}

/** Shows the scene that the path leads to. @param {HTMLFormElement} form */
function refresh(form) {
  const { scene } = walk(form, paths.get(form) ?? []);
  for (const other of scenes(form)) other.hidden = other !== scene;
  return scene;
}

/** @param {HTMLFormElement} form @param {HTMLElement} button */
function decide(form, button) {
  const answer = answerOf(form, [...(paths.get(form) ?? []), button.dataset.option ?? '']);
  paths.set(form, answer?.path ?? []);
  focusOn(refresh(form));
  // A knowledge check is answered when its scenario has ended; an assessment goes on when the learner does.
  if (answer?.ended && find('.sg-actions', form)) form.requestSubmit();
}

/** @param {HTMLFormElement} form @param {string[]} letters */
function decisionWords(form, letters) {
  return letters
    .map((letter) => optionText(find(`.sg-decision[data-option="${letter}"]`, form), letter))
    .join(' \u2192 ');
}

/**
 * Whether a decision was right; null if its scene has none that is, or none that is not.
 * @param {HTMLFormElement} form @param {Key} key @param {Step} step
 */
function judge(form, key, { part, letter }) {
  const right = key.right[part];
  const scene = find(`.sg-scene[data-part="${part}"]`, form);
  const all = scene ? findAll('.sg-decision', scene).map(({ dataset }) => dataset.option ?? '') : [];
  return right && !all.every((other) => right.includes(other)) ? right.includes(letter) : null;
}

/**
 * What was decided, each with whether it was right and with what the author says of it.
 * @param {HTMLFormElement} form @param {Key} key @param {any} answer @param {boolean} told
 */
function pathList(form, key, answer, told) {
  const items = answer.steps.map((/** @type {Step} */ step) => {
    const right = judge(form, key, step);
    const item = make('li', '', [decisionWords(form, [step.letter])]);
    if (right !== null) {
      item.className = right ? 'sg-option-right' : 'sg-option-wrong';
      item.append(make('p', 'sg-mark', say(right ? 'mark_right' : 'mark_wrong')));
    }
    const feedback = told && key.feedback?.[step.letter];
    if (feedback) item.append(makeHtml('div', 'sg-feedback-part', feedback));
    return item;
  });
  return make('div', 'sg-path', [make('p', 'sg-path-title', say('your_decisions')), make('ol', '', items)]);
}

/** How a path ended, never what one decision of it was. @param {HTMLFormElement} form @param {Key} key @param {any} answer @param {number | null} share */
function verdict(form, key, answer, share) {
  const { scene, ended } = walk(form, answer.path);
  const end = find('.sg-scene-title', scene)?.textContent ?? '';
  if (!ended) return { word: say('scenario_open'), name: 'wrong' };
  if (share === null) return { word: say('scenario_end', { end }), name: 'neutral' };
  const earned = scenario.share(key, answer);
  const [name, how] =
    earned === 1 ? ['right', 'good']
    : earned > 0 ? ['partly', 'fair']
    : ['wrong', 'bad'];
  if (answer.end in key.score) return { word: say(`scenario_${how}`, { end }), name };
  const marks = answer.steps.map((/** @type {Step} */ step) => judge(form, key, step));
  const n = marks.filter((/** @type {boolean | null} */ mark) => mark).length;
  const all = marks.filter((/** @type {boolean | null} */ mark) => mark !== null).length;
  const word =
    all ? 'scenario_decided'
    : earned ? 'scenario_end'
    : 'scenario_none';
  return { word: say(word, { n, all, end }), name };
}

/** The text of an ending, for a result. @param {HTMLFormElement} form @param {any} answer */
function endText(form, answer) {
  const { scene } = walk(form, answer.path);
  const text = make(
    'div',
    'sg-feedback-part',
    [...scene.childNodes].map((node) => node.cloneNode(true)),
  );
  find('.sg-scene-title', text)?.remove();
  for (const term of findAll('.sg-term', text)) term.replaceWith(term.textContent ?? '');
  for (const named of findAll('[id]', text)) named.removeAttribute('id');
  return text;
}

/** @type {import('../types.js').Kind} */
export const scenario = {
  shape: 'path',
  start: (form) => {
    for (const button of findAll('.sg-decision', form)) {
      button.addEventListener('click', () => decide(form, button));
    }
  },
  read: (form) => answerOf(form, paths.get(form) ?? []),
  unclear: (form) => (scenario.read(form)?.ended === false ? 'decide_first' : null),
  show: (form, answer) => {
    paths.set(form, answer?.path ?? []);
    refresh(form);
  },
  mark: (form, key, answer) => {
    find('.sg-path', form)?.remove();
    if (answer) find('.sg-scenario', form)?.prepend(pathList(form, key, answer, true));
  },
  share: (key, answer) => {
    if (!answer.ended) return 0;
    if (answer.end in key.score) return key.score[answer.end];
    const judged = answer.steps.filter((/** @type {Step} */ { part }) => key.right[part]);
    const hits = judged.filter((/** @type {Step} */ { part, letter }) => key.right[part].includes(letter));
    return judged.length ? hits.length / judged.length : 0;
  },
  responses: (key, answer, _data, share) => [
    ...(answer?.steps ?? []).map((/** @type {Step} */ { part, letter }) => ({
      part,
      shape: 'choice',
      given: [letter],
      right: (key.right[part] ?? []).map((/** @type {string} */ right) => [right]),
      share: key.right[part] ? Number(key.right[part].includes(letter)) : null,
      points: 0,
    })),
    { shape: 'path', given: answer?.steps ?? null, right: [], share },
  ],
  pack: (answer) => ({ list: answer.path }),
  unpack: (raw, { options }, form) => {
    const list = 'list' in raw ? raw.list : [];
    return answerOf(
      form,
      list.flatMap((letter) => (letter !== null && options.includes(letter) ? [letter] : [])),
    );
  },
  chosen: () => [], // a decision's feedback stands with it, in the path
  verdict,
  retell: (form, key, answer, told) => [
    pathList(form, key, answer, told),
    ...(told && answer.ended ? [endText(form, answer)] : []),
  ],
  words: (form, answer) => decisionWords(form, answer.path),
  rightWords: () => '',
};
