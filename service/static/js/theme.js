// Runs before the page is drawn: the chosen theme and text size, and the mark that scripts work.
(() => {
  const root = document.documentElement;
  root.classList.add("script");
  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private window */ } };
  if (kept("theme")) root.dataset.theme = kept("theme");
  if (kept("text")) root.dataset.text = kept("text");
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggle]");
    if (!button) return;
    if (button.dataset.toggle === "theme") {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      keep("theme", root.dataset.theme);
    } else {
      root.dataset.text = root.dataset.text === "large" ? "normal" : "large";
      keep("text", root.dataset.text);
    }
  });
})();
