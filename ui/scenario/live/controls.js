// The sliders. Every one is a native range with a native number field beside it.

const IDLE = 400; // milliseconds without a key after which the setting counts as released

let controlsMade = 0;

class Control {
  // turn(settled) tells of every movement and of every release.
  constructor(spec, { effects, sides, words, turn }) {
    this.spec = spec;
    this.effects = effects;
    this.sides = sides;
    this.words = words;
    this.turn = turn;
    this.value = 0;
    this.busy = false; // from the first movement until it is released
    this.build(`zl-${spec.id}-${controlsMade++}`);
    if (spec.dial === null || spec.missing) this.disable();
    else this.listen();
    this.set(0);
  }

  build(id) {
    const { spec, words } = this;
    const label = make("label", "zl-name", spec.label);
    label.htmlFor = id;
    this.reset = make("button", "zl-reset", words.reset);
    this.reset.type = "button";
    this.reset.setAttribute("aria-label", fill(words.reset_of, { label: spec.label }));
    this.range = this.input("range", "zl-range");
    this.range.id = id;
    this.range.min = spec.low;
    this.range.max = spec.high;
    this.number = this.input("number", "zl-typed");
    this.number.inputMode = spec.lowest < 0 ? "text" : "decimal"; // many phones' pads lack a minus
    this.number.setAttribute("aria-label", fill(words.type_in, { label: spec.label }));
    this.effect = make("p", "zl-effect");
    this.effect.id = `${id}-effect`;
    this.note = make("p", "zl-note");
    this.note.id = `${id}-note`;
    for (const input of [this.range, this.number]) {
      input.setAttribute("aria-describedby", `${this.effect.id} ${this.note.id}`);
    }
    const ends = make("div", "zl-ends", ...[spec.low, spec.high].map((end) =>
      make("span", "", decimal(end, Number.isInteger(end) ? 0 : spec.decimals))));
    ends.setAttribute("aria-hidden", "true");
    this.element = make("div", "zl-control",
      make("div", "zl-head-row", label, this.reset),
      make("div", "zl-inputs", make("div", "zl-track", this.range, ends), this.number),
      this.effect, this.note);
    this.element.dataset.control = spec.id;
  }

  input(type, kind) {
    const input = make("input", kind);
    input.type = type;
    input.step = this.spec.step;
    input.autocomplete = "off";
    return input;
  }

  disable() {
    this.range.disabled = true;
    this.number.disabled = true;
    this.element.classList.add("zl-missing");
  }

  listen() {
    const { range, number } = this;
    range.addEventListener("pointerdown", () => {
      this.busy = true;
      this.before = this.value;
    });
    // A finger that comes down on a slider and goes on to scroll the page turns nothing.
    range.addEventListener("pointercancel", () => this.moveTo(this.before));
    for (const end of ["pointerup", "pointercancel"]) {
      // "change" comes after this; without one, the setting is back where it was.
      range.addEventListener(end, () => setTimeout(() => this.release(), 0));
    }
    range.addEventListener("input", () => this.moveTo(Number(range.value), range));
    number.addEventListener("input", () => {
      this.busy = true; // also with what is no number, or not yet
      if (!Number.isNaN(number.valueAsNumber)) this.moveTo(number.valueAsNumber, number);
    });
    for (const input of [range, number]) input.addEventListener("blur", () => this.release());
    // A page scrolled over a focused field would otherwise turn it.
    number.addEventListener("wheel", () => number.blur(), { passive: true });
    for (const input of [range, number]) this.listenForRelease(input);
    this.reset.addEventListener("click", () => {
      range.focus();
      this.moveTo(0);
      this.release();
    });
  }

  moveTo(value, from) {
    this.busy = true;
    this.set(value, from);
    this.turn(false);
  }

  release() {
    clearTimeout(this.timer);
    if (!this.busy) return;
    this.busy = false;
    this.set(this.value);
    this.turn(true);
  }

  // A pointer releases with "change"; keys change at every step, and release when they come up.
  listenForRelease(input) {
    let keys = false;
    input.addEventListener("keydown", ({ key }) => {
      keys = key.startsWith("Arrow") || key.startsWith("Page") || key === "Home" || key === "End";
    });
    input.addEventListener("change", () => {
      clearTimeout(this.timer);
      if (keys) this.timer = setTimeout(() => this.release(), IDLE);
      else this.release();
    });
    input.addEventListener("keyup", () => {
      if (keys) this.release();
      keys = false;
    });
    input.addEventListener("pointerdown", () => { keys = false; });
  }

  // Show a value in both inputs, but leave alone the one it came from.
  set(value, from) {
    const { spec } = this;
    this.value = Math.min(Math.max(value, spec.lowest), spec.highest);
    if (from) this.cut = value !== this.value;
    if (from !== this.range) this.range.value = this.value;
    if (from !== this.number) this.number.value = Number(this.value.toFixed(6));
    // The track is filled from zero to the value, where zero is on it.
    const [start, end] = [0, this.value].map((place) => this.share(place)).sort((a, b) => a - b);
    this.range.style.setProperty("--from", start);
    this.range.style.setProperty("--to", end);
    const shown = decimal(this.value, spec.decimals);
    this.range.setAttribute("aria-valuetext", fill(spec.spoken, { value: shown }));
    this.reset.style.visibility = this.value === 0 ? "hidden" : "";
    this.say();
  }

  share(value) {
    const { low, high } = this.spec;
    return Math.min(Math.max((value - low) / (high - low || 1), 0), 1);
  }

  say() {
    const { spec, words } = this;
    if (spec.missing) {
      setText(this.effect, spec.missing);
      return;
    }
    const moved = this.effects.map((effect) =>
      [effect, counted(this.value, this.sides) * effect.expected]);
    if (!moved.length) setText(this.effect, spec.hint || words.no_effect);
    else if (this.value === 0) setText(this.effect, spec.hint);
    else this.effect.replaceChildren(...moved.flatMap(([{ name }, by], number) => [
      ...(number ? [words.effect_join] : []),
      ...fillNodes(words.effect, { name, points: make("b", "", points(by)) })]));
    const notes = moved.filter(([{ most }, by]) => most !== null && Math.abs(by) > most)
      .map(([{ name }]) => fill(words.beyond_history, { name }));
    const end = this.value === spec.lowest || this.value === spec.highest;
    if (this.cut && end) notes.unshift(fill(words.cut, { value: decimal(this.value, 0) }));
    if (this.value < spec.low || this.value > spec.high) {
      const [low, high] = [spec.low, spec.high].map((end) =>
        decimal(end, Number.isInteger(end) ? 0 : spec.decimals));
      notes.unshift(fill(words.beyond_range, { low, high }));
    }
    setText(this.note, notes.join(words.effect_join));
  }
}
