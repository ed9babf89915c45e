// The player's core knows no standard, a target is one entry and one folder, and functions stay short.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import ts from 'typescript';

const SOURCE = new URL('../../scormgen/player/src/', import.meta.url);
const MOST_LINES = 80;
const FILES = readdirSync(SOURCE, { recursive: true }).filter((name) => name.endsWith('.js'));
const read = (name) => readFileSync(new URL(name, SOURCE), 'utf8');

test('words of a standard stand in its own folder alone', () => {
  const words =
    /\bcmi\b|SCORM|scorm(?!gen|12\b)|\bLMS[A-Z]|interaction|suspend|lesson_|\bSCO|fill-in|likert|score\.raw|localStorage/;
  const own = /^(lms\/(scorm12|web)\/|scorm12\.js)/;
  const hits = FILES.filter((name) => !own.test(name)).flatMap((name) =>
    read(name)
      .split('\n')
      .filter((line) => words.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  assert.deepEqual(hits, []);
});

test('nothing but the entry of a target imports from its folder', () => {
  const importing = FILES.filter((name) => !name.startsWith('lms/')).flatMap((name) =>
    [...read(name).matchAll(/^import .* from '.*lms\/(\w+)\//gm)].map(([, target]) => `${name}: ${target}`),
  );
  assert.deepEqual(importing.sort(), ['scorm12.js: scorm12', 'web.js: web', 'web.js: web']);
});

test(`no function is longer than ${MOST_LINES} lines`, () => {
  for (const name of FILES) {
    const file = ts.createSourceFile(name, read(name), ts.ScriptTarget.Latest, true);
    const line = (position) => file.getLineAndCharacterOfPosition(position).line;
    const look = (node) => {
      const lines = line(node.end) - line(node.getStart(file)) + 1;
      if (ts.isFunctionLike(node) && node.body && lines > MOST_LINES)
        assert.fail(`${name}:${line(node.getStart(file)) + 1} has ${lines} lines`);
      ts.forEachChild(node, look);
    };
    look(file);
  }
});
