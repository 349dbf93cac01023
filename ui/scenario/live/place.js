// A place of the page for a part of what the sliders show; see view.js.

const places = new WeakMap();

export default function place({ data, parentElement }) {
  if (!places.has(parentElement)) {
    const element = document.createElement("div");
    element.className = "zl";
    element.dataset.place = data;
    parentElement.append(element);
    const offer = () => document.dispatchEvent(
      new CustomEvent("zone-outlook-place", { detail: { name: data, element } }));
    places.set(parentElement, { element, offer });
    document.addEventListener("zone-outlook-places", offer);
    offer();
  }
  return () => {
    const { element, offer } = places.get(parentElement);
    document.removeEventListener("zone-outlook-places", offer);
    places.delete(parentElement);
    element.remove();
  };
}
