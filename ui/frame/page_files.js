// Files of the charts and tables of a page: SVG and PNG as the browser has drawn them, CSV of what
// a table shows or, of a chart, of the figures that came with it. Nothing is made before a click.
const SVG = "http://www.w3.org/2000/svg";
const CHARTS = "[data-testid=stVegaLiteChart] svg.marks, svg.zl-fan";
const TABLES = ".zo table";
const STYLES = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity",
  "fill-opacity", "stroke-opacity", "font-family", "font-size", "font-weight", "text-anchor",
  "dominant-baseline", "paint-order", "display", "visibility"];
const SCALE = 3; // pixels of a PNG for one of the screen
const EDGE = 16;
const SETTLED = 300; // milliseconds after which a page that changes is looked at again

export default function ({ data, parentElement }) {
  const menu = parentElement.querySelector("details") ?? document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = data.words.title;
  const list = document.createElement("ul");
  menu.replaceChildren(summary, list);
  if (!menu.isConnected) parentElement.append(menu);
  const fill = () => {
    const found = menu.open ? everything(data) : [];
    list.replaceChildren(...found.map((one) => line(one, data)));
  };
  menu.ontoggle = fill;
  fill();
  const stop = shownWithFiles(menu, data);
  const leave = beside(data, parentElement);
  return () => {
    stop();
    leave();
  };
}

// A page without charts and tables has no menu; some are drawn only after it is.
function shownWithFiles(menu, data) {
  let waiting = null;
  const look = () => {
    waiting = null;
    menu.hidden = !menu.open && !everything(data).length;
  };
  const observer = new MutationObserver(() => { waiting ??= setTimeout(look, SETTLED); });
  observer.observe(document.body, { childList: true, subtree: true });
  look();
  return () => {
    observer.disconnect();
    clearTimeout(waiting);
  };
}

// The same beside what is pointed at or tapped.
function beside(data, parentElement) {
  const bar = parentElement.querySelector("div.beside") ?? document.createElement("div");
  bar.className = "beside";
  bar.hidden = true;
  if (!bar.isConnected) parentElement.append(bar);
  let shown = null;
  const over = (event) => {
    if (event.composedPath().includes(bar)) return;
    const at = event.target.closest?.(`${CHARTS}, ${TABLES}`);
    if (at === shown) return;
    shown = at;
    bar.hidden = !at;
    if (!at) return;
    bar.replaceChildren(...buttons(everything(data).find((one) => one.at === at) ?? item(at, data), data));
    const { right, top } = at.getBoundingClientRect();
    bar.style.top = `${Math.max(top - bar.offsetHeight, 0)}px`;
    bar.style.left = `${Math.max(right - bar.offsetWidth, 0)}px`;
  };
  const hide = () => { shown = null; bar.hidden = true; };
  document.addEventListener("pointerover", over);
  document.addEventListener("scroll", hide, true);
  return () => {
    document.removeEventListener("pointerover", over);
    document.removeEventListener("scroll", hide, true);
  };
}

// Those of one title are numbered, so that their files differ.
function everything(data) {
  const shown = [...document.querySelectorAll(`${CHARTS}, ${TABLES}`)]
    .filter((at) => at.getClientRects().length && !at.closest(".report"))
    .map((at) => item(at, data));
  const grids = data.tables.map(({ title, rows }) =>
    ({ at: null, table: true, title: short(title), rows: split(rows) }));
  const found = [...shown, ...grids];
  const times = {};
  for (const one of found) {
    times[one.title] = (times[one.title] ?? 0) + 1;
    if (times[one.title] > 1) one.title = `${one.title} ${times[one.title]}`;
  }
  return found;
}

function split(rows) {
  return rows.map((row) => row.split("\t"));
}

// What a chart or table is called, and what it can be kept as.
function item(at, data) {
  const table = at.matches("table");
  const panel = at.closest("[data-indicator]");
  const told = at.closest("[aria-label]")?.getAttribute("aria-label");
  const figures = table ? null : data.charts[panel ? panel.dataset.indicator : told];
  const title = figures?.title || at.caption?.textContent.trim() || heading(at) || document.title;
  const rows = table ? cells(at) : figures && split(figures.rows);
  return { at, table, title: short(title), rows };
}

// The nearest heading above, or the bold line that stands for one.
function heading(at) {
  const above = [...document.querySelectorAll("[data-testid=stMain] :is(h1, h2, h3, p > strong:only-child)")]
    .filter((one) => one.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING);
  return above.at(-1)?.textContent.replaceAll("\u200b", "").trim();
}

function short(title) {
  return title.length > 40 ? `${title.slice(0, 39)}…` : title;
}

function line(one, data) {
  const entry = document.createElement("li");
  const title = document.createElement("span");
  title.textContent = one.title;
  entry.append(title, ...buttons(one, data));
  return entry;
}

function buttons(one, data) {
  const kinds = [];
  if (one.rows) kinds.push(["CSV", () => save(csv(one.rows, one.title, data), "csv", one, data)]);
  if (!one.table) {
    kinds.push(["PNG", async () => save(await png(picture(one, data)), "png", one, data)]);
    kinds.push(["SVG", () => save(svgFile(picture(one, data)), "svg", one, data)]);
  }
  return kinds.map(([kind, make]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = kind;
    button.setAttribute("aria-label", `${data.words.title}: ${one.title} ${kind}`);
    button.onclick = make;
    return button;
  });
}

function save(blob, ending, one, data) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${data.name}_${one.title}`.replace(/[\\/:*?"<>|\s]+/g, " ").trim() + `.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function cells(table) {
  return [...table.rows].map((row) => [...row.cells].flatMap((cell) => {
    const own = cell.cloneNode(true);
    own.querySelectorAll(".narrow, .glyph").forEach((one) => one.remove());
    const text = own.textContent.replaceAll("\u200b", "").replace(/\s+/g, " ").trim();
    return [text, ...Array(cell.colSpan - 1).fill("")];
  }));
}

// With a mark of its encoding for spreadsheets; where the figures are from stands behind them.
function csv(rows, title, data) {
  const told = [title, ...data.provenance].map((text) => [text]);
  const lines = [...rows, [], ...told].map((row) => row.map(field).join(","));
  return new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
}

function field(text) {
  const plain = String(text).replace(/^\u2212(?=\d)/, "-");
  const number = /^[+-]?[\d.,]+%?$/.test(plain);
  const safe = !number && /^[=+\-@\t]/.test(plain) ? `'${plain}` : plain; // no formula
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// The chart on paper, with its title above and where its figures are from below.
function picture(one, data) {
  const { width, height } = one.at.getBoundingClientRect();
  const style = getComputedStyle(document.querySelector("[data-testid=stApp]") ?? document.body);
  const whole = document.createElementNS(SVG, "svg");
  const foot = wrapped(data.provenance.join("　"), width);
  const below = 40 + height;
  const size = [width + 2 * EDGE, below + 18 * foot.length + EDGE];
  set(whole, { xmlns: SVG, width: size[0], height: size[1], viewBox: `0 0 ${size.join(" ")}` });
  whole.append(made("rect", { width: "100%", height: "100%", fill: style.backgroundColor }));
  whole.append(text(one.title, 26, 16, 600, style));
  const copy = one.at.cloneNode(true);
  copyStyles(one.at, copy);
  set(copy, { x: EDGE, y: 36, width, height });
  whole.append(copy);
  foot.forEach((part, place) => whole.append(text(part, below + 16 + 18 * place, 11, 400, style)));
  return whole;
}

function text(told, y, size, weight, style) {
  const drawn = made("text", { x: EDGE, y, fill: style.color, "font-size": size,
    "font-weight": weight, "font-family": style.fontFamily });
  drawn.textContent = told;
  return drawn;
}

function wrapped(told, width) {
  const parts = [""];
  for (const sign of told) {
    const long = [...parts.at(-1)].reduce((sum, one) => sum + (one > "\u2e80" ? 11 : 6.2), 0);
    if (long > width - 11) parts.push("");
    parts[parts.length - 1] += sign;
  }
  return parts.filter(Boolean);
}

function copyStyles(from, to) {
  const style = getComputedStyle(from);
  for (const name of STYLES) {
    const value = style.getPropertyValue(name);
    if (value) to.style.setProperty(name, value);
  }
  [...from.children].forEach((child, place) => copyStyles(child, to.children[place]));
}

function made(name, values) {
  return set(document.createElementNS(SVG, name), values);
}

function set(element, values) {
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  return element;
}

function svgFile(drawn) {
  const written = new XMLSerializer().serializeToString(drawn);
  return new Blob([written], { type: "image/svg+xml" });
}

async function png(drawn) {
  const image = new Image();
  const address = URL.createObjectURL(svgFile(drawn));
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = SCALE * drawn.getAttribute("width");
  canvas.height = SCALE * drawn.getAttribute("height");
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
