// While the server does not answer, the page says so in words: Streamlit's own are English. It
// watches the connection that Streamlit opens, and its words stand in the document, in each language.
(() => {
  const PATIENCE = 2000;
  const WORDS = [...document.querySelectorAll("meta[name=server-away]")];
  let open = 0;
  let waiting = null;
  let broken = false;
  // A part of the page that was fetched in vain stays broken until the page is loaded anew.
  window.addEventListener("vite:preloadError", () => { broken = true; });
  const told = () => document.getElementById("server-away");
  const tell = () => {
    document.documentElement.classList.add("server-away");
    if (open || told()) return;
    const box = Object.assign(document.createElement("div"), { id: "server-away" });
    box.setAttribute("role", "alert");
    for (const { content, lang } of WORDS) {
      box.append(Object.assign(document.createElement("p"), { textContent: content, lang }));
    }
    document.body.append(box);
  };
  const watch = (socket) => {
    socket.addEventListener("open", () => {
      open += 1;
      clearTimeout(waiting);
      if (broken) location.reload();
      told()?.remove();
      document.documentElement.classList.remove("server-away");
      socket.addEventListener("close", () => {
        open -= 1;
        if (!open) waiting = setTimeout(tell, PATIENCE);
      });
    });
  };
  window.WebSocket = class extends WebSocket {
    constructor(address, ...rest) {
      super(address, ...rest);
      if (String(address).includes("/_stcore/stream")) watch(this);
    }
  };
})();
