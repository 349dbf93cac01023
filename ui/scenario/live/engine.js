// Growth, probabilities, fans and the weakest link of one setting, from the paths that came along.
// The same arithmetic in the same order as forecasting/scenario/response.py and outlook/verdict.py, in double precision where a target is decided.

const DIGEST = 32;

// Read what packing.py wrote: the head, and where its numbers are.
function unpack(bytes) {
  const whole = bytes.slice(); // aligned, whatever it was cut out of
  const length = new DataView(whole.buffer).getUint32(0, true);
  const start = 4 + DIGEST;
  const text = new TextDecoder().decode(whole.subarray(start, start + length));
  return { ...JSON.parse(text), digest: digestOf(bytes), buffer: whole.buffer,
    numbers: start + length };
}

function digestOf(bytes) {
  return new TextDecoder().decode(bytes.subarray(4, 4 + DIGEST));
}

// How many units a value counts as: a loss counts in full.
function counted(value, [below, above]) {
  return value * (value < 0 ? below : above);
}

class Engine {
  constructor(head) {
    this.head = head;
    const { paths } = head;
    const place = (Kind, offset, length) =>
      new Kind(head.buffer, head.numbers + offset, length);
    this.courses = head.courses.map((course) => ({
      ...course,
      lowest: course.lowest ?? -Infinity,
      highest: course.highest ?? Infinity,
      columns: [...course.early.map((offset) => place(Float32Array, offset, paths)),
        place(Float64Array, course.year, paths)],
      failed: new Uint8Array(paths),
      setting: null,
      answer: null,
    }));
    this.dials = head.dials.map((dial) => dial.map((reach) => {
      const ahead = this.courses[reach.course].columns.length;
      const table = place(Float64Array, reach.table, ahead * reach.rows);
      return {
        ...reach,
        columns: Array.from({ length: ahead }, (_, column) =>
          table.subarray(column * reach.rows, (column + 1) * reach.rows)),
        outcome: reach.outcome === null ? null : place(Uint16Array, reach.outcome, paths),
        realised: reach.realised === null ? null : place(Float64Array, reach.realised, paths),
      };
    }));
    this.moved = new Float64Array(paths);
    this.sorted = new Float64Array(paths);
  }

  // values: one for each dial. Only courses whose dials moved are computed again.
  answer(each) {
    // Two dials of one kind cancel to the last bit.
    const values = new Array(each.length).fill(0);
    each.forEach((value, place) => { values[this.head.alike[place]] += value; });
    values.forEach((value, place) => { values[place] = counted(value, this.head.sides[place]); });
    this.courses.forEach((course, number) => {
      const turned = [];
      this.dials.forEach((dial, place) => dial.forEach((reach) => {
        if (reach.course === number && values[place] !== 0) turned.push([values[place], reach]);
      }));
      const setting = turned.map(([value, reach]) => `${value}@${reach.table}`).join();
      if (setting === course.setting) return;
      course.setting = setting;
      course.answer = this.answerOf(course, turned);
    });
    const panels = {};
    for (const course of this.courses) panels[course.indicator] = course.answer;
    return { ...this.together(), panels };
  }

  answerOf(course, turned) {
    const fan = course.columns.map((column, number) => {
      this.move(column, turned, number);
      if (number === course.columns.length - 1) this.judge(course);
      return this.quantiles();
    });
    let failures = 0;
    for (const failed of course.failed) failures += failed;
    return { probability: 1 - failures / this.head.paths, fan };
  }

  move(column, turned, number) {
    const { moved } = this;
    const { paths, lowest } = this.head;
    moved.set(column);
    for (const [value, reach] of turned) {
      const table = reach.columns[number];
      const { outcome, realised, rows } = reach;
      for (let path = 0; path < paths; path++) {
        const row = rows === 1 ? 0 : outcome ? outcome[path] : path;
        // The product in this order: Python's to the last bit.
        moved[path] += value * (realised ? table[row] * realised[path] : table[row]);
      }
    }
    for (let path = 0; path < paths; path++) if (moved[path] < lowest) moved[path] = lowest;
  }

  judge({ failed, lowest, highest }) {
    const { moved } = this;
    for (let path = 0; path < moved.length; path++) {
      failed[path] = moved[path] >= lowest && moved[path] <= highest ? 0 : 1;
    }
  }

  quantiles() {
    this.sorted.set(this.moved);
    this.sorted.sort();
    return this.head.ranks.map((rank) => this.sorted[rank]);
  }

  // The all-clear of those that count, and whose certain clearing would raise it most.
  together() {
    const { paths, order, closed } = this.head;
    if (order.length === 0) return { all: null, weakest: null };
    const counted = this.courses.filter((course) => course.counts);
    const failures = new Uint8Array(paths).fill(closed.filter(({ met }) => !met).length);
    for (const { failed } of counted) {
      for (let path = 0; path < paths; path++) failures[path] += failed[path];
    }
    let clear = 0;
    for (const count of failures) clear += count === 0 ? 1 : 0;
    return { all: clear / paths, weakest: this.weakest(counted, failures) };
  }

  weakest(counted, failures) {
    const candidates = this.head.order.map((indicator) => {
      const course = counted.find((each) => each.indicator === indicator);
      return course ? candidateOf(course, failures)
        : closedCandidate(this.head.closed.find((each) => each.indicator === indicator), failures);
    });
    const before = (a, b) => a.raised > b.raised || (a.raised === b.raised
      && (a.probability < b.probability
        || (a.probability === b.probability && a.distance > b.distance)));
    return candidates.reduce((best, each) => (before(each, best) ? each : best)).indicator;
  }
}

function candidateOf(course, failures) {
  let raised = 0;
  for (let path = 0; path < failures.length; path++) {
    raised += failures[path] === course.failed[path] ? 1 : 0;
  }
  const [, low, , median, , high] = course.answer.fan.at(-1);
  const outside = Math.max((course.lowest - median), (median - course.highest), 0);
  return { indicator: course.indicator, raised, probability: course.answer.probability,
    distance: outside / Math.max(high - low, 1e-9) };
}

function closedCandidate({ indicator, met, distance }, failures) {
  const own = met ? 0 : 1;
  const raised = failures.filter((count) => count === own).length;
  return { indicator, raised, probability: met ? 1 : 0, distance: distance / 1e-9 };
}
