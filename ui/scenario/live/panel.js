// One indicator: its name, probability and growth before and after, and its fan.

class Panel {
  constructor(spec, head) {
    this.spec = spec;
    this.head = head;
    this.open = spec.before.fan.length > 0;
    this.odds = make("span", "zl-odds");
    this.growth = make("span", "zl-growth");
    this.light = make("span", "zl-light");
    this.fan = new Fan(spec, head);
    this.element = make("section", "zl-panel",
      make("div", "zl-row", make("h3", "zl-indicator", spec.name), this.odds),
      make("div", "zl-row", this.light, this.growth), this.fan.whole);
    this.element.dataset.indicator = spec.indicator;
    this.element.setAttribute("aria-label", spec.name);
    this.was = null;
    this.bare = null;
    this.changed = false;
    this.moved = 0; // how far its probability is from the baseline's
    if (this.open) this.show(spec.before, true);
    else this.showKnown();
  }

  // A year that is known to its end does not move.
  showKnown() {
    const { spec, head } = this;
    const { words, lights } = head;
    const growth = percent(spec.growth);
    this.growth.replaceChildren(`${words.known} `, make("b", "", growth));
    const light = lights && spec.light ? lights[spec.light] : null;
    showLight(this.light, light);
    this.fan.describe(fill(words.known_fan, { name: spec.name, growth, clause: spec.clause,
      light: light ? light[2] : (spec.published ? words.published : words.flash) }));
    this.element.dataset.probability = spec.before.probability;
  }

  // bare: nothing is assumed, so that what is shown is the baseline.
  show(answer, settled, bare = true) {
    if (!this.open || (answer === this.was && bare === this.bare && !settled)) return;
    this.was = answer;
    this.bare = bare;
    const { spec, head } = this;
    const { bounds, words, lights } = head;
    const pair = [spec.before, answer];
    const odds = pair.map(({ probability }) => chance(probability, bounds));
    const growth = pair.map(({ fan }) => percent(fan.at(-1)[MEDIAN]));
    this.moved = Math.abs(answer.probability - spec.before.probability);
    this.changed = odds[0] !== odds[1] || growth[0] !== growth[1];
    this.write(this.odds, "", odds);
    this.write(this.growth, words.expected, growth);
    // A light is a verdict: the baseline has one, a scenario none, whatever it leaves as it is.
    showLight(this.light, lights && bare && lights[lightOf(answer.probability, head)]);
    this.fan.show(answer.fan, settled);
    if (settled) {
      this.fan.describe(fill(words.open_fan, { name: spec.name, clause: spec.clause,
        before: odds[0], after: odds[1], growth_before: growth[0], growth_after: growth[1] }));
    }
    this.element.dataset.probability = answer.probability;
    this.element.dataset.quantiles = answer.fan.at(-1).join(" ");
  }

  // Before and after, or one where they read the same.
  write(element, caption, [before, after]) {
    const shown = `${before} ${after}`;
    if (element.dataset.shown === shown) return;
    element.dataset.shown = shown;
    const parts = before === after ? [] : [make("span", "zl-was", before), " → "];
    element.replaceChildren(caption ? `${caption} ` : "", ...parts, make("b", "", after));
  }
}
