// Plays sequences of calls on scormgen's simulated LMS and on scorm-again, side by side: a line of JSON in, a line of JSON out.
// In: a list of [function, ...arguments]. Out: for each call the answers [result, error code] of both.

import { createInterface } from 'node:readline';
import { Scorm12API } from '../node_modules/scorm-again/dist/esm/scorm12.js';
import { createRuntime } from '../../scormgen/preview/static/lms/runtime.js';

function answer(api, [name, ...words]) {
  let result;
  try {
    result = String(api[name](...words));
  } catch (error) {
    return ['threw', String(error.message)];
  }
  return [result, String(api.LMSGetLastError())];
}

for await (const line of createInterface({ input: process.stdin })) {
  const theirs = new Scorm12API({ autocommit: false, logLevel: 5, mastery_override: false });
  const ours = createRuntime({}, () => true).api;
  const pairs = JSON.parse(line).map((call) => [answer(ours, call), answer(theirs, call)]);
  process.stdout.write(`${JSON.stringify(pairs)}\n`);
}
