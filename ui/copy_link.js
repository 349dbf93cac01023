// A button that copies the address of the page, which holds the whole view. Where the clipboard is
// closed, as without https, the address is copied by selecting it; failing that, it is shown.
export default function ({ data, parentElement }) {
  const button = part(parentElement, "button");
  const said = part(parentElement, "output");
  button.type = "button";
  button.textContent = data.label;
  button.onclick = async () => {
    const copied = await copy(location.href, parentElement);
    said.textContent = copied ? data.copied : location.href;
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
