// The frame of a fan: deviations from the target, whose line stands at one height everywhere.
// As ui/charts/scale.py has it; here the frame must also hold while a fan moves.

const ROOM = { left: 36, right: 46, top: 8, bottom: 22, height: 160 };
const FIRST = -0.3; // left end of x, which counts quarters from the first of last year
const LAST = 7.3;
const STRETCH = 3; // how far what may be cut off stretches the frame
const LEAST = 1.5; // percentage points shown at least
const MARGIN = 1.08;
const AHEAD = 1.2; // a frame that has to grow under a drag grows further than it must
const STEPS = [1, 2, 3, 5];

function spanOf(values, below) {
  let reach = 0;
  for (const value of values) reach = Math.max(reach, value < 0 ? -value / below : value / (1 - below));
  return reach;
}

class Scale {
  constructor({ below, ticks }) {
    this.below = below;
    this.most = ticks;
    this.span = 0;
    this.width = 320;
  }

  // Take in what must be seen and, as far as it fits, what may; returns whether the frame moved.
  // Under a drag it only grows; once settled it shrinks where much of it is empty.
  fit(core, wide, settled) {
    const needed = Math.max(spanOf(core, this.below), LEAST);
    const wanted = MARGIN * Math.min(Math.max(spanOf(wide, this.below), needed), STRETCH * needed);
    const before = this.span;
    if (before === 0 || (settled && (wanted > before || wanted < 0.7 * before))) this.span = wanted;
    else if (MARGIN * needed > before) this.span = wanted * AHEAD;
    return this.span !== before;
  }

  get low() {
    return -this.below * this.span;
  }

  get high() {
    return (1 - this.below) * this.span;
  }

  beyond(deviation) {
    return deviation < this.low || deviation > this.high;
  }

  x(quarter) {
    const wide = this.width - ROOM.left - ROOM.right;
    return ROOM.left + (wide * (quarter - FIRST)) / (LAST - FIRST);
  }

  y(deviation) {
    const inside = Math.min(Math.max(deviation, this.low), this.high);
    const share = (inside - this.low) / this.span;
    return ROOM.height - ROOM.bottom - share * (ROOM.height - ROOM.bottom - ROOM.top);
  }

  // Multiples of a round step, 0 among them.
  ticks() {
    let power = Math.floor(Math.log10(this.span)) - 1;
    for (;; power++) {
      for (const base of STEPS) {
        const step = base * 10 ** power;
        const first = Math.ceil(this.low / step);
        const last = Math.floor(this.high / step);
        if (last - first + 1 <= this.most) {
          return Array.from({ length: last - first + 1 }, (_, k) => step * (first + k));
        }
      }
    }
  }

  line(points) {
    return points.map(([quarter, deviation], number) =>
      `${number ? "L" : "M"}${this.x(quarter).toFixed(1)} ${this.y(deviation).toFixed(1)}`).join("");
  }

  // The same, but nothing along an edge of the frame where neighbours are both beyond it.
  visibleLine(points) {
    return points.slice(1).map((point, number) => {
      const both = [points[number], point];
      return both.every(([, deviation]) => this.beyond(deviation)) ? "" : this.line(both);
    }).join("");
  }

  band(points, low, high) {
    const above = points.map(([quarter, quantiles]) => [quarter, quantiles[high]]);
    const below = points.map(([quarter, quantiles]) => [quarter, quantiles[low]]).reverse();
    return `${this.line([...above, ...below])}Z`;
  }
}
