// What a good citizen would not do, though the standard allows it or only frowns: told beside the call. docs/lms.md says why.

/** @typedef {{name: string, args: string[], result: string, error: string}} Call */
/** @typedef {import('./runtime.js').Data} Data */

const DONE = ['passed', 'completed'];
const RECORDS = /^cmi\.core\.(lesson_status|score\.\w+)$/;

/**
 * Watches one session. @param {Data} stored what the session began with
 * @returns {(call: Call) => string[]} the warnings about a call, told once it has been answered
 */
export function createConduct(stored) {
  /** @type {Set<string>} */
  const set = new Set();
  /** @type {Set<string>} */
  const uncommitted = new Set();
  let status = stored['cmi.core.lesson_status'] ?? 'not attempted';
  const mode = stored['cmi.core.lesson_mode'] || 'normal';
  const credit = stored['cmi.core.credit'] || 'credit';
  let commits = 0;
  let done = false;

  /** @param {string} name @param {string} value */
  function onSet(name, value) {
    const warnings = [];
    if (RECORDS.test(name) && (mode !== 'normal' || credit === 'no-credit')) {
      warnings.push(
        `written in ${mode === 'normal' ? 'no-credit' : mode} mode: a learner who only reviews the course changes the record`,
      );
    }
    if (name === 'cmi.core.lesson_status') {
      if (DONE.includes(status) && !DONE.includes(value)) warnings.push(`changes ${status} back to ${value}`);
      status = value;
    }
    if (name.startsWith('cmi.core.score.') && uncommitted.has('cmi.core.lesson_status')) {
      warnings.push(
        'the score is set after the status: some LMSs store the status at once, with the old score',
      );
    }
    if (name === 'cmi.core.score.raw' && !(set.has('cmi.core.score.min') && set.has('cmi.core.score.max'))) {
      warnings.push('score.raw is set before score.min and score.max: an LMS does not know the range');
    }
    if (/^cmi\.interactions\.\d+\.(student_response|correct_responses\.\d+\.pattern)$/.test(name)) {
      if (!set.has(`${name.split('.').slice(0, 3).join('.')}.type`))
        warnings.push('the type of the interaction is not set yet');
    }
    if (name === 'cmi.suspend_data' && /[^ -~]/.test(value)) {
      warnings.push('characters beyond ASCII: some LMSs cut or change them');
    }
    if (name === 'cmi.suspend_data' && value.length > 3900)
      warnings.push(`${value.length} of 4096 characters are used`);
    set.add(name);
    uncommitted.add(name);
    return warnings;
  }

  function onFinish() {
    const warnings = [];
    if (status === 'not attempted') warnings.push('no lesson_status was set: the LMS sets completed');
    if (!set.has('cmi.core.session_time'))
      warnings.push('no session_time was set: the learner’s time is lost');
    if (!set.has('cmi.core.exit')) warnings.push('no exit was set: the LMS does not know whether to resume');
    return warnings;
  }

  return ({ name, args, result }) => {
    if (done) return ['called after LMSFinish'];
    if (name === 'LMSSetValue' && result === 'true') return onSet(args[0], args[1]);
    if (name === 'LMSCommit' && result === 'true') {
      commits += 1;
      const idle = uncommitted.size === 0 && commits > 1;
      uncommitted.clear();
      return idle ? ['nothing has changed since the last commit'] : [];
    }
    if (name === 'LMSFinish' && result === 'true') {
      done = true;
      return onFinish();
    }
    return [];
  };
}
