// The table of entries: a part at a time, and each entry's details when they are asked for.
const CHUNK = 200;
const table = document.getElementById("entry-table");
const body = table.tBodies[0];
const more = document.getElementById("more");
let found = [];
let shown = 0;

function showEntries(entries, opened) {
  found = entries;
  shown = 0;
  body.replaceChildren();
  const at = entries.indexOf(opened);
  showMore(Math.max(CHUNK, at + 1));
  if (at >= 0) {
    const button = body.querySelector(`[aria-controls="detail-${opened}"]`);
    toggle(button);
    button.focus();
    button.scrollIntoView({ block: "center" });
  }
}

function showMore(count) {
  const next = found.slice(shown, shown + count);
  body.append(...next.map(entryRow));
  shown += next.length;
  more.hidden = shown >= found.length;
  const following = Math.min(shown, found.length - shown);
  more.textContent = `Show ${following.toLocaleString("en")} more of ${found.length.toLocaleString("en")}`;
}

more.addEventListener("click", () => {
  const first = shown;
  showMore(shown); // twice as many as before: a few clicks show all
  body.querySelector(`[data-at="${first}"] button`).focus();
});

function entryRow(entry, at) {
  const opens = { type: "button", class: "name", "aria-expanded": "false", "aria-controls": `detail-${entry}` };
  return make(
    "tr",
    { "data-entry": entry, "data-at": shown + at },
    make("th", { scope: "row" }, make("button", opens, DATA.name[entry])),
    make("td", {}, familyTitle(entry)),
    make("td", {}, textOf("kind", entry)),
    ...DEVICES.map((_, device) => make("td", {}, statusMark(statusOn(entry, device)))),
    make("td", { class: "programs" }, String(DATA.programs[entry]))
  );
}

function statusMark(status) {
  const [, word, sign, style] = DATA.statuses[status];
  return make("span", { class: `status ${style}` }, make("span", { "aria-hidden": "true" }, sign), make("b", {}, ` ${word}`));
}

function toggle(button) {
  const row = button.closest("tr");
  const open = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!open));
  if (open) row.nextElementSibling.remove();
  else row.after(detailRow(Number(row.dataset.entry)));
}

function detailRow(entry) {
  const list = make("dl");
  const say = (term, ...what) => list.append(make("dt", {}, term), make("dd", {}, ...what));
  const maybe = (term, text) => text && say(term, text);
  maybe("Stated difference", textOf("difference", entry));
  say("Family", familyTitle(entry));
  maybe("Group", textOf("group", entry));
  maybe("Header", textOf("header", entry));
  maybe("CUDA", versionsOf(entry));
  say("Source", textOf("source", entry) ? sourceLink(textOf("source", entry)) : "none");
  say("Documentation", documentationLink(DATA.documented[entry] || DATA.name[entry]));
  DATA.devices.forEach(([, title], device) => say(title, statusMark(statusOn(entry, device)), ...evidence(entry, device)));
  DATA.peers.filter(({ says }) => says[entry] !== "0").forEach(({ title, says }) => say(`${title} says`, DATA.words[says[entry]]));
  const address = new URLSearchParams({ entry: `${textOf("family", entry)}/${DATA.name[entry]}` });
  say("Link", make("a", { href: `#${address}` }, "to this entry"));
  return make("tr", { class: "detail", id: `detail-${entry}` }, make("td", { colspan: String(4 + DEVICES.length) }, list));
}

function versionsOf(entry) {
  const events = [["since", "since"], ["deprecated", "deprecated in"], ["removed", "removed in"]];
  return events.filter(([column]) => textOf(column, entry)).map(([column, word]) => `${word} ${textOf(column, entry)}`).join(", ");
}

// A file of the repository, or a test in one (`path::name`); a link where the repository's address is known.
function sourceLink(text) {
  const name = make("code", {}, text);
  return DATA.repository ? make("a", { href: DATA.repository + encodeURI(text.split("::")[0]), rel: "noreferrer" }, name) : name;
}

function documentationLink(name) {
  const address = `https://docs.nvidia.com/search/index.html?page=1&sort=relevance&term=${encodeURIComponent(name)}`;
  return make("a", { href: address, rel: "noreferrer" }, `${name} in NVIDIA's documentation`);
}

// Which tests used the entry on the device, and passed: of what is refused there they say nothing.
function evidence(entry, device) {
  if (!statusSet("implemented").has(statusOn(entry, device))) return [];
  const own = (DATA.proofs[entry] || []).filter(([on]) => on === device);
  return own.flatMap(([, recorded, count, ...tests]) => [
    recorded
      ? "; over a library that records calls, which tells only that the vendor's function is called, passed:"
      : ", as these tests that used it passed:",
    make("ul", {}, ...tests.map((test) => make("li", {}, sourceLink(DATA.tests[test])))),
    ...(count > tests.length ? [`and ${count - tests.length} more`] : []),
  ]);
}

body.addEventListener("click", (event) => {
  const button = event.target.closest("th button");
  if (button) toggle(button);
});

body.addEventListener("keydown", (event) => {
  const buttons = [...body.querySelectorAll("th button")];
  const at = buttons.indexOf(event.target);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
  if (at < 0 || !(event.key in steps)) return;
  event.preventDefault();
  buttons[Math.min(Math.max(steps[event.key], 0), buttons.length - 1)].focus();
});
