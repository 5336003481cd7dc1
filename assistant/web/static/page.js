// Copies a quote with its source, or an address, in one paste: as plain text, and with a link where that can be pasted.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const address = new URL(button.dataset.address, location.href).href;
  const text = button.dataset.copy;
  const plain = text ? `${text}. ${address}` : address;
  const link = document.createElement("a");
  link.href = link.textContent = address;
  const paragraph = document.createElement("p");
  paragraph.append(text ? `${text}. ` : "", link);
  await copy(plain, paragraph.outerHTML);
  const label = button.dataset.label || (button.dataset.label = button.textContent);
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = label), 1500);
});

async function copy(plain, rich) {
  if (navigator.clipboard?.write && window.ClipboardItem) {
    const kinds = { "text/plain": plain, "text/html": rich };
    const blobs = Object.entries(kinds).map(([kind, value]) => [kind, new Blob([value], { type: kind })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }
  // Browsers give pages without https on other machines no clipboard, but still answer to the old command.
  const listener = (event) => {
    event.clipboardData.setData("text/plain", plain);
    event.clipboardData.setData("text/html", rich);
    event.preventDefault();
  };
  document.addEventListener("copy", listener, { once: true });
  document.execCommand("copy");
}

// Pressing a button would end the selection that it is about.
document.getElementById("copy-selection")?.addEventListener("mousedown", (event) => event.preventDefault());

// In the reader: what is selected has an address, that of the sentences it lies in.
document.addEventListener("selectionchange", () => {
  const button = document.getElementById("copy-selection");
  if (!button) return;
  const selection = document.getSelection();
  const touched = [...document.querySelectorAll("article .sentence[data-start]")].filter(
    (sentence) => !selection.isCollapsed && selection.containsNode(sentence, true),
  );
  button.hidden = touched.length === 0;
  if (button.hidden) return;
  const [first, last] = [touched[0], touched[touched.length - 1]];
  button.dataset.address = `${location.pathname}?start=${first.dataset.start}&end=${last.dataset.end}#quote`;
});

// Files are added one by one, so that each tells at once what became of it. Without this the form sends them together.
document.getElementById("add")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [form, progress] = [event.target, document.getElementById("adding")];
  const files = [...form.files.files];
  progress.hidden = false;
  progress.max = files.length;
  for (const [number, file] of files.entries()) {
    const body = new FormData();
    body.append("files", file);
    let outcome = { name: file.name, said: "" };
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      outcome = answer.ok ? (await answer.json())[0] : { name: file.name, said: answer.statusText };
    } catch (error) {
      outcome.said = String(error);
    }
    const line = document.createElement("li");
    const name = document.createElement(outcome.document ? "a" : "strong");
    name.textContent = outcome.name;
    if (outcome.document) name.href = `/documents/${outcome.document}/edit`;
    const said = document.createElement("span");
    said.textContent = outcome.said;
    line.append(name, said);
    document.getElementById("outcomes").append(line);
    progress.value = number + 1;
  }
  form.reset();
});
