// The LMS's page: scorm-again's SCORM 1.2 runtime, or a conduct of the simulator (conducts.js), watched. What a commit holds goes
// to the test's server at once, so that it outlives the page. Faults of calls are switched on by the test through `lms.fault`,
// faults of requests at the server.

const lms = {
  calls: [],
  fault: null, // 'refuse' | 'drop' | 'throw' | 'slow' | 'late'
  late: [], // calls that an LMS which stores behind the course's back has not come to yet
  pauseMs: 0,
  runtime: null,
  unsaved: false, // scorm-again: the last commit did not reach the server

  // What the LMS holds: everything that was set, write-only elements too.
  snapshot() {
    return JSON.parse(this.runtime.renderCMIToJSONString());
  },

  async start(options) {
    this.options = options;
    if (options.conduct === 'strict') this.startStrict(options);
    else {
      const { createConductOf } = await import('/lms/conducts.js');
      this.runtime = createConductOf(options.conduct, options);
    }
    if (options.api !== false) this.attach();
    document.getElementById('sco').src = options.href;
  },

  startStrict(options) {
    this.runtime = new Scorm12API({
      autocommit: false,
      logLevel: 5,
      mastery_override: false,
      ...options.settings,
    });
    if (options.stored) this.load(options.stored);
    const { core } = this.runtime.cmi;
    core.student_id = options.learner;
    core.student_name = 'Learner, Test';
    core.lesson_mode = options.mode;
    core.credit = options.credit;
    if (options.mastery) this.runtime.cmi.student_data.mastery_score = options.mastery;
  },

  // Whether the course has ended its session, and all that was sent has been answered.
  hasEnded() {
    return this.options.conduct === 'strict' ? !this.runtime.isInitialized() : this.runtime.hasEnded();
  },

  load(stored) {
    const { core, suspend_data } = stored.cmi;
    const { interactions = {}, objectives = {} } = stored.cmi;
    this.runtime.loadFromJSON(
      {
        core: { lesson_location: core.lesson_location, lesson_status: core.lesson_status, score: core.score },
        suspend_data,
        interactions,
        objectives,
      },
      'cmi',
    );
    this.runtime.cmi.core.entry = stored.exit === 'suspend' ? 'resume' : '';
    this.runtime.cmi.core.total_time = stored.total_time;
  },

  attach() {
    const names = [
      'LMSInitialize',
      'LMSFinish',
      'LMSGetValue',
      'LMSSetValue',
      'LMSCommit',
      'LMSGetLastError',
      'LMSGetErrorString',
      'LMSGetDiagnostic',
    ];
    window.API = Object.fromEntries(names.map((name) => [name, (...words) => this.call(name, words)]));
  },

  call(name, words) {
    const entry = { name, args: words, result: null, error: '0', at: performance.now() };
    this.calls.push(entry);
    if (this.fault === 'throw') {
      entry.result = 'threw';
      throw new Error('the LMS is away');
    }
    if (this.fault === 'slow') {
      const until = performance.now() + this.pauseMs;
      while (performance.now() < until);
    }
    if (this.fault === 'refuse' && (name === 'LMSCommit' || name === 'LMSFinish')) {
      entry.result = 'false';
      return 'false';
    }
    if (this.fault === 'drop' && name === 'LMSSetValue') {
      entry.result = 'true';
      return 'true';
    }
    if (this.fault === 'late' && (name === 'LMSSetValue' || name === 'LMSCommit')) {
      entry.result = 'true';
      this.late.push(() => (name === 'LMSCommit' ? this.store(name, words) : this.runtime[name](...words)));
      if (this.late.length === 1) setTimeout(() => this.storeNext(), this.pauseMs);
      return 'true';
    }
    entry.result = this.options.conduct === 'strict' ? this.answer(entry) : this.runtime[name](...words);
    if (!name.startsWith('LMSGetE') && !name.startsWith('LMSGetD') && name !== 'LMSGetLastError') {
      entry.error = this.unsaved ? '101' : this.runtime.LMSGetLastError();
    }
    return entry.result;
  },

  // scorm-again's answer, and what it holds to the server.
  answer({ name, args }) {
    if (name === 'LMSGetLastError' && this.unsaved) return '101';
    const asks = name.startsWith('LMSGetE') || name.startsWith('LMSGetD');
    if (!asks) this.unsaved = false;
    const before = name === 'LMSFinish' ? this.snapshot() : null;
    const result = this.runtime[name](...args);
    if (this.fault === 'drop' || (name !== 'LMSCommit' && name !== 'LMSFinish')) return result;
    this.unsaved = !this.send(name, before ?? this.snapshot());
    return this.unsaved ? 'false' : result;
  },

  store(name, words) {
    this.runtime[name](...words);
    this.send(name, this.snapshot());
  },

  storeNext() {
    this.late[0]();
    this.late.shift();
    if (this.late.length) setTimeout(() => this.storeNext(), this.pauseMs);
  },

  // A synchronous request, as LMSs send them: the browser refuses it while the page unloads. False where the server refused.
  send(name, cmi) {
    const address = `/lms/commit?attempt=${encodeURIComponent(this.options.attempt)}&name=${name}`;
    const request = new XMLHttpRequest();
    request.open('POST', address, false);
    try {
      request.send(JSON.stringify(cmi));
      return request.status === 200 && request.responseText.startsWith('true');
    } catch {
      navigator.sendBeacon(address, JSON.stringify(cmi));
      return true;
    }
  },
};
