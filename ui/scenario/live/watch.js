// Has the whole page run when a release stays without an answer: after a restart of the server no
// fragment is known there, and the sliders ask again once the page has run.

const listeners = new WeakMap();

export default function watch({ parentElement, setTriggerValue }) {
  const known = listeners.get(parentElement);
  if (known) document.removeEventListener("zone-outlook-lost", known);
  const tell = () => setTriggerValue("lost", Date.now());
  listeners.set(parentElement, tell);
  document.addEventListener("zone-outlook-lost", tell);
  return () => {
    document.removeEventListener("zone-outlook-lost", listeners.get(parentElement));
    listeners.delete(parentElement);
  };
}
