// The whole: sliders, the number of all together, and a fan for every indicator.
//
// Streamlit calls the default export again at every rerun. What came with the bytes is built once
// for each digest; answers arrive through the second component, whose messages are small.

const ANSWER = "zone-outlook-answer";
const ASK = "zone-outlook-ask";
const MISSED = "zone-outlook-lost";
const LOST = 3000; // milliseconds after which an answer to something else tells that a release is
// lost: Streamlit stops a run that is overtaken before it answers
const views = new WeakMap();

class View {
  constructor(parent) {
    this.root = make("div", "zl");
    parent.append(this.root);
    this.digest = "";
    this.answer = null;
    this.waiting = null; // what was released and is not answered yet
    this.releases = 0;
    this.onAnswer = (event) => this.receive(event.detail);
    document.addEventListener(ANSWER, this.onAnswer);
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.root);
    this.onWindow = () => this.resize();
    addEventListener("resize", this.onWindow);
  }

  close() {
    document.removeEventListener(ANSWER, this.onAnswer);
    removeEventListener("resize", this.onWindow);
    this.sizes.disconnect();
    clearTimeout(this.patience);
  }

  // A picture that changes under a drag waits until the slider is let go.
  load(bytes) {
    if (digestOf(bytes) === this.digest) return;
    if (this.held()) {
      this.next = bytes;
      return;
    }
    this.next = null;
    const focused = this.root.contains(document.activeElement)
      ? document.activeElement.closest("[data-control]")?.dataset.control : null;
    const values = this.controls ? this.values() : {};
    this.build(unpack(bytes));
    for (const [id, value] of Object.entries(values)) this.controls.get(id)?.set(value);
    if (focused) this.controls.get(focused)?.range.focus({ preventScroll: true });
    this.show(true);
    document.dispatchEvent(new CustomEvent(ASK));
  }

  build(head) {
    this.head = head;
    this.digest = head.digest;
    this.engine = new Engine(head);
    const names = Object.fromEntries(head.panels.map(({ indicator, name }) => [indicator, name]));
    const most = Object.fromEntries(head.panels.map(({ indicator, moved }) => [indicator, moved]));
    this.controls = new Map();
    const groups = head.groups.map((group) => this.group(group, names, most));
    this.together = new Together(head, names);
    this.panels = head.panels.map((panel) => new Panel(panel, head));
    this.said = make("div", "zl-said");
    this.said.setAttribute("aria-live", "polite");
    this.sliders = make("div", "zl-sliders", ...groups);
    this.fans = make("div", "zl-panels", ...this.panels.map((panel) => panel.element));
    const right = make("div", "zl-right", this.together.element,
      make("div", "zl-fans", legend(this.head), this.fans));
    this.root.replaceChildren(make("div", "zl-whole", this.sliders, right), this.said);
    this.resize();
  }

  group({ title, controls }, names, most) {
    const element = make("fieldset", "zl-group", make("legend", "", title));
    for (const spec of controls) {
      const reaches = spec.dial === null ? [] : this.head.dials[spec.dial];
      const effects = reaches.map(({ course, expected }) => {
        const { indicator } = this.head.courses[course];
        return { expected, name: names[indicator], most: most[indicator] };
      });
      const turn = (settled) => (settled ? this.settle() : this.move());
      const control = new Control(spec, { effects, words: this.head.words, turn });
      this.controls.set(spec.id, control);
      element.append(control.element);
    }
    return element;
  }

  held() {
    return this.controls ? [...this.controls.values()].some((control) => control.busy) : false;
  }

  // Of every slider that is moved, as they are released.
  values() {
    const values = {};
    for (const [id, control] of this.controls) {
      if (control.value !== 0) values[id] = control.value;
    }
    return values;
  }

  move() {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.show(false);
    });
  }

  settle() {
    if (this.held()) return;
    const values = this.values();
    const asked = this.waiting ? this.waiting.values : this.answer && this.own(this.answer.values);
    if (asked && same(values, asked)) {
      this.take();
    } else {
      const { answer, waiting } = this;
      const last = waiting ? waiting.values : answer && this.own(answer.values);
      const earlier = [...(waiting ? waiting.earlier : []), ...(last ? [last] : [])];
      this.waiting = { values, at: Date.now() + this.releases++, earlier };
      this.send();
    }
    if (this.next) this.load(this.next);
    this.show(true);
  }

  receive(answer) {
    if (answer === this.answer) return;
    this.answer = answer;
    if (!this.controls) return;
    this.take();
    // What was released while the server was away never arrived there.
    const overdue = this.waiting && Date.now() - this.waiting.sent > LOST;
    if (overdue && answer.of === this.digest && !this.held()) this.send();
  }

  send() {
    const { values, at } = this.waiting;
    this.waiting.sent = Date.now();
    this.release("released", { values, at });
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.miss(), LOST);
  }

  // Have the whole page run and release once more, until an answer comes: a server that started
  // anew knows no fragment before its page has run.
  miss() {
    if (!this.waiting) return;
    document.dispatchEvent(new CustomEvent(MISSED));
    this.patience = setTimeout(() => this.waiting && this.send(), LOST);
  }

  // Let the answer move the sliders, unless it is older than what was released after it.
  take() {
    const { answer, waiting } = this;
    if (!answer || answer.of !== this.digest || this.held()) return;
    const values = this.own(answer.values);
    if (waiting) {
      const answered = answer.at === waiting.at || same(values, waiting.values);
      const older = (answer.at ?? waiting.at) < waiting.at
        || waiting.earlier.some((each) => same(values, each));
      if (!answered && older) return;
      this.waiting = null;
    }
    for (const [id, control] of this.controls) {
      const value = values[id] ?? 0;
      if (control.value !== value) control.set(value);
    }
    this.show(true);
  }

  // Values of the sliders that are here; an answer may name more.
  own(values) {
    return Object.fromEntries(Object.entries(values).filter(([id]) => this.controls.has(id)));
  }

  show(settled) {
    const { answer } = this;
    const values = this.values();
    const confirmed = answer && answer.of === this.digest && same(values, this.own(answer.values));
    const state = confirmed ? "confirmed" : this.held() ? "dragging" : "computing";
    const shown = confirmed ? answer : this.engine.answer(this.dialled());
    this.together.show(shown, state);
    for (const panel of this.panels) {
      const own = shown.panels[panel.spec.indicator];
      if (own) panel.show(own, settled);
    }
    this.root.dataset.state = state;
    this.root.dataset.all = shown.all;
    this.root.dataset.weakest = shown.weakest;
    if (confirmed && settled && this.spoken !== answer) {
      // The first answer is what the page opens with: nothing has changed yet.
      if (this.spoken && !same(this.spoken.values, answer.values)) {
        setText(this.said, fill(this.head.words.confirmed_as, { said: this.together.said(answer) }));
      }
      this.spoken = answer;
    }
  }

  // One value for each dial of the picture; one without a slider is at rest.
  dialled() {
    const values = new Array(this.head.dials.length).fill(0);
    for (const { spec, value } of this.controls.values()) {
      if (spec.dial !== null) values[spec.dial] = value;
    }
    return values;
  }

  resize() {
    if (!this.panels) return;
    const width = Math.floor(this.panels[0]?.fan.element.parentElement.clientWidth || 0);
    for (const panel of this.panels) panel.fan.resize(width);
    // Sliders stay in sight beside the fans if they fit; else the number does, above the fans.
    const room = innerHeight - parseFloat(getComputedStyle(this.root).getPropertyValue("--zl-top"));
    this.root.classList.toggle("zl-fits", this.sliders.scrollHeight + 16 < room);
  }
}

function same(a, b) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] ?? 0) === (b[name] ?? 0));
}

export default function live({ data, parentElement, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = new View(parentElement);
    views.set(parentElement, view);
  }
  view.release = setTriggerValue;
  view.load(data);
  return () => {
    view.close();
    views.delete(parentElement);
  };
}
