// What the reader asked for: the controls, and the address's fragment, which says the same so that it can be sent to others.
const CONTROLS = ["q", "family", "group", "kind", "device", "status", "cuda", "min"];
const NOTHING = { q: "", family: "", group: "", kind: "", device: "", status: "", cuda: "", min: "0", order: "", entry: "" };
const control = (name) => document.getElementById(name);

function stateOfAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(Object.keys(NOTHING).map((name) => [name, given.get(name) || NOTHING[name]]));
}

function writeAddress(state) {
  const told = Object.entries(state).filter(([name, value]) => value !== NOTHING[name]);
  history.replaceState(null, "", `#${new URLSearchParams(told)}`);
}

function showState(state) {
  fillGroups(state.family);
  for (const name of CONTROLS) {
    const field = control(name);
    field.value = state[name];
    if (field.tagName === "SELECT" && field.selectedIndex < 0) field.value = "";
    state[name] = field.value; // what no control offers is not asked for
  }
  control("min-shown").textContent = state.min;
}

function stateOfControls(before) {
  const state = { ...before, entry: "" };
  for (const name of CONTROLS) state[name] = control(name).value;
  if (state.family !== before.family) state.group = "";
  return state;
}

function fillGroups(family) {
  const wanted = ENTRIES.filter((entry) => !family || textOf("family", entry) === family);
  const groups = [...new Set(wanted.map(groupOf))].sort((a, b) => a.localeCompare(b));
  control("group").replaceChildren(make("option", { value: "" }, "all"), ...groups.map((group) => make("option", {}, group)));
}

// A function from an entry to whether it is asked for. `everyStatus`: whatever its status.
function filterOf(state, everyStatus = false) {
  const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
  const least = Number(state.min);
  const tests = [
    words.length && ((entry) => words.every((word) => SEARCHED[entry].includes(word))),
    state.family && ((entry) => textOf("family", entry) === state.family),
    state.group && ((entry) => groupOf(entry) === state.group),
    state.kind && ((entry) => textOf("kind", entry) === state.kind),
    least && ((entry) => DATA.programs[entry] >= least),
    state.cuda && versionTest(versionNumber(state.cuda)),
    !everyStatus && state.status && statusTest(state.status, state.device),
  ].filter(Boolean);
  return (entry) => tests.every((test) => test(entry));
}

// An entry is in a version from `since` on, until the one in which it is removed; libraries with own versions tell what is gone.
function versionTest(asked) {
  const since = DATA.columns.since.texts.map((version) => (version ? versionNumber(version) : 0));
  const removed = DATA.columns.removed.texts.map((version) => (version ? versionNumber(version) : Infinity));
  const columns = DATA.columns;
  return (entry) =>
    DATA.own_versions.includes(textOf("family", entry))
      ? !textOf("removed", entry)
      : since[columns.since.of[entry]] <= asked && asked < removed[columns.removed.of[entry]];
}

function statusTest(word, device) {
  const wanted = statusSet(word);
  const devices = device ? [DEVICES.indexOf(device)] : DEVICES.keys();
  const list = [...devices];
  return (entry) => list.some((each) => wanted.has(statusOn(entry, each)));
}

// "family" is the order in which the entries come; a minus turns any order around.
const ORDERS = {
  family: (a, b) => a - b,
  name: (a, b) => (DATA.name[a] < DATA.name[b] ? -1 : DATA.name[a] > DATA.name[b] ? 1 : a - b),
  programs: (a, b) => DATA.programs[a] - DATA.programs[b] || b - a,
};

function ordered(entries, order) {
  const compare = ORDERS[order.replace("-", "")] || ORDERS.family;
  return entries.sort(order.startsWith("-") ? (a, b) => compare(b, a) : compare);
}
