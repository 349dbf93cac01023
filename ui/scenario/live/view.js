// The whole: sliders, the sentence with the number of all together, a fan for every indicator.
//
// Streamlit calls the default export again at every rerun. What came with the bytes is built once
// for each digest; answers arrive through the second component, whose messages are small. The
// sliders stand here; all else stands in the places that the page has for it.

const ANSWER = "zone-outlook-answer";
const ASK = "zone-outlook-ask";
const MISSED = "zone-outlook-lost";
const LOST = 3000; // milliseconds after which an answer to something else tells that a release is
// lost: Streamlit stops a run that is overtaken before it answers
const PLACED = "zone-outlook-place";
const ASK_PLACES = "zone-outlook-places";
const FIRST_PANELS = [4, 6]; // how many stand first: usually, and at most
const NARROW = "screen and (max-width: 960px)"; // one column: the sentence goes above the sliders
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
    this.places = new Map();
    this.onPlace = ({ detail: { name, element } }) => {
      this.places.set(name, element);
      this.put();
    };
    document.addEventListener(PLACED, this.onPlace);
    document.dispatchEvent(new CustomEvent(ASK_PLACES));
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(this.root);
    this.onWindow = () => this.put();
    addEventListener("resize", this.onWindow);
  }

  close() {
    document.removeEventListener(ANSWER, this.onAnswer);
    document.removeEventListener(PLACED, this.onPlace);
    removeEventListener("resize", this.onWindow);
    this.sizes.disconnect();
    this.listening?.abort();
    clearTimeout(this.patience);
    cancelAnimationFrame(this.fitting);
    this.leave();
  }

  // What stands in places of the page outlives neither the picture nor the sliders.
  leave() {
    for (const part of [this.lead, this.first, this.others]) part?.remove();
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
    this.answer = null; // it may have come before the picture that it is of
    document.dispatchEvent(new CustomEvent(ASK));
  }

  build(head) {
    this.listening?.abort();
    this.listening = new AbortController();
    this.head = { ...head, signal: this.listening.signal };
    this.digest = head.digest;
    this.engine = new Engine(head);
    const names = Object.fromEntries(head.panels.map(({ indicator, name }) => [indicator, name]));
    const most = Object.fromEntries(head.panels.map(({ indicator, moved }) => [indicator, moved]));
    this.controls = new Map();
    this.inHand = null; // the dial whose slider was taken last
    const groups = head.groups.map((group) => this.group(group, names, most));
    this.leave();
    this.together = new Together(head, names);
    this.sentence = head.sentence && new Sentence(head);
    this.title = make("h1", "zl-sentence");
    this.title.lang = head.language;
    this.panels = head.panels.map((panel) => new Panel(panel, this.head));
    this.said = make("div", "zl-said");
    this.said.setAttribute("aria-live", "polite");
    this.lead = make("div", "zl-lead", this.title, this.together.element);
    this.sliders = make("div", "zl-sliders", ...groups);
    this.fans = make("div", "zl-panels");
    this.first = make("div", "zl-fans", legend(head), this.fans);
    this.others = make("div", "zl-fans", make("h2", "", head.words.others),
      make("div", "zl-panels"));
    this.root.replaceChildren(this.sliders, this.said);
    this.sort();
    this.put();
  }

  // Everything into its place; a phone has the sentence and the number right above the sliders.
  put() {
    if (!this.lead) return;
    const { lead, first, others, places } = this;
    if (matchMedia(NARROW).matches) this.root.prepend(lead);
    else places.get("lead")?.append(lead);
    for (const [name, part] of [["first", first], ["others", others]]) {
      const place = places.get(name);
      if (place && part.parentElement !== place) place.replaceChildren(part);
    }
    this.resize();
  }

  // First the panels that the slider in hand moves, then what else the scenario changes most, the
  // weakest of the rest; all others stand below. While it is dragged each keeps its place: a panel
  // that jumps cannot be watched.
  sort() {
    const reaches = this.inHand === null ? [] : this.head.dials[this.inHand];
    const reached = reaches.map(({ course }) => this.head.courses[course].indicator);
    const inHand = (panel) => reached.includes(panel.spec.indicator);
    const ranked = [...this.panels].sort((a, b) =>
      inHand(b) - inHand(a) || b.changed - a.changed || b.moved - a.moved);
    const [usual, most] = FIRST_PANELS;
    const count = Math.min(Math.max(usual, reached.length + (reached.length % 2)), most);
    const first = this.panels.filter((panel) => ranked.indexOf(panel) < count);
    const rest = ranked.slice(count);
    for (const [panels, place] of [[first, this.fans], [rest, this.others.lastChild]]) {
      const elements = panels.map((panel) => panel.element);
      if (elements.some((element, number) => place.children[number] !== element)
        || place.children.length !== elements.length) place.replaceChildren(...elements);
    }
    this.others.hidden = rest.length === 0;
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
      const take = () => {
        this.inHand = spec.dial;
        this.sort();
      };
      const sides = spec.dial === null ? [1, 1] : this.head.sides[spec.dial];
      const control = new Control(spec, { effects, sides, words: this.head.words, turn });
      if (spec.dial !== null) control.element.addEventListener("focusin", take);
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
    const bare = Object.keys(values).length === 0 && !this.sentence?.words.fixed.length;
    this.together.show(shown, state);
    showSentence(this.title, this.words(confirmed, shown));
    for (const panel of this.panels) {
      const own = shown.panels[panel.spec.indicator];
      if (own) panel.show(own, settled, bare);
    }
    if (settled) this.sort();
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

  // Python's own words once they are there: until then the same from what is known here.
  words(confirmed, { all }) {
    const { answer, sentence } = this;
    if (confirmed || !sentence || all === null) return answer ? answer.headline : "";
    const settings = [...this.controls.values()].filter(({ spec }) => spec.dial !== null)
      .map(({ spec: { id, dial }, value }) => ({ id, dial, value }));
    return sentence.of(settings.sort((a, b) => a.dial - b.dial), all);
  }

  // One value for each dial of the picture; one without a slider is at rest.
  dialled() {
    const values = new Array(this.head.dials.length).fill(0);
    for (const { spec, value } of this.controls.values()) {
      if (spec.dial !== null) values[spec.dial] = value;
    }
    return values;
  }

  // Measured in the next frame, which lays the page out anyway: here it would be laid out twice.
  resize() {
    this.fitting ||= requestAnimationFrame(() => {
      this.fitting = 0;
      this.fit();
    });
  }

  fit() {
    if (!this.panels) return;
    for (const panel of this.panels) {
      panel.fan.resize(Math.floor(panel.element.clientWidth || 0));
    }
    // Sliders stay in sight beside all else if they fit.
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
