// Live progress of the jobs on the page: server-sent events, or asking every two seconds where they cannot be had.

const UNDER_WAY = ["queued", "running"];
const listed = () => [...new Set([...document.querySelectorAll("[data-job]")].map((element) => element.dataset.job))];
let shown = []; // jobs the page follows

function show(states) {
  for (const state of states) {
    for (const [language, done] of Object.entries(state.editions)) {
      for (const place of places(state.job, language)) {
        const bar = place.querySelector("progress");
        const tally = place.querySelector(".tally");
        if (!bar || !tally || !state.segments) continue;
        bar.max = state.segments;
        bar.value = done;
        tally.textContent = `${done}/${state.segments}`;
      }
    }
  }
  return states.some((state) => !UNDER_WAY.includes(state.state));
}

function places(job, language) {
  return [...document.querySelectorAll(`[data-job="${job}"]`)].flatMap((element) => {
    const scope = element.closest("section.version") ?? element;
    return [...scope.querySelectorAll(`[data-edition="${language}"], [data-line="${language}"]`)];
  });
}

/** Where a job has ended, the lists change. Only they are replaced: what is being typed stays. */
async function refresh() {
  const response = await fetch(location.href).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const list of page.querySelectorAll("[data-live]")) document.getElementById(list.id)?.replaceWith(list);
}

const address = (path) => `/desk/progress${path}?jobs=${shown.join(",")}`;

function follow() {
  shown = listed();
  if (!shown.length) return;
  const events = new EventSource(address("/events"));
  events.addEventListener("progress", async (event) => {
    if (!show(JSON.parse(event.data))) return;
    events.close();
    await refresh();
    follow();
  });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) poll();
  });
  window.addEventListener("pagehide", () => events.close());
}

async function poll() {
  shown = listed();
  if (!shown.length) return;
  const response = await fetch(address("")).catch(() => null);
  if (response?.ok && show(await response.json())) await refresh();
  setTimeout(poll, 2000);
}

follow();
