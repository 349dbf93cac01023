// The head over the fans: what their colours and marks mean.
function legend(head) {
  const { words } = head;
  const keys = [["zl-key-after", words.after], ["zl-key-before", words.before],
    ["zl-key-edge", words.range], ["zl-key-target", words.target]];
  const inside = head.panels.some(({ known }) => known.some(([, , unpublished]) => unpublished));
  if (inside) keys.push(["zl-dot-key", words.flash]);
  return make("div", "zl-fans-head", make("h2", "", words.fans),
    make("p", "zl-fans-note", words.fans_note), make("p", "zl-legend", ...keys.map(
      ([kind, word]) => make("span", "", make("i", kind), word))));
}
