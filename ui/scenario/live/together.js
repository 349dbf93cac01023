// The number of all together, before and after, with its dots and the weakest link.

class Together {
  constructor(head, names) {
    this.head = head;
    this.names = names;
    const { words } = head;
    this.sides = { before: this.side(words.before, "zl-side"),
      after: this.side(words.after, "zl-side zl-now-side") };
    this.change = make("b", "zl-change");
    const arrow = make("div", "zl-arrow", this.change, make("span", "zl-unit", words.points));
    this.bar = make("div", "zl-bar", this.sides.before.element, arrow, this.sides.after.element);
    this.dots = make("div", "zl-dots");
    this.dots.setAttribute("aria-hidden", "true");
    for (let dot = 0; dot < 100; dot++) this.dots.append(make("i", ""));
    this.times = make("p", "zl-times");
    this.weakest = make("p", "zl-weakest");
    this.state = make("p", "zl-state");
    this.more = make("div", "zl-more", this.dots,
      make("div", "zl-say", this.times, this.weakest, this.state));
    this.title = make("p", "zl-title", make("span", "zl-stamped", words.stamp),
      words.all, make("span", "zl-caption", words.assumed));
    this.element = make("section", "zl-together", this.title, this.bar, this.more);
    this.element.setAttribute("aria-label", words.number);
    this.element.hidden = head.before.all === null;
    this.write(this.sides.before, head.before.all);
    if (head.lights && head.before.all !== null) {
      showLight(this.sides.before.light, head.lights[lightOf(head.before.all, head)]);
    }
  }

  side(caption, kind) {
    const number = make("span", "zl-big");
    const light = make("span", "zl-light");
    return { number, light,
      element: make("div", kind, make("span", "zl-caption", caption), number, light) };
  }

  // A light is a verdict: the baseline has one, and a scenario none.
  write(side, probability) {
    if (probability !== null) setText(side.number, chance(probability, this.head.bounds));
  }

  show({ all, weakest }, state) {
    if (all === null) return;
    const { words } = this.head;
    this.write(this.sides.after, all);
    setText(this.change, this.changed(all));
    this.showDots(all);
    setText(this.times, this.inHundred(all));
    const name = weakest === null ? "" : this.names[weakest];
    if (this.weakest.dataset.of !== name) {
      this.weakest.dataset.of = name;
      this.weakest.replaceChildren(...(name
        ? fillNodes(words.weakest, { name: make("b", "", name) }) : []));
    }
    setText(this.state, words[state]);
  }

  changed(all) {
    const { before, bounds } = this.head;
    const by = hundredths(all, bounds) - hundredths(before.all, bounds);
    if (by === 0) return "0";
    return (by < 0 ? "−" : "+") + Math.abs(by);
  }

  // The change in words: "higher by 39 points", not "+39".
  told(all) {
    const { before, bounds, words } = this.head;
    const by = hundredths(all, bounds) - hundredths(before.all, bounds);
    const told = by > 0 ? words.said_up : by < 0 ? words.said_down : words.said_same;
    return fill(told, { points: Math.abs(by) });
  }

  inHundred(all) {
    const { before, bounds, words } = this.head;
    const [was, is] = [before.all, all].map((probability) => this.count(probability));
    const [from, to] = [before.all, all].map((probability) => hundredths(probability, bounds));
    const key = from === to ? "times_same" : from < to ? "times_up" : "times_down";
    return fill(words[key], { before: was, after: is });
  }

  count(probability) {
    const { bounds, words } = this.head;
    if (probability < 0.01) return words.least;
    return probability > 0.99 ? words.most
      : fill(words.count, { count: hundredths(probability, bounds) });
  }

  showDots(all) {
    const { before, bounds } = this.head;
    const [was, is] = [before.all, all].map((probability) => dotsOf(probability, bounds));
    if (this.shown === is) return;
    this.shown = is;
    [...this.dots.children].forEach((dot, place) => {
      const kind = place < Math.min(was, is) ? "zl-full"
        : place < is ? "zl-gained" : place < was ? "zl-lost" : "";
      if (dot.className !== kind) dot.className = kind;
    });
  }

  said({ all, weakest }) {
    const { bounds, words } = this.head;
    if (all === null) return "";
    return fill(words.said, { after: chance(all, bounds), change: this.told(all),
      name: weakest === null ? "" : this.names[weakest] });
  }
}
