// One small fan: what was published, the baseline in grey below, the scenario above it.
// What it shows is described in ui/charts/fan_content.py; here the frame moves with the sliders.

const DEPTHS = [["95", 0, 6], ["80", 1, 5], ["50", 2, 4]];
const MEDIAN = 3;
const APART = 13; // pixels between two labels
const WIDE = 100; // from this percentage on an end is labelled without decimals, to fit

class Fan {
  constructor(panel, head) {
    this.panel = panel;
    this.head = head;
    this.scale = new Scale(head.frame);
    this.known = panel.known.map(([quarter, growth, unpublished, ring]) =>
      [quarter, growth - panel.threshold, unpublished, ring]);
    this.before = this.points(panel.before.fan);
    this.after = this.before;
    this.label = "";
    this.element = draw("svg", { role: "img", height: ROOM.height, class: "zl-fan" });
    this.ground = draw("g", {});
    this.element.append(this.ground);
    if (this.before.length) this.addFans();
    this.top = draw("g", {});
    this.element.append(this.top);
    if (this.before.length) this.addEnds();
    this.words = head.words;
    this.addPointer();
    if (head.synthetic) {
      this.stamp = this.text("zl-stamp", head.words.synthetic, "end");
      this.element.append(this.stamp);
    }
    this.show(panel.before.fan, true);
  }

  // Quantiles as deviations; the fan opens at the year's last figure, where there is one.
  points(fan) {
    const { ahead, threshold } = this.panel;
    if (!fan.length) return [];
    const points = fan.map((quantiles, number) =>
      [ahead + number, quantiles.map((value) => value - threshold)]);
    const origin = this.known.find(([quarter]) => quarter === ahead - 1);
    return origin && ahead > 4 ? [[origin[0], Array(7).fill(origin[1])], ...points] : points;
  }

  addFans() {
    this.bands = ["b", "f"].map((hue) => DEPTHS.map(([depth]) => {
      const band = draw("path", { fill: `var(--${hue}${depth})` });
      this.element.append(band);
      return band;
    }));
    this.edge = draw("path", { class: "zl-edge" });
    this.middle = draw("path", { class: "zl-median" });
    this.element.append(this.edge, this.middle);
  }

  addEnds() {
    this.end = draw("circle", { r: 3.6, class: "zl-end" });
    this.endLabel = this.text("zl-label zl-after", "");
    this.startLabel = this.text("zl-label", "");
    this.element.append(this.end, this.startLabel, this.endLabel);
  }

  // The figures of a quarter under the pointer, or that was tapped.
  addPointer() {
    this.guide = draw("line", { class: "zl-guide", visibility: "hidden" });
    this.element.append(this.guide);
    this.tip = make("div", "zl-tip");
    this.tip.hidden = true;
    this.whole = make("div", "zl-plot", this.element, this.tip);
    for (const kind of ["pointermove", "pointerdown"]) {
      this.element.addEventListener(kind, (event) => this.point(event));
    }
    this.element.addEventListener("pointerleave", ({ pointerType }) => {
      if (pointerType === "mouse") this.hide(); // what was tapped stays until another tap
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (!this.element.contains(target)) this.hide();
    }, { signal: this.head.signal });
  }

  point({ clientX }) {
    const { left, width } = this.element.getBoundingClientRect();
    const x = (clientX - left) * (this.scale.width / (width || 1));
    const quarters = [...new Set([...this.known, ...this.after].map(([quarter]) => quarter))];
    const near = (quarter) => Math.abs(this.scale.x(quarter) - x);
    const quarter = quarters.reduce((a, b) => (near(b) < near(a) ? b : a), quarters[0]);
    if (quarter === undefined) return;
    this.pointed = quarter;
    this.showPointed();
  }

  showPointed() {
    const { pointed: quarter, scale } = this;
    const x = scale.x(quarter);
    for (const [name, value] of [["x1", x], ["x2", x], ["y1", ROOM.top],
      ["y2", ROOM.height - ROOM.bottom], ["visibility", "visible"]]) {
      setAttribute(this.guide, name, value);
    }
    setText(this.tip, this.told(quarter));
    this.tip.hidden = false;
    const room = scale.width - this.tip.offsetWidth;
    this.tip.style.left = `${Math.max(Math.min(x - this.tip.offsetWidth / 2, room), 0)}px`;
  }

  hide() {
    this.pointed = undefined;
    this.tip.hidden = true;
    setAttribute(this.guide, "visibility", "hidden");
  }

  // What a quarter was, or what is expected of it before and after.
  told(quarter) {
    const { words, panel: { periods, threshold } } = this;
    const period = periods[quarter];
    const known = this.known.find(([at]) => at === quarter);
    if (known) {
      const growth = percent(known[1] + threshold);
      return fill(known[2] ? words.tip_flash : words.tip_known, { period, growth });
    }
    const [before, after] = [this.before, this.after].map((points) => {
      const [, values] = points.find(([at]) => at === quarter);
      return { median: percent(values[MEDIAN] + threshold),
        range: [1, 5].map((place) => percent(values[place] + threshold)) };
    });
    const [low, high] = after.range;
    return fill(words.tip_ahead, { period, before: before.median, after: after.median, low, high });
  }

  text(kind, content, anchor = "start") {
    return draw("text", { class: kind, "text-anchor": anchor }, content);
  }

  // Under a drag only what moves is drawn again.
  show(fan, settled) {
    this.after = this.points(fan);
    const ends = [this.before, this.after].filter((points) => points.length);
    const core = ends.flatMap((points) => points.at(-1)[1].slice(1, 6));
    const latest = this.known.at(-1);
    if (latest && (latest[0] > 3 || !ends.length)) core.push(latest[1]);
    const wide = [...ends.flatMap((points) => points.flatMap(([, values]) => values.slice(1, 6))),
      ...ends.flatMap((points) => points.at(-1)[1]), ...this.known.map(([, value]) => value)];
    if (this.scale.fit(core, wide, settled)) this.drawGround();
    if (this.before.length) this.drawScenario();
    if (this.pointed !== undefined) this.showPointed();
  }

  resize(width) {
    if (width === this.scale.width || width < 80) return;
    this.scale.width = width;
    this.drawGround();
    if (this.before.length) this.drawScenario();
  }

  describe(label) {
    setAttribute(this.element, "aria-label", label);
  }

  drawGround() {
    const { scale, panel } = this;
    setAttribute(this.element, "width", scale.width);
    setAttribute(this.element, "viewBox", `0 0 ${scale.width} ${ROOM.height}`);
    const foot = ROOM.height - ROOM.bottom;
    const year = draw("rect", { class: "zl-year", x: scale.x(3.5), y: ROOM.top,
      width: scale.x(LAST) - scale.x(3.5), height: foot - ROOM.top });
    const years = panel.years.map((name, number) => draw("text", { class: "zl-axis",
      x: scale.x(number ? 3.6 : FIRST), y: ROOM.height - 6 }, name));
    this.ground.replaceChildren(year, ...scale.ticks().flatMap((tick) => this.tick(tick)), ...years);
    if (this.stamp) {
      setAttribute(this.stamp, "x", scale.x(LAST));
      setAttribute(this.stamp, "y", ROOM.height - 6);
    }
    this.drawKnown();
    if (!this.before.length) return;
    DEPTHS.forEach(([, low, high], depth) =>
      setAttribute(this.bands[0][depth], "d", scale.band(this.before, low, high)));
    const edges = [1, 5].map((place) =>
      scale.line(this.before.map(([quarter, values]) => [quarter, values[place]])));
    setAttribute(this.edge, "d", edges.join(""));
  }

  tick(deviation) {
    const y = this.scale.y(deviation);
    const target = deviation === 0;
    const shown = Number((this.panel.threshold + deviation).toPrecision(4));
    const line = draw("line", { class: target ? "zl-target" : "zl-grid", x1: ROOM.left,
      x2: this.scale.x(LAST), y1: y, y2: y });
    const label = draw("text", { class: target ? "zl-axis zl-strong" : "zl-axis",
      "text-anchor": "end", x: ROOM.left - 6, y: y + 4 },
    signed(shown, thousands(String(Math.abs(shown))), false));
    return [line, label];
  }

  drawKnown() {
    const { scale } = this;
    const [before, now] = [[0, 3], [4, 7]].map(([first, last]) =>
      this.known.filter(([quarter]) => quarter >= first && quarter <= last));
    const line = (points, kind) => draw("path", { class: kind, d: scale.visibleLine(points) });
    const dots = this.known.filter(([quarter, value, unpublished]) =>
      (unpublished || quarter > 3) && !scale.beyond(value)).map(([quarter, value, unpublished]) =>
      draw("circle", { class: unpublished ? "zl-dot zl-flash" : "zl-dot", r: 2.6,
        cx: scale.x(quarter), cy: scale.y(value) }));
    this.top.replaceChildren(line(before, "zl-last"), line(now, "zl-now"), ...dots,
      ...this.rings(), ...this.beyond());
  }

  // Of one meaning only the first ring is labelled; more would overlap.
  rings() {
    const ringed = this.known.filter(([, value, , ring]) => ring && !this.scale.beyond(value));
    return ringed.flatMap(([quarter, value, , ring], number) => {
      const [x, y] = [this.scale.x(quarter), this.scale.y(value)];
      const below = y + 20 < ROOM.height - ROOM.bottom;
      const label = draw("text", { class: "zl-axis zl-halo", x: x - 3, y: below ? y + 18 : y - 10 },
        ring);
      const first = ringed.findIndex(([, , , other]) => other === ring) === number;
      return [draw("circle", { class: "zl-ring", r: 4.2, cx: x, cy: y }), ...(first ? [label] : [])];
    });
  }

  // A figure outside the frame is a triangle; of neighbours the furthest out has its number.
  beyond() {
    const outside = this.known.filter(([, value]) => this.scale.beyond(value));
    const labelled = [];
    for (const [quarter] of [...outside].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))) {
      if (labelled.every((other) => Math.abs(other - quarter) > 1)) labelled.push(quarter);
    }
    return outside.flatMap(([quarter, value, unpublished]) => {
      const up = value > 0;
      const [x, y] = [this.scale.x(quarter), this.scale.y(value)];
      const tip = up ? y - 1 : y + 1;
      const side = up ? y + 7 : y - 7;
      const mark = draw("path", { class: unpublished ? "zl-beyond zl-flash" : "zl-beyond",
        d: `M${x} ${tip}L${x - 4} ${side}L${x + 4} ${side}Z` });
      const label = draw("text", { class: "zl-axis zl-halo", "text-anchor": "middle", x,
        y: up ? y + 20 : y - 11 }, this.number(value));
      return labelled.includes(quarter) ? [mark, label] : [mark];
    });
  }

  drawScenario() {
    const { scale } = this;
    DEPTHS.forEach(([, low, high], depth) =>
      setAttribute(this.bands[1][depth], "d", scale.band(this.after, low, high)));
    const medians = this.after.map(([quarter, values]) => [quarter, values[MEDIAN]]);
    setAttribute(this.middle, "d", scale.line(medians));
    this.drawEnds(medians.at(-1), this.before.at(-1)[1][MEDIAN]);
  }

  drawEnds([quarter, after], before) {
    const [x, y] = [this.scale.x(quarter), this.scale.y(after)];
    setAttribute(this.end, "cx", x);
    setAttribute(this.end, "cy", y);
    const moved = this.number(after) !== this.number(before);
    let other = this.scale.y(before);
    if (Math.abs(other - y) < APART) other = after >= before ? y + APART : y - APART;
    this.place(this.endLabel, x, y, this.number(after));
    this.place(this.startLabel, x, other, moved ? this.number(before) : "");
  }

  place(label, x, y, content) {
    setAttribute(label, "x", x + 8);
    setAttribute(label, "y", Math.min(Math.max(y + 4, 11), ROOM.height - 24));
    setText(label, content);
  }

  number(deviation) {
    const growth = deviation + this.panel.threshold;
    if (Math.abs(growth) < WIDE) return figure(growth);
    return signed(growth, thousands(Math.abs(growth).toFixed(0)), false);
  }
}
