// What every page needs: the token for requests, toasts, closing menus, asking before what cannot be undone.

const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

/** Send a form's data; resolves to the response, whatever its status. */
export function send(address, data) {
  return fetch(address, {
    method: "POST",
    body: data,
    headers: { "X-CSRFToken": token, "X-Requested-With": "fetch" },
    credentials: "same-origin",
  });
}

/** A short message in the corner, read out by screen readers. */
export function toast(text, bad = false) {
  const box = document.createElement("div");
  box.className = bad ? "toast bad" : "toast";
  box.textContent = text;
  document.querySelector(".toasts").append(box);
  setTimeout(() => box.remove(), bad ? 10000 : 4000);
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
});
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
