// The review widget's face: draws, plays, and tells the kernel what the reviewer does. It decides nothing.
// No library, no network: the kernel sends the pictures' numbers and the sound of the stretches that are asked for.

const VERDICTS = {
  confirmed: { do: "confirm", word: "Confirm", key: "c", sign: "▲", told: "confirmed" },
  possible: { do: "possible", word: "Possible", key: "p", sign: "○", told: "possible" },
  echo: { do: "echo", word: "Echo", key: "e", sign: "✕", told: "an echo" },
  rejected: { do: "reject", word: "Reject", key: "x", sign: "–", told: "rejected" },
};
const OPEN = { sign: "◇", told: "not reviewed" };
const BEFORE_S = 0.35;
const AFTER_S = 0.65;
const MOST_HEARD_S = 30;
const NARROWEST_S = 0.01;
const AROUND = 40;
const AT_ONCE = new Set([" ", "v", "l", "s", "+", "=", "-"]);
const KEYS = [
  ["n", "next without a verdict"], ["← →", "mark before, after"], ["Space", "play around it"],
  ["Shift Space", "play at the slow speed"], ["v", "play all that is shown"], ["l", "loop"], ["c", "confirm"], ["p", "possible"],
  ["e", "echo"], ["x", "reject"], ["Backspace", "no verdict"], ["a", "add a shot at the cursor"],
  [", .", "1 ms earlier, later"], ["< >", "10 ms earlier, later"], ["m", "move it to the cursor"], ["u", "undo"],
  ["Shift U", "redo"], ["1 – 9", "assign shooter"], ["s", "name a shooter"], ["+ −", "zoom"], ["t", "hear the next camera"],
];

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

const seconds = (time, digits = 3) => `${time.toFixed(digits)} s`;

// Asks the kernel, and keeps who waits for which answer.
class Kernel {
  constructor(model) {
    this.model = model;
    this.waiting = new Map();
    this.count = 0;
    this.hear = (message, buffers) => {
      const done = this.waiting.get(message.id);
      if (!done) return;
      this.waiting.delete(message.id);
      if (message.error) done.no(new Error(message.error));
      else done.yes({ ...message, buffers: buffers || [] });
    };
    model.on("msg:custom", this.hear);
  }
  ask(message) {
    const id = `${Date.now()}-${++this.count}`;
    return new Promise((yes, no) => {
      this.waiting.set(id, { yes, no });
      this.model.send({ ...message, id });
    });
  }
  close() {
    this.model.off("msg:custom", this.hear);
  }
}

const bytes = (Kind, view) => {
  const whole = view.buffer ? view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength) : view;
  return new Kind(whole);
};

// Plays stretches of sound; where it is now, for the moving cursor.
class Player {
  constructor(kernel, told) {
    this.kernel = kernel;
    this.told = told;
    this.source = null;
    this.kept = new Map();
  }
  async stretch(clip, start, stop) {
    const key = `${clip} ${start.toFixed(4)} ${stop.toFixed(4)}`;
    if (!this.kept.has(key)) {
      const got = await this.kernel.ask({ kind: "sound", clip, start_s: start, stop_s: stop });
      const samples = bytes(Int16Array, got.buffers[0]);
      const buffer = this.context.createBuffer(got.channels, got.frames, got.rate);
      for (let channel = 0; channel < got.channels; channel++) {
        const into = buffer.getChannelData(channel);
        for (let at = 0; at < got.frames; at++) into[at] = samples[at * got.channels + channel] / 32768;
      }
      if (this.kept.size > 12) this.kept.delete(this.kept.keys().next().value);
      this.kept.set(key, { buffer, t_s: got.t_s });
    }
    return this.kept.get(key);
  }
  async play(clip, start, stop, speed, loop) {
    this.stop();
    this.context = this.context || new AudioContext();
    // Asked for within the key's or click's own event, so that the browser lets it sound.
    const awake = this.context.resume();
    const turn = (this.turn = Symbol("turn"));
    const { buffer, t_s } = await this.stretch(clip, start, stop);
    await awake;
    if (this.turn !== turn) return;
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.playbackRate.value = speed;
    source.loop = loop;
    source.connect(this.context.destination);
    source.onended = () => {
      if (this.source === source) this.stop();
    };
    this.source = source;
    this.from = { t_s, at: this.context.currentTime, speed, length: buffer.duration, loop };
    source.start();
    this.told();
  }
  stop() {
    this.turn = null;
    const source = this.source;
    this.source = null;
    if (source) {
      source.onended = null;
      try { source.stop(); } catch { /* it had ended */ }
      source.disconnect();
      this.told();
    }
  }
  now() {
    if (!this.source) return null;
    const gone = (this.context.currentTime - this.from.at) * this.from.speed;
    return this.from.t_s + (this.from.loop ? gone % this.from.length : Math.min(gone, this.from.length));
  }
  close() {
    this.stop();
    if (this.context) this.context.close();
  }
}

class Face {
  constructor(model, el) {
    this.model = model;
    this.kernel = new Kernel(model);
    this.player = new Player(this.kernel, () => this.playing());
    this.state = model.get("state");
    this.selected = (this.state.marks.find((mark) => !mark.verdict) || this.state.marks[0] || {}).id || null;
    this.heard = 0;
    this.loop = false;
    this.speed = 0.5;
    this.goOn = true;
    this.views = new Map();
    this.strip = null;
    const [first, last] = this.state.extent;
    this.window = [first, Math.min(last, first + 12)];
    this.cursor = this.mark() ? this.mark().t_s : first;
    this.build(el);
    this.show(this.cursor);
    this.refresh();
    this.changed = () => { this.state = model.get("state"); this.refresh(); };
    model.on("change:state", this.changed);
    this.sizes = new ResizeObserver(() => this.look());
    this.sizes.observe(this.root);
    this.themes = new MutationObserver(() => this.draw());
    this.themes.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  }

  close() {
    this.closed = true;
    this.player.close();
    this.kernel.close();
    this.sizes.disconnect();
    this.themes.disconnect();
    this.model.off("change:state", this.changed);
  }

  mark(id = this.selected) {
    return this.state.marks.find((mark) => mark.id === id) || null;
  }

  // Building

  build(el) {
    // What sounds must begin within its own event, or the browser keeps it silent: it waits for no turn.
    const plain = (word, key, act, more = {}) =>
      make("button", { type: "button", onclick: act, "aria-keyshortcuts": key || false, ...more }, word,
        ...(key ? [make("kbd", { "aria-hidden": "true" }, key)] : []));
    const button = (word, key, act, more = {}) => plain(word, key, () => this.inTurn(act), more);
    this.heading = make("h3");
    this.counts = make("span", { class: "kit-counts" });
    this.saved = make("span", { class: "kit-quiet kit-saved" });
    this.bar = make("progress", { "aria-label": "marks reviewed" });
    this.stripCanvas = make("canvas", { class: "kit-strip", role: "img" });
    this.status = make("p", { role: "status", "aria-live": "polite", class: "kit-quiet" });
    this.alert = make("p", { role: "alert" });
    this.about = make("div", { class: "kit-about" });
    this.list = make("ol", { class: "kit-list", role: "listbox", tabindex: "0", "aria-label": "marks in order of time" });
    this.clips = this.state.clips.map((clip, place) => {
      const canvas = make("canvas", { class: "kit-clip", role: "img" });
      const hear = make("button", { type: "button", "aria-pressed": "false", onclick: () => this.hear(place) }, "Hear");
      hear.setAttribute("aria-label", `Hear ${clip.file}`);
      const caption = make("figcaption", {}, hear, make("span", {}, this.clipWords(clip)));
      const figure = make("figure", {}, caption, canvas);
      this.pointing(canvas, place);
      return { canvas, figure, hear, file: clip.file };
    });
    this.judges = Object.entries(VERDICTS).map(([verdict, about]) =>
      button(about.word, about.key, () => this.judge(about.do), { "data-verdict": verdict, "aria-pressed": "false" }));
    this.loopButton = plain("Loop", "l", () => this.toggleLoop(), { "aria-pressed": "false" });
    this.playButton = plain("Play", "Space", () => this.play(1), { "aria-pressed": "false", class: "kit-play" });
    this.speedChoice = make("select", { "aria-label": "slow speed", onchange: (event) => { this.speed = +event.target.value; } },
      make("option", { value: "0.5", selected: true }, "half speed"), make("option", { value: "0.25" }, "quarter speed"));
    this.goOnBox = make("input", { type: "checkbox", checked: true, onchange: (event) => { this.goOn = event.target.checked; } });
    this.undoButton = button("Undo", "u", () => this.send({ do: "undo" }));
    this.redoButton = button("Redo", "U", () => this.send({ do: "redo" }));
    this.names = make("datalist", { id: `kit-names-${Math.random().toString(36).slice(2)}` });
    this.shooter = make("input", { type: "text", size: "14", "aria-label": "who fired", placeholder: "who fired", list: this.names.id });
    this.side = make("select", { "aria-label": "side of who fired" },
      ...["police", "other", "unknown"].map((side) => make("option", { value: side }, side)));
    this.whoRow = make("form", { class: "kit-row", onsubmit: (event) => { event.preventDefault(); const [who, side] = [this.shooter.value, this.side.value]; this.inTurn(() => this.assign(who, side)); this.root.focus(); } },
      this.shooter, this.side, this.names, make("button", { type: "submit" }, "Assign"));
    this.quick = make("div", { class: "kit-row" });
    const row = (label, ...children) => make("div", { class: "kit-row", role: "group", "aria-label": label }, ...children);
    this.root = make("section",
      { class: "kit-review", tabindex: "0", "aria-label": "Review of proposed shots", "data-lm-suppress-shortcuts": "true" },
      make("div", { class: "kit-head" }, this.heading,
        ...(this.state.simulated ? [make("span", { class: "kit-simulated" }, "SIMULATED")] : []), this.counts, this.saved),
      this.bar, this.stripCanvas,
      ...this.clips.map((clip) => clip.figure),
      make("div", { class: "kit-work" },
        make("div", {}, this.about,
          row("verdict", ...this.judges, make("label", { class: "kit-check" }, this.goOnBox, "then go on")),
          row("listening", this.playButton, plain("Slow", "Shift+Space", () => this.play(this.speed)), this.speedChoice, this.loopButton,
            plain("Play view", "v", () => this.playView())),
          row("marks", button("Next open", "n", () => this.next()), button("Add at cursor", "a", () => this.add()),
            button("Move to cursor", "m", () => this.move(this.cursor)), button("−1 ms", ",", () => this.nudge(-0.001)),
            button("+1 ms", ".", () => this.nudge(0.001)), this.undoButton, this.redoButton),
          row("view", button("Zoom in", "+", () => this.zoom(0.5)), button("Zoom out", "-", () => this.zoom(2)),
            button("Earlier", null, () => this.pan(-0.5)), button("Later", null, () => this.pan(0.5))),
          this.whoRow, this.quick),
        this.list),
      this.status, this.alert,
      make("details", {}, make("summary", {}, "Keys"),
        make("ul", { class: "kit-keys" }, ...KEYS.map(([key, what]) => make("li", {}, make("kbd", {}, key), what)))));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.stripCanvas.addEventListener("pointerdown", (event) => {
      const [first, last] = this.state.extent;
      const box = this.stripCanvas.getBoundingClientRect();
      this.cursor = first + ((event.clientX - box.left) / box.width) * (last - first);
      this.show(this.cursor, true);
    });
    el.append(this.root);
  }

  clipWords(clip) {
    const aligned = clip.u_s > 0 ? `, aligned to ±${(clip.u_s * 1000).toFixed(1)} ms` : "";
    return `${clip.file}${clip.officer ? ` (${clip.officer})` : ""}${aligned}`;
  }

  pointing(canvas, place) {
    const timeAt = (event) => {
      const box = canvas.getBoundingClientRect();
      return this.window[0] + ((event.clientX - box.left) / box.width) * (this.window[1] - this.window[0]);
    };
    canvas.addEventListener("pointerdown", (event) => {
      this.hear(place);
      this.cursor = timeAt(event);
      const reach = ((this.window[1] - this.window[0]) / canvas.clientWidth) * 6;
      const near = this.state.marks
        .map((mark) => [Math.abs(mark.t_s - this.cursor), mark])
        .filter(([distance]) => distance <= reach)
        .sort((one, other) => one[0] - other[0])[0];
      if (near) this.select(near[1].id, false);
      else this.refresh();
    });
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      if (event.ctrlKey) this.zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(event));
      else this.pan(Math.sign(event.deltaY || event.deltaX) * 0.2);
    }, { passive: false });
  }

  // What the reviewer does

  // One act after the other, each on the state that the one before left: quick keys must neither overtake each other
  // nor judge one mark twice.
  inTurn(act) {
    this.turns = (this.turns || Promise.resolve()).then(act).catch((error) => { this.alert.textContent = error.message; });
    return this.turns;
  }

  async send(action) {
    const answer = await this.kernel.ask({ kind: "do", action });
    this.alert.textContent = "";
    return answer;
  }

  async judge(what) {
    const mark = this.mark();
    if (!mark) return;
    await this.send({ do: what, mark: mark.id });
    const told = what === "clear" ? "without a verdict" : Object.values(VERDICTS).find((about) => about.do === what).told;
    this.say(`${seconds(mark.t_s)} is ${told}.`);
    if (this.goOn && what !== "clear") this.next(mark.id, false);
  }

  async add() {
    const clip = this.state.clips[this.heard].file;
    const answer = await this.send({ do: "add", t_s: this.cursor, u_s: this.finest(), clip });
    this.select(answer.mark, false);
    this.say(`Added a shot at ${seconds(this.cursor)}.`);
  }

  async move(time) {
    const mark = this.mark();
    if (!mark) return;
    await this.send({ do: "move", mark: mark.id, t_s: Math.round(time * 1e6) / 1e6, u_s: this.finest() });
    this.cursor = time;
    this.refresh();
    this.say(`Moved to ${seconds(time)}.`);
  }

  async nudge(step) {
    if (this.mark()) await this.move(this.mark().t_s + step);
  }

  async assign(name, side) {
    const mark = this.mark();
    if (!mark) return;
    await this.send({ do: "shooter", mark: mark.id, shooter: name, side });
    this.say(`${name || "Nobody known"} fired at ${seconds(mark.t_s)}.`);
  }

  // How closely a hand can place a mark: the time under one pixel.
  finest() {
    return (this.window[1] - this.window[0]) / Math.max(this.stripCanvas.clientWidth, 1);
  }

  say(words) {
    this.status.textContent = `${words} ${this.state.reviewed} of ${this.state.there} reviewed, saved.`;
  }

  select(id, centre = true) {
    if (!this.mark(id)) return;
    this.selected = id;
    this.cursor = this.mark().t_s;
    const [start, stop] = this.window;
    const margin = (stop - start) * 0.08;
    if (centre || this.cursor < start + margin || this.cursor > stop - margin) this.show(this.cursor);
    this.refresh();
  }

  next(after = this.selected, tell = true) {
    const marks = this.state.marks;
    const from = marks.findIndex((mark) => mark.id === after) + 1;
    const open = [...marks.slice(from), ...marks.slice(0, from)].find((mark) => !mark.verdict);
    if (open) this.select(open.id, false);
    else if (tell || !open) this.status.textContent = "Every mark has a verdict.";
  }

  step(by) {
    const place = this.state.marks.findIndex((mark) => mark.id === this.selected);
    const other = this.state.marks[Math.max(0, Math.min(this.state.marks.length - 1, place + by))];
    if (other) this.select(other.id, false);
  }

  hear(place) {
    this.heard = place;
    this.player.stop();
    this.refresh();
  }

  toggleLoop() {
    this.loop = !this.loop;
    this.player.stop();
    this.refresh();
  }

  async listen(start, stop, speed) {
    try {
      await this.player.play(this.state.clips[this.heard].file, start, stop, speed, this.loop);
      this.alert.textContent = "";
    } catch (error) {
      this.alert.textContent = error.message;
    }
  }

  play(speed) {
    if (this.player.source) return this.player.stop();
    const time = this.mark() ? this.mark().t_s : this.cursor;
    return this.listen(time - BEFORE_S, time + AFTER_S, speed);
  }

  playView() {
    if (this.player.source) return this.player.stop();
    return this.listen(this.window[0], Math.min(this.window[1], this.window[0] + MOST_HEARD_S), 1);
  }

  playing() {
    this.playButton.setAttribute("aria-pressed", String(!!this.player.source));
    const move = () => {
      this.draw();
      if (this.player.source && !this.closed) requestAnimationFrame(move);
    };
    move();
  }

  key(event) {
    const within = event.target;
    if (within.matches("input[type=text], select")) {
      if (event.key === "Escape") this.root.focus();
      return;
    }
    const onControl = within.matches("button, summary, input");
    if (onControl && (event.key === " " || event.key === "Enter")) return;
    const command = event.ctrlKey || event.metaKey;
    const act = command
      ? { z: () => this.send({ do: event.shiftKey ? "redo" : "undo" }), y: () => this.send({ do: "redo" }) }[event.key.toLowerCase()]
      : this.keys(event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (AT_ONCE.has(event.key)) act();
    else this.inTurn(act);
  }

  keys(event) {
    const judged = Object.values(VERDICTS).find((about) => about.key === event.key);
    if (judged) return () => this.judge(judged.do);
    if (/^[1-9]$/.test(event.key)) {
      const who = this.state.shooters[+event.key - 1];
      return who ? () => this.assign(who.name, who.side) : null;
    }
    return {
      " ": () => this.play(event.shiftKey ? this.speed : 1),
      Enter: () => this.judge("confirm"),
      Backspace: () => this.judge("clear"),
      ArrowRight: () => this.step(1),
      ArrowDown: () => this.step(1),
      ArrowLeft: () => this.step(-1),
      ArrowUp: () => this.step(-1),
      n: () => this.next(),
      a: () => this.add(),
      m: () => this.move(this.cursor),
      ",": () => this.nudge(-0.001),
      ".": () => this.nudge(0.001),
      "<": () => this.nudge(-0.01),
      ">": () => this.nudge(0.01),
      u: () => this.send({ do: "undo" }),
      U: () => this.send({ do: "redo" }),
      v: () => this.playView(),
      l: () => this.toggleLoop(),
      s: () => this.shooter.focus(),
      t: () => this.hear((this.heard + 1) % this.clips.length),
      "+": () => this.zoom(0.5),
      "=": () => this.zoom(0.5),
      "-": () => this.zoom(2),
    }[event.key];
  }

  // What is shown

  show(time, keep = false) {
    const [first, last] = this.state.extent;
    const length = Math.min(this.window[1] - this.window[0], Math.max(last - first, NARROWEST_S));
    const start = Math.max(first, Math.min(time - length / 2, last - length));
    this.window = [start, start + length];
    this.look();
    if (keep) this.draw();
  }

  zoom(factor, about = this.cursor) {
    const [first, last] = this.state.extent;
    const [start, stop] = this.window;
    const centre = Math.max(start, Math.min(about, stop));
    const length = Math.max(NARROWEST_S, Math.min((stop - start) * factor, last - first));
    const from = Math.max(first, Math.min(centre - ((centre - start) / (stop - start)) * length, last - length));
    this.window = [from, from + length];
    this.look();
  }

  pan(share) {
    const length = this.window[1] - this.window[0];
    this.show((this.window[0] + this.window[1]) / 2 + share * length);
  }

  look() {
    this.draw();
    clearTimeout(this.waits);
    this.waits = setTimeout(() => this.fetch(), 40);
  }

  // One question at a time for each canvas; what changed meanwhile is asked when the answer is there.
  async fetch() {
    if (this.fetching || this.closed) {
      this.again = true;
      return;
    }
    this.fetching = true;
    const wanted = [...this.window];
    const [first, last] = this.state.extent;
    const width = Math.max(50, Math.min(2000, Math.round(this.stripCanvas.clientWidth)));
    try {
      for (const clip of this.clips) {
        this.views.set(clip.file, this.understood(await this.kernel.ask({ kind: "view", clip: clip.file, start_s: wanted[0], stop_s: wanted[1], width })));
        this.draw();
      }
      if (!this.strip || !this.strip.finished || this.strip.file !== this.clips[this.heard].file) {
        const file = this.clips[this.heard].file;
        const strip = this.understood(await this.kernel.ask({ kind: "view", clip: file, start_s: first, stop_s: last, width }));
        this.strip = { ...strip, file };
        if (strip.error) this.alert.textContent = strip.error;
        if (!strip.finished) setTimeout(() => this.fetch(), 700);
      }
    } catch (error) {
      this.alert.textContent = error.message;
    }
    this.fetching = false;
    this.draw();
    if (this.again) {
      this.again = false;
      this.fetch();
    }
  }

  understood(answer) {
    const [low, high, levels, known] = answer.buffers;
    return { ...answer, buffers: null, low: bytes(Int8Array, low), high: bytes(Int8Array, high), levels: bytes(Uint8Array, levels), known: bytes(Uint8Array, known) };
  }

  refresh() {
    const state = this.state;
    if (!this.mark()) this.selected = (state.marks[0] || {}).id || null;
    this.heading.textContent = state.title || "Review of proposed shots";
    this.bar.max = Math.max(state.there, 1);
    this.bar.value = state.reviewed;
    const { confirmed, possible, echo, rejected } = state.counted;
    this.counts.textContent = `${state.reviewed} of ${state.there} reviewed: ${confirmed + echo} confirmed, plus ${possible} possible, minus ${echo} possible echo${echo === 1 ? "" : "es"}; ${rejected} rejected`;
    this.saved.textContent = `${state.reviewer}${state.saved_at ? `, saved ${state.saved_at.slice(11, 19)} UTC in ${state.journal}` : ", nothing decided yet"}`;
    this.undoButton.disabled = !state.can_undo;
    this.redoButton.disabled = !state.can_redo;
    this.loopButton.setAttribute("aria-pressed", String(this.loop));
    this.clips.forEach((clip, place) => {
      clip.figure.classList.toggle("kit-heard", place === this.heard);
      clip.hear.setAttribute("aria-pressed", String(place === this.heard));
    });
    const mark = this.mark();
    this.judges.forEach((one) => one.setAttribute("aria-pressed", String(!!mark && mark.verdict === one.dataset.verdict)));
    this.names.replaceChildren(...state.shooters.map((who) => make("option", { value: who.name })));
    this.quick.replaceChildren(...state.shooters.slice(0, 9).map((who, place) =>
      make("button", { type: "button", onclick: () => this.inTurn(() => this.assign(who.name, who.side)) }, who.name, make("kbd", { "aria-hidden": "true" }, String(place + 1)))));
    this.describe(mark);
    this.fillList();
    this.draw();
  }

  describe(mark) {
    if (!mark) {
      this.about.replaceChildren(make("p", {}, "There is no mark. Click in the picture and add one."));
      return;
    }
    const place = this.state.marks.indexOf(mark) + 1;
    const verdict = mark.verdict ? VERDICTS[mark.verdict] : OPEN;
    const score = mark.score === null || mark.score === undefined ? "" : `, score ${mark.score.toFixed(2)}`;
    const origin = mark.added ? "added by hand" : `proposed on ${mark.clip}${score}`;
    this.about.replaceChildren(
      make("p", {}, make("strong", {}, `Mark ${place} of ${this.state.marks.length}: ${seconds(mark.t_s, 4)}`),
        ` ± ${(mark.u_s * 1000).toFixed(1)} ms`, make("span", { class: `kit-${mark.verdict || "open"}` }, `  ${verdict.sign} ${verdict.told}`)),
      make("p", { class: "kit-quiet" }, `${origin}${mark.moved ? ", moved by hand" : ""}. Who fired: ${mark.shooter}${mark.side === "unknown" ? "" : ` (${mark.side})`}.`),
      ...(mark.reasons.length ? [make("p", { class: "kit-quiet" }, mark.reasons.join("; "))] : []));
  }

  // The list shows the marks around the selected one: thousands of proposals must not slow a key.
  fillList() {
    const marks = this.state.marks;
    const place = marks.findIndex((mark) => mark.id === this.selected);
    const first = Math.max(0, place - AROUND);
    const shown = marks.slice(first, place + AROUND + 1);
    this.list.replaceChildren(...shown.map((mark, at) => {
      const verdict = mark.verdict ? VERDICTS[mark.verdict] : OPEN;
      const who = mark.shooter === "unknown" ? "" : `, ${mark.shooter}`;
      return make("li", { role: "option", id: `${this.names.id}-${mark.id}`, "aria-selected": String(mark.id === this.selected), "aria-posinset": String(first + at + 1),
        "aria-setsize": String(marks.length), onclick: () => this.inTurn(() => this.select(mark.id, false)) },
        make("span", { class: `kit-${mark.verdict || "open"}`, "aria-hidden": "true" }, verdict.sign), make("span", {}, seconds(mark.t_s)),
        make("span", {}, `${verdict.told}${who}`));
    }));
    const row = this.list.children[place - first];
    if (row) {
      this.list.setAttribute("aria-activedescendant", row.id);
      this.list.scrollTop = row.offsetTop - this.list.offsetTop - this.list.clientHeight / 2;
    } else this.list.removeAttribute("aria-activedescendant");
  }

  // Drawing

  colours() {
    const style = getComputedStyle(this.root);
    const named = {};
    for (const name of ["paper", "panel", "ink", "quiet", "line", "wave", "none", "heat", "focus", "confirmed", "possible", "echo", "rejected", "open"])
      named[name] = style.getPropertyValue(`--${name}`).trim();
    return named;
  }

  ready(canvas) {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
    if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    return { pen, width, height };
  }

  draw() {
    if (this.closed || !this.root.isConnected) return;
    const colours = this.colours();
    this.clips.forEach((clip) => this.drawClip(clip, colours));
    this.drawStrip(colours);
  }

  drawClip(clip, colours) {
    const { pen, width, height } = this.ready(clip.canvas);
    if (!width) return;
    const [start, stop] = this.window;
    const at = (time) => ((time - start) / (stop - start)) * width;
    const wave = Math.round(height * 0.5);
    const foot = 16;
    pen.fillStyle = colours.panel;
    pen.fillRect(0, 0, width, height);
    const view = this.views.get(clip.file);
    if (view) {
      const [from, to] = [at(view.start_s), at(view.stop_s)];
      this.drawWave(pen, view, from, to, 0, wave, colours);
      this.drawLevels(pen, view, from, to, wave, height - wave - foot, colours);
    }
    this.drawTimes(pen, at, width, height, foot, colours);
    for (const mark of this.state.marks) {
      if (mark.t_s < start - 1 || mark.t_s > stop + 1) continue;
      this.drawMark(pen, mark, at(mark.t_s), Math.max(((mark.u_s || 0) / (stop - start)) * width, 0), height - foot, clip.file, colours);
    }
    this.drawCursor(pen, at(this.cursor), height - foot, colours.ink, [3, 3]);
    const now = this.player.now();
    if (now !== null && this.clips[this.heard] === clip) this.drawCursor(pen, at(now), height - foot, colours.focus, []);
    const shown = this.state.marks.filter((mark) => mark.t_s >= start && mark.t_s <= stop);
    clip.canvas.setAttribute("aria-label", `Waveform and spectrogram of ${clip.file} from ${seconds(start, 2)} to ${seconds(stop, 2)}, with ${shown.length} marks`);
  }

  drawWave(pen, view, from, to, top, height, colours, scale = null) {
    const step = (to - from) / view.width;
    let most = 1;
    for (let at = 0; at < view.width; at++) most = Math.max(most, view.high[at], -view.low[at]);
    const middle = top + height / 2;
    const tall = (height / 2 - 2) / (scale || most);
    pen.fillStyle = colours.none;
    // In whole runs: columns side by side would leave seams between them.
    for (let at = 0; at < view.width; at++) {
      const since = at;
      while (at < view.width && !view.known[at]) at++;
      if (at > since) pen.fillRect(from + since * step, top, (at - since) * step, height);
    }
    pen.fillStyle = colours.wave;
    for (let at = 0; at < view.width; at++) {
      if (!view.known[at]) continue;
      const upper = middle - view.high[at] * tall;
      const lower = middle - view.low[at] * tall;
      pen.fillRect(from + at * step, upper, Math.max(step, 0.8), Math.max(lower - upper, 1));
    }
  }

  drawLevels(pen, view, from, to, top, height, colours) {
    if (!view.image || view.imageOf !== colours.heat) {
      const image = document.createElement("canvas");
      image.width = view.width;
      image.height = view.bands;
      const brush = image.getContext("2d");
      const pixels = brush.createImageData(view.width, view.bands);
      const [ink, paper, none] = [colours.heat, colours.panel, colours.none].map((hex) => this.rgb(hex));
      const [quiet, loud] = this.range(view);
      for (let at = 0; at < view.width; at++) {
        for (let band = 0; band < view.bands; band++) {
          const level = Math.max(0, Math.min(1, (view.levels[at * view.bands + band] - quiet) / (loud - quiet)));
          const place = ((view.bands - 1 - band) * view.width + at) * 4;
          for (let channel = 0; channel < 3; channel++)
            pixels.data[place + channel] = view.known[at] ? paper[channel] + (ink[channel] - paper[channel]) * level : none[channel];
          pixels.data[place + 3] = 255;
        }
      }
      brush.putImageData(pixels, 0, 0);
      view.image = image;
      view.imageOf = colours.heat;
    }
    pen.imageSmoothingEnabled = true;
    pen.drawImage(view.image, from, top, to - from, height);
  }

  // From the level that half of what is shown stays under, to the loudest: a clip's own noise stays pale.
  range(view) {
    const counts = new Uint32Array(256);
    let all = 0;
    for (let at = 0; at < view.width; at++) {
      if (!view.known[at]) continue;
      for (let band = 0; band < view.bands; band++) counts[view.levels[at * view.bands + band]]++;
      all += view.bands;
    }
    let [below, quiet, loud] = [0, 0, 255];
    while (quiet < 254 && (below += counts[quiet]) < all / 2) quiet++;
    while (loud > quiet + 1 && !counts[loud]) loud--;
    return [quiet, Math.max(loud, quiet + 40)];
  }

  rgb(hex) {
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  }

  drawTimes(pen, at, width, height, foot, colours) {
    const [start, stop] = this.window;
    const raw = ((stop - start) / width) * 90;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= raw);
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    pen.fillStyle = colours.paper;
    pen.fillRect(0, height - foot, width, foot);
    pen.fillStyle = colours.quiet;
    pen.font = "11px system-ui, sans-serif";
    pen.textBaseline = "middle";
    for (let number = Math.ceil(start / step); number * step <= stop; number++) {
      const x = at(number * step);
      pen.fillRect(x, height - foot, 1, 4);
      if (x < width - 44) pen.fillText(seconds(number * step, digits), x + 3, height - foot / 2 + 1);
    }
  }

  // Verdicts differ by shape and dash as well as by colour.
  drawMark(pen, mark, x, reach, bottom, file, colours) {
    const verdict = mark.verdict || "open";
    const chosen = mark.id === this.selected;
    pen.save();
    pen.globalAlpha = mark.clip === file ? 1 : 0.55;
    pen.strokeStyle = pen.fillStyle = colours[verdict];
    if (reach > 1) {
      pen.save();
      pen.globalAlpha *= 0.18;
      pen.fillRect(x - reach, 0, 2 * reach, bottom);
      pen.restore();
    }
    pen.lineWidth = chosen ? 2.5 : 1.25;
    pen.setLineDash({ open: [5, 3], rejected: [1, 4], echo: [7, 2, 1, 2] }[verdict] || []);
    pen.beginPath();
    pen.moveTo(x, 14);
    pen.lineTo(x, bottom);
    pen.stroke();
    pen.setLineDash([]);
    pen.font = `${chosen ? "bold 15px" : "12px"} system-ui, sans-serif`;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    pen.fillText((VERDICTS[verdict] || OPEN).sign, x, 0);
    pen.restore();
  }

  drawCursor(pen, x, bottom, colour, dash) {
    pen.save();
    pen.strokeStyle = colour;
    pen.setLineDash(dash);
    pen.beginPath();
    pen.moveTo(x, 0);
    pen.lineTo(x, bottom);
    pen.stroke();
    pen.restore();
  }

  drawStrip(colours) {
    const { pen, width, height } = this.ready(this.stripCanvas);
    if (!width) return;
    const [first, last] = this.state.extent;
    const at = (time) => ((time - first) / Math.max(last - first, 1e-9)) * width;
    pen.fillStyle = colours.panel;
    pen.fillRect(0, 0, width, height);
    if (this.strip) this.drawWave(pen, this.strip, at(this.strip.start_s), at(this.strip.stop_s), 10, height - 10, colours);
    for (const mark of this.state.marks) {
      pen.fillStyle = colours[mark.verdict || "open"];
      pen.fillRect(at(mark.t_s) - 0.75, 0, 1.5, mark.verdict ? 9 : 5);
    }
    const [from, to] = this.window.map(at);
    pen.strokeStyle = colours.focus;
    pen.lineWidth = 2;
    pen.strokeRect(Math.max(1, from), 1, Math.max(3, Math.min(to, width - 1) - Math.max(1, from)), height - 2);
    const pending = this.strip && !this.strip.finished ? "; the rest is being worked out" : "";
    this.stripCanvas.setAttribute("aria-label", `The whole recording, ${seconds(last - first, 1)}, with ${this.state.marks.length} marks; shown below: ${seconds(this.window[0], 2)} to ${seconds(this.window[1], 2)}${pending}`);
  }
}

function render({ model, el }) {
  const face = new Face(model, el);
  return () => face.close();
}

export default { render };
