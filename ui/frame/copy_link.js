// A button that copies an address, or that of the page, which holds the whole view. Where the
// clipboard is closed, as without https, it is copied by selecting it; failing that, it is shown.
export default function ({ data, parentElement }) {
  const button = part(parentElement, "button");
  const said = part(parentElement, "output");
  button.type = "button";
  button.textContent = data.label;
  button.onclick = async () => {
    const address = data.address ? new URL(data.address, location.origin).href : location.href;
    const copied = await copy(address, parentElement);
    said.textContent = copied ? data.copied : address;
    if (copied) setTimeout(() => { said.textContent = ""; }, 4000);
  };
}

function part(parent, name) {
  return parent.querySelector(name) ?? parent.appendChild(document.createElement(name));
}

async function copy(text, parent) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = parent.appendChild(document.createElement("textarea"));
    field.value = text;
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    return copied;
  }
}
