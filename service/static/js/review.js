// The review page: the queue by keyboard, cards that open in place, saving without leaving the page.
import { send, toast } from "./common.js";

const beads = document.getElementById("beads");
let place = -1; // in the queue's beads, one after the other

const element = (html) => {
  const box = document.createElement("template");
  box.innerHTML = html.trim();
  return box.content.firstElementChild;
};
const row = (number) => document.getElementById(`bead-${number}`);
const current = () => beads.querySelector(".bead.current");

/** The queue as a list of stops: an item's beads one after the other. */
function stops() {
  return [...document.querySelectorAll("#queue a")].flatMap((link) =>
    link.dataset.beads.split(",").map((bead) => ({ link, bead })));
}

function mark(link) {
  for (const other of document.querySelectorAll('#queue a[aria-current]')) other.removeAttribute("aria-current");
  link?.setAttribute("aria-current", "true");
  link?.scrollIntoView({ block: "nearest" });
}

async function swap(number, opened) {
  const response = await fetch(`/review/beads/${number}${opened ? "?open=1" : ""}`, { headers: { "X-Requested-With": "fetch" } });
  if (!response.ok) return toast((await response.json()).error.message, true);
  row(number).replaceWith(element(await response.text()));
}

/** Ask the memory for the open card's sentence, after the card is there: nobody waits for it. */
async function offers() {
  const box = current()?.querySelector("[data-offers]");
  if (!box) return;
  const address = box.dataset.offers;
  delete box.dataset.offers;
  const response = await fetch(address, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (response?.ok && !response.redirected) box.replaceWith(element(await response.text()));
}

/** Put an offer into the field; the browser's own undo brings back what stood there. */
function use(target) {
  const field = current().querySelector('textarea[name="target"]');
  field.focus();
  field.select();
  if (!document.execCommand("insertText", false, target)) field.value = target;
}

/** Whether the open card holds a text that is not saved. */
function unsaved() {
  const field = current()?.querySelector('textarea[name="target"]');
  return field && field.value !== field.defaultValue;
}

async function open(number, link) {
  const before = current();
  if (before?.dataset.bead === String(number)) {
    mark(link);
    return;
  }
  if (before) {
    if (unsaved()) {
      toast(beads.dataset.unsaved, true);
      before.querySelector("textarea").focus();
      return;
    }
    before.classList.remove("current");
    const top = before.getBoundingClientRect().top;
    before.querySelector(".card")?.remove();
    await swap(before.dataset.bead, false);
    if (top < 0) row(before.dataset.bead).scrollIntoView({ block: "nearest" });
  }
  await swap(number, true);
  mark(link);
  offers();
  const card = row(number).getBoundingClientRect();
  if (card.top < 140 || card.bottom > innerHeight) {
    row(number).scrollIntoView({ block: card.height > innerHeight - 160 ? "start" : "center" });
  }
  history.replaceState(null, "", `#bead-${number}`);
}

async function close() {
  const opened = current();
  if (opened) await swap(opened.dataset.bead, false);
}

async function step(by) {
  const all = stops();
  if (!all.length) return;
  const here = current()?.dataset.bead;
  if (!(all[place] && all[place].bead === here)) place = here ? all.findIndex((stop) => stop.bead === here) : -1;
  let next = place < 0 && by < 0 ? all.length - 1 : place + by;
  while (all[next] && all[next].bead === here) next += by; // the same sentence under another heading
  if (!all[next]) return;
  place = next;
  await open(all[next].bead, all[next].link);
}

/** Put the answer's pieces in place of the old ones. */
function take(answer) {
  for (const [number, html] of Object.entries(answer.rows ?? {})) row(number)?.replaceWith(element(html));
  offers();
  if (answer.head) document.getElementById("head").replaceWith(element(answer.head));
  if (answer.queue) {
    const scrolled = document.getElementById("queue").scrollTop;
    document.getElementById("queue").replaceWith(element(answer.queue));
    document.getElementById("queue").scrollTop = scrolled;
    const here = current()?.dataset.bead;
    mark([...document.querySelectorAll("#queue a")].find((link) => link.dataset.beads.split(",").includes(here)));
  }
}

async function act(form, address) {
  if (form.dataset.sending) return;
  const saves = form.dataset.action === "edit" && !address.endsWith("/undo");
  const draft = unsaved() && !saves ? current().querySelector('textarea[name="target"]').value : null;
  if (draft !== null && (form.dataset.action === "accept" || form.dataset.action === "edit")) {
    toast(beads.dataset.unsaved, true);
    return;
  }
  form.dataset.sending = "1";
  let response;
  try {
    response = await send(address, new FormData(form));
  } catch {
    delete form.dataset.sending;
    toast(beads.dataset.offline, true);
    return;
  }
  delete form.dataset.sending;
  const answer = await response.json().catch(() => ({}));
  if (response.redirected || !Object.keys(answer).length) {
    toast(beads.dataset.offline, true);
    return;
  }
  take(answer);
  if (draft !== null) current().querySelector('textarea[name="target"]').value = draft;
  if (answer.error) {
    toast(answer.error.message, true);
    current()?.querySelector("textarea")?.focus();
  }
}

beads.addEventListener("submit", (event) => {
  const button = event.submitter;
  event.preventDefault();
  act(event.target, button?.hasAttribute("formaction") ? button.formAction : event.target.action);
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a");
  const offer = event.target.closest("[data-use]");
  if (offer) return use(offer.dataset.use);
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link?.dataset.beads) {
    event.preventDefault();
    const all = link.dataset.beads.split(",");
    const at = all.indexOf(current()?.dataset.bead);
    await open(all[(at + 1) % all.length], link);
  } else if (link?.dataset.open) {
    event.preventDefault();
    await open(link.dataset.open);
  } else if (link?.dataset.close) {
    event.preventDefault();
    await close();
  } else if (link?.dataset.history) {
    event.preventDefault();
    const box = link.closest(".bead").querySelector(".history-place");
    if (box.childElementCount) return box.replaceChildren();
    const response = await fetch(link.href, { headers: { "X-Requested-With": "fetch" } });
    box.replaceChildren(element(await response.text()));
  } else if (!link && !getSelection().toString()) {
    const text = event.target.closest(".bead:not(.current) .text");
    if (text) await open(text.closest(".bead").dataset.bead);
  }
});

const keys = {
  j: () => step(1),
  k: () => step(-1),
  a: () => current()?.querySelector('form[data-action="accept"]')?.requestSubmit(),
  e: () => {
    const field = current()?.querySelector('textarea[name="target"]');
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  },
  w: () => current()?.querySelector('form[data-action="waive"] input[name="reason"]')?.focus(),
  t: () => current()?.querySelector('form[data-action="teach"] input[name="rendering"]')?.focus(),
  s: () => current()?.querySelector("[data-approve]")?.click(),
};

/** What a key means: its letter, or on a Cyrillic keyboard the Latin letter in its place. */
function meaning(event) {
  return event.key in keys ? event.key : event.key > "\u0400" ? event.code.replace("Key", "").toLowerCase() : "";
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "Escape") {
    if (typing) typing.blur();
    else if (!unsaved()) close();
  } else if (typing) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing.form?.dataset.action) {
      event.preventDefault();
      typing.form.requestSubmit();
    }
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && keys[meaning(event)]) {
    event.preventDefault();
    keys[meaning(event)]();
  }
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved()) event.preventDefault();
});

offers(); // of a card that came opened with the page
