// The sentence that opens the page, as ui/scenario/sentences.py says it of the same setting.

const BREAK = "\u200b"; // where a line may break

class Sentence {
  constructor(head) {
    this.head = head;
    this.words = head.sentence;
    const counts = head.courses.map(({ counts: counted }) => counted);
    // What one unit of each dial moves most, of the indicators that count.
    this.effects = head.dials.map((reaches) => Math.max(0, ...reaches.map(
      ({ course, expected }) => (counts[course] ? Math.abs(expected) : 0))));
  }

  // settings: of each slider in the order of the dials, its name, its dial and its value.
  of(settings, all) {
    const { words } = this;
    const named = this.named(settings);
    const text = fill(named.length ? words.moved : words.at_rest, {
      changes: this.foremost(named), chance: words.chance, moves: this.moves(all),
      still: this.still(all) });
    return text.replaceAll("|", BREAK);
  }

  named(settings) {
    const { fixed } = this.words;
    const turned = settings.filter(({ value }) => value !== 0).map(({ id, dial, value }) =>
      ({ text: this.turned(id, value), pin: false,
        effect: Math.abs(counted(value, this.head.sides[dial])) * this.effects[dial] }));
    return [...fixed.filter(({ pin }) => pin), ...turned, ...fixed.filter(({ pin }) => !pin)];
  }

  foremost(changes) {
    const { words } = this;
    const ranked = [...changes].sort((a, b) => b.pin - a.pin || b.effect - a.effect);
    const texts = ranked.map(({ text }) => text);
    if (texts.length <= words.named) return this.listed(texts);
    return fill(words.many, { named: this.listed(texts.slice(0, 2)), count: texts.length });
  }

  listed(texts) {
    if (texts.length < 2) return texts.join("");
    const head = texts.slice(0, -1).join(this.words.comma);
    return fill(this.words.two, { head, last: texts.at(-1) });
  }

  turned(id, value) {
    const { up, down, points: inPoints, forms } = this.words.turns[id];
    const size = Math.abs(value);
    const { scale, text } = forms.filter(({ least }) => size >= least).at(-1);
    const amount = fill(text, { figure: inPoints ? pointsSize(size) : precise(size * scale),
      count: inPoints ? 0 : size });
    return fill(value > 0 ? up : down, { amount });
  }

  moves(all) {
    const { before: { all: before }, bounds } = this.head;
    const { moves } = this.words;
    const pair = [before, all];
    const kind = all > before ? "rise" : "fall";
    const tenths = pair.map((probability) => this.cheng(probability));
    if (tenths[0] !== tenths[1]) return fill(moves[kind], { before: tenths[0], after: tenths[1] });
    const percents = pair.map((probability) => this.percent(probability, bounds));
    if (percents[0] === percents[1]) return this.still(all);
    return fill(moves[`${kind}_within`], { before: percents[0], after: percents[1],
      still: this.still(all) });
  }

  still(all) {
    const { bounds } = this.head;
    const band = isSure(all, bounds) ? "above" : isRare(all, bounds) ? "below" : "within";
    return fill(this.words.still[band], { cheng: this.cheng(all) });
  }

  percent(probability, bounds) {
    if (probability < 0.01) return this.words.percent_below;
    return probability > 0.99 ? this.words.percent_above : `${hundredths(probability, bounds)}%`;
  }

  cheng(probability) {
    const { bounds } = this.head;
    const { cheng } = this.words;
    if (isSure(probability, bounds)) return cheng.above;
    if (isRare(probability, bounds)) return cheng.below;
    const tenths = tenthsOf(probability, bounds);
    const over = Math.floor(probability * 10 + 0.5 + 1e-9) > tenths;
    return over ? cheng[`nearly.${tenths + 1}`] : cheng[tenths];
  }
}

// Write a sentence into a heading: what stands in :primary[] is in the accent.
function showSentence(element, text) {
  if (element.dataset.shown === text) return;
  element.dataset.shown = text;
  element.replaceChildren(...text.split(/(:primary\[[^\]]*\])/).filter(Boolean).map((part) =>
    (part.startsWith(":primary[") ? make("b", "", part.slice(9, -1)) : part)));
}
