// The page as a whole: whatever asks for something changes the state, and the state is shown.
let state = stateOfAddress();
const count = document.getElementById("count");
const heading = document.getElementById("entries");

function show(next, { controls = true } = {}) {
  const familyChanged = next.family !== state.family;
  state = next;
  if (controls || familyChanged) showState(state);
  if (familyChanged) heatRows.value = state.family ? "group" : "family";
  control("min-shown").textContent = state.min;
  const entries = ordered(ENTRIES.filter(filterOf(state)), state.order);
  showHeat(ENTRIES.filter(filterOf(state, true)), state);
  showEntries(entries, entryOf(state.entry));
  showOrder(state.order || "family");
  count.textContent = `${counted(entries.length, "entry", "entries")} of ${ENTRIES.length.toLocaleString("en")}`;
  writeAddress(state);
}

function goToList() {
  heading.focus();
  heading.scrollIntoView();
}

// The entry that an address names (`runtime/cudaMalloc`), or -1.
function entryOf(text) {
  const at = text.indexOf("/");
  const [family, name] = [text.slice(0, at), text.slice(at + 1)];
  return at < 0 ? -1 : ENTRIES.findIndex((entry) => DATA.name[entry] === name && textOf("family", entry) === family);
}

function showOrder(order) {
  for (const button of table.tHead.querySelectorAll("button")) {
    const own = order.replace("-", "") === button.dataset.order;
    const header = button.parentElement;
    if (own) header.setAttribute("aria-sort", order.startsWith("-") ? "descending" : "ascending");
    else header.removeAttribute("aria-sort");
  }
}

table.tHead.addEventListener("click", (event) => {
  const column = event.target.closest("button")?.dataset.order;
  if (!column) return;
  const first = column === "programs" ? "-programs" : column;
  const turned = first.startsWith("-") ? column : `-${column}`;
  show({ ...state, entry: "", order: (state.order || "family") === first ? turned : first });
});

const form = document.getElementById("filters");
let waiting;
form.addEventListener("input", () => {
  clearTimeout(waiting); // typing: the table follows the last letter
  waiting = setTimeout(() => show(stateOfControls(state), { controls: false }), 80);
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", (event) => {
  event.preventDefault();
  show({ ...NOTHING });
});

heat.addEventListener("click", (event) => {
  const asks = event.target.closest("button")?.asks;
  if (!asks) return;
  show({ ...state, entry: "", ...asks });
  goToList();
});
heatDevice.addEventListener("change", () => show({ ...state, entry: "", device: heatDevice.value }));
for (const choice of [heatRows, heatColumns, heatWeight]) {
  choice.addEventListener("change", () => showHeat(ENTRIES.filter(filterOf(state, true)), state));
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    control("q").focus();
  } else if (event.key === "Escape" && event.target.tagName !== "SELECT") {
    // In a list of choices the key only closes it.
    event.preventDefault();
    const text = event.target === control("q") && state.q;
    show(text ? { ...state, entry: "", q: "" } : { ...NOTHING });
  }
});

// A link to a family or version leads to the list of its entries; going back does not move the page.
let followed = false;
document.addEventListener("click", (event) => {
  followed = Boolean(event.target.closest('a[href^="#"][href*="="]'));
});
window.addEventListener("hashchange", () => {
  show(stateOfAddress());
  if (followed && !state.entry) goToList();
  followed = false;
});
control("min").max = String(DATA.programs.reduce((most, programs) => Math.max(most, programs), 0));
heatRows.value = state.family ? "group" : "family";
show(state);
