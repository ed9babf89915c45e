// Small helpers for the page: finding, making and filling elements, and the player's words.

/** @type {Record<string, string>} */
let words = {};
let prefix = '';

/** Sets the words of the course's language. @param {Record<string, string>} strings @param {string} own prefix of the texts that replace others */
export function useStrings(strings, own) {
  words = strings;
  prefix = own;
}

/**
 * A word or sentence of the player, with `{name}` replaced.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  const text = words[prefix + key] ?? words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement | null} */
export function find(selector, root = document) {
  return root.querySelector(selector);
}

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement[]} */
export function findAll(selector, root = document) {
  return [...root.querySelectorAll(selector)].map((element) => /** @type {HTMLElement} */ (element));
}

/**
 * A new element with a class and content: text, or elements.
 * @param {string} tag
 * @param {string} [name]
 * @param {string | (Node | string)[]} [content]
 */
export function make(tag, name = '', content = []) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...(typeof content === 'string' ? [content] : content));
  return element;
}

/** A button that does something. @param {string} text @param {string} name @param {() => void} run */
export function makeButton(text, name, run) {
  const button = /** @type {HTMLButtonElement} */ (make('button', name, text));
  button.type = 'button';
  button.addEventListener('click', run);
  return button;
}

/** HTML that the build made of the author's Markdown. @param {string} tag @param {string} name @param {string} html */
export function makeHtml(tag, name, html) {
  const element = make(tag, name);
  element.innerHTML = html;
  return element;
}

/** Moves the focus to an element that may not be able to take it by itself. @param {HTMLElement} element */
export function focusOn(element) {
  if (
    !element.hasAttribute('tabindex') &&
    !element.matches('a[href], button, input, select, textarea, summary')
  ) {
    element.tabIndex = -1;
  }
  element.focus({ preventScroll: false });
}

/**
 * Moves the focus to something long and shows its beginning: a browser takes for in view whatever fills the window.
 * @param {HTMLElement} element
 */
export function focusOnTop(element) {
  focusOn(element);
  element.scrollIntoView();
}

/** Takes parts of the page out of reach, of the keyboard too, or brings them back. @param {string} selector @param {boolean} on */
export function setInert(selector, on) {
  for (const part of findAll(selector)) part.inert = on;
}

/** Does what a control with `data-action` says. @param {string} action @param {() => void} run @param {ParentNode} [root] */
export function onAction(action, run, root = document) {
  for (const control of findAll(`[data-action="${action}"]`, root)) control.addEventListener('click', run);
}
