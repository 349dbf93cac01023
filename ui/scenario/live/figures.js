// Figures as ui/language/format.py writes them, and small helpers for the page's tree.
// The files of this folder are joined in a fixed order; see component.py.

const SVG = "http://www.w3.org/2000/svg";

// One decimal, half away from zero, with thousands and a true minus sign.
function figure(value) {
  const tenths = Math.floor(Math.abs(value) * 10 + 0.5 + 1e-11);
  return signed(value, thousands((tenths / 10).toFixed(1)), tenths === 0);
}

function percent(value) {
  return `${figure(value)}%`;
}

// With its sign; what is small keeps a second decimal rather than become nothing.
function points(value) {
  const decimals = value !== 0 && Math.abs(value) < 0.095 ? 2 : 1;
  const size = Math.abs(value).toFixed(decimals);
  const none = Number(size) === 0;
  return none ? size : (value < 0 ? "−" : "+") + thousands(size);
}

// The size of points of growth in a sentence; what two decimals would hide keeps its digits.
function pointsSize(size) {
  if (size > 0 && size < 0.005) return shorter(size.toFixed(1 - Math.floor(Math.log10(size))));
  return size >= 0.005 && size < 0.095 ? size.toFixed(2) : figure(size);
}

// A size as somebody set it: four decimals, or three digits below one.
function precise(size) {
  const decimals = size > 0 && size < 1 ? Math.max(2 - Math.floor(Math.log10(size)), 4) : 4;
  return thousands(shorter(size.toFixed(decimals)));
}

function shorter(digits) {
  return digits.replace(/\.?0+$/, "");
}

function decimal(value, decimals) {
  // What was typed more finely than the slider steps is shown as it was typed.
  const typed = String(Math.abs(value)).split(".")[1] || "";
  const size = Math.abs(value).toFixed(Math.max(decimals, Math.min(typed.length, 4)));
  return signed(value, thousands(size), Number(size) === 0);
}

function signed(value, size, none) {
  return value < 0 && !none ? `−${size}` : size;
}

function thousands(size) {
  const [whole, rest] = size.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}

// Whole parts that never step over the bound of a light.
function roundWithin(probability, parts, bounds) {
  const rounded = Math.floor(probability * parts + 0.5 + 1e-9);
  const crosses = bounds.some((bound) => probability < bound && bound <= rounded / parts + 1e-9);
  return crosses ? Math.floor(probability * parts + 1e-9) : rounded;
}

function hundredths(probability, bounds) {
  return roundWithin(probability, 100, bounds);
}

function tenthsOf(probability, bounds) {
  return roundWithin(probability, 10, bounds);
}

function isSure(probability, bounds) {
  return tenthsOf(probability, bounds) >= 9;
}

function isRare(probability, bounds) {
  return hundredths(probability, bounds) < 10;
}

function chance(probability, bounds) {
  if (probability < 0.01) return "<1%";
  return probability > 0.99 ? ">99%" : `${hundredths(probability, bounds)}%`;
}

// None or all of one hundred dots would claim a certainty there is not.
function dotsOf(probability, bounds) {
  return probability < 0.01 ? 0 : Math.min(hundredths(probability, bounds), 99);
}

// Of as many bounds as there are: each leads to the next light.
function lightOf(probability, { bounds, open_lights: names }) {
  return names[bounds.filter((bound) => probability >= bound).length];
}

// Fills what is in braces; {count:day|days} is the first word of one, and else the second.
function fill(template, values) {
  return template.replace(/\{(\w+)(?::([^|{}]*)\|([^{}]*))?\}/g, (whole, name, one, other) => {
    if (!(name in values)) return whole;
    return one === undefined ? values[name] : values[name] === 1 ? one : other;
  });
}

// The same, with the values as nodes of their own.
function fillNodes(template, nodes) {
  return template.split(/(\{\w+\})/).filter(Boolean).map((part) =>
    part[0] === "{" ? nodes[part.slice(1, -1)] : part);
}

function make(tag, kind, ...children) {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  element.append(...children);
  return element;
}

function draw(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Writing what already stands there would make the browser lay the page out again.
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

// Shape in colour and word in ink, always both.
function showLight(element, light) {
  const [glyph, colour, word] = light || ["", "ink", ""];
  if (element.dataset.light === glyph + word) return;
  element.dataset.light = glyph + word;
  const shape = make("span", "zl-glyph", glyph);
  shape.style.color = `var(--${colour})`;
  shape.setAttribute("aria-hidden", "true");
  element.replaceChildren(shape, make("span", "zl-word", word));
}
