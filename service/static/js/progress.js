// Live progress of the jobs on the page: server-sent events, or asking every two seconds where they cannot be had.

const jobs = [...new Set([...document.querySelectorAll("[data-job]")].map((element) => element.dataset.job))];
const address = (path) => `/desk/progress${path}?jobs=${jobs.join(",")}`;

function show(states) {
  let ended = false;
  for (const state of states) {
    if (!["queued", "running"].includes(state.state)) ended = true;
    for (const [language, done] of Object.entries(state.editions)) {
      for (const place of places(state.job, language)) {
        const bar = place.querySelector("progress");
        const tally = place.querySelector(".tally");
        if (!bar || !tally || !state.segments_total) continue;
        bar.max = Math.max(state.segments_total, done);
        bar.value = done;
        tally.textContent = `${done}/${bar.max}`;
      }
    }
  }
  if (ended) reload();
}

function places(job, language) {
  return [...document.querySelectorAll(`[data-job="${job}"]`)].flatMap((element) => {
    const scope = element.closest("section.version") ?? element;
    return [...scope.querySelectorAll(`[data-edition="${language}"], [data-line="${language}"]`)];
  });
}

/** The lists change when a job ends; what is being typed must not be lost for that. */
let waiting = false;
function reload() {
  if (waiting) return;
  waiting = true;
  const form = document.getElementById("upload");
  const busy = form && (form.elements.text.value.trim() || form.elements.file.files.length || form.contains(document.activeElement));
  if (!busy) location.reload();
  else refresh();
}

/** Put the new lists in place of the old ones. */
async function refresh() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  for (const section of page.querySelectorAll("section[id]")) document.getElementById(section.id)?.replaceWith(section);
}

async function poll() {
  const response = await fetch(address("")).catch(() => null);
  if (response?.ok) show(await response.json());
  if (!waiting) setTimeout(poll, 2000);
}

if (jobs.length) {
  const events = new EventSource(address("/events"));
  events.addEventListener("progress", (event) => show(JSON.parse(event.data)));
  events.addEventListener("done", () => events.close());
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) poll();
  });
  window.addEventListener("pagehide", () => events.close());
}
