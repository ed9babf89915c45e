// Elements with their attributes and children, and requests to the preview's server.

/**
 * @param {string} tag @param {Record<string, string>} [attributes] @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** The element of that id, of the class that is expected. @template {HTMLElement} T @param {string} id @param {new () => T} kind @returns {T} */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`there is no ${id}`);
  return found;
}

/** @param {string} path @param {unknown} [body] posted as JSON where it is given @returns {Promise<any>} */
export async function ask(path, body) {
  const options =
    body === undefined ?
      {}
    : {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      };
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

/** A problem with its place and line, as the command line shows it. @param {any} problem */
export function problemItem(problem) {
  const place = problem.line ? `${problem.path}:${problem.line}:${problem.column}` : problem.path;
  const item = element('li', { class: problem.severity });
  item.append(
    element('p', { class: 'place' }, place),
    element('p', {}, element('strong', {}, `${problem.severity} ${problem.code}`), `: ${problem.message}`),
  );
  if (problem.line && problem.excerpt.trim()) {
    const { start } = problem;
    const marked = element('mark', {}, problem.excerpt.slice(start, start + problem.width) || ' ');
    item.append(
      element(
        'pre',
        {},
        problem.excerpt.slice(0, start),
        marked,
        problem.excerpt.slice(start + problem.width),
      ),
    );
  }
  item.append(element('p', { class: 'hint' }, problem.hint));
  return item;
}
