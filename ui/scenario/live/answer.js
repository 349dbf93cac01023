// Carries an answer from Python to the sliders, which hold everything else already.

const latest = new WeakMap();

export default function carry({ data, parentElement }) {
  const known = latest.get(parentElement);
  const send = () => {
    const detail = latest.get(parentElement).data;
    document.dispatchEvent(new CustomEvent("zone-outlook-answer", { detail }));
  };
  latest.set(parentElement, { data, onAsk: known?.onAsk ?? send });
  if (!known) document.addEventListener("zone-outlook-ask", send);
  latest.get(parentElement).onAsk();
  return () => {
    const { onAsk } = latest.get(parentElement);
    document.removeEventListener("zone-outlook-ask", onAsk);
    latest.delete(parentElement);
  };
}
