// The form of an upload: files dropped on it, and what is found in the text, shown while it is still on this machine.
import { send } from "./common.js";

const form = document.getElementById("upload");
const found = document.getElementById("found");
const text = form.elements.text;
const file = form.elements.file;
const drop = form.querySelector(".drop");
const clear = document.getElementById("no-file");
let latest = 0;
let timer = 0;

async function look() {
  const mine = ++latest;
  const empty = !text.value.trim() && !file.files.length;
  clear.hidden = !file.files.length;
  if (empty) {
    found.replaceChildren();
    return;
  }
  const open = found.querySelector("details")?.open;
  const response = await send(form.dataset.preview, new FormData(form)).catch(() => null);
  if (!response || mine !== latest) return;
  const html = (response.headers.get("Content-Type") ?? "").startsWith("text/html")
    ? await response.text()
    : (await response.json()).error.message;
  if (mine !== latest) return;
  if (response.headers.get("Content-Type").startsWith("text/html")) found.innerHTML = html;
  else found.textContent = html;
  if (open && found.querySelector("details")) found.querySelector("details").open = true;
}

function soon(wait) {
  clearTimeout(timer);
  timer = setTimeout(look, wait);
}

text.addEventListener("input", () => { forget(); soon(400); });
file.addEventListener("change", () => { forget(); soon(0); });
found.addEventListener("change", () => soon(0));
clear.addEventListener("click", () => { file.value = ""; forget(); soon(0); });

/** Pieces restored in another text mean nothing in this one. */
function forget() {
  for (const box of found.querySelectorAll('input[name="restore"]')) box.checked = false;
}

for (const kind of ["dragover", "dragenter"]) {
  drop.addEventListener(kind, (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  file.files = event.dataTransfer.files;
  forget();
  soon(0);
});
form.addEventListener("submit", () => {
  setTimeout(() => { document.getElementById("send").disabled = true; }, 0);
});
window.addEventListener("pageshow", () => {
  document.getElementById("send").disabled = false;
  if (text.value.trim() || file.files.length) soon(0);
});
