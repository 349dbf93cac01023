// A finger's tap on a chart gives the values there, as a mouse does by hovering: Vega shows them
// while a pointer moves, and a tap moves nothing. They stay until the next tap.
(() => {
  const CHART = "[data-testid=stVegaLiteChart] svg";
  let tapped = null;
  const send = (target, kind, { clientX = 0, clientY = 0 } = {}) => target.dispatchEvent(
    new PointerEvent(kind, { bubbles: true, clientX, clientY, pointerType: "mouse" }));
  document.addEventListener("pointerup", (event) => {
    if (event.pointerType === "mouse") return;
    const { target } = event;
    // The browser itself lets the finger leave the chart, after this: the values come then.
    setTimeout(() => {
      if (tapped?.isConnected) send(tapped, "pointerout");
      tapped = target.closest?.(CHART) ? target : null;
      if (tapped) send(tapped, "pointermove", event);
    }, 50);
  });
})();
