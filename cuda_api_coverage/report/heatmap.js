// Families or groups by statuses or devices: the share of entries in each cell as a shade and as a number. A click asks for them.
const heat = document.getElementById("heat-table");
const heatRows = document.getElementById("heat-rows");
const heatColumns = document.getElementById("heat-columns");
const heatWeight = document.getElementById("heat-weight");
const heatDevice = document.getElementById("heat-device"); // the same as the filter's, which may also be "any"
const LEVELS = 10;

function showHeat(entries, state) {
  const columns = heatColumnsOf(state);
  heatDevice.value = DEVICES[deviceOf(state)];
  heatDevice.parentElement.hidden = heatColumns.value === "device";
  heat.caption.textContent = `${captionOf(state)}; of those that the filters below leave, whatever their status`;
  heat.tHead.replaceChildren(headRow(columns.map(({ title }) => title)));
  const rows = [...grouped(entries, heatRows.value)];
  heat.tBodies[0].replaceChildren(...rows.map(([title, row]) => heatRow(title, row, columns)));
  const first = heat.querySelector("button");
  if (first) first.tabIndex = 0;
}

function captionOf(state) {
  const whole = heatWeight.value === "programs" ? "pairs of an entry and a program that uses it" : "entries";
  if (heatColumns.value === "device") {
    const asked = control("status").selectedOptions[0];
    return `Share of the ${whole} with the status ${state.status ? asked.textContent : "works or differs"}`;
  }
  return `Share of the ${whole} with each status on ${DATA.devices[deviceOf(state)][1]}`;
}

// How much entries count for: one each, or the programs that use them.
const weightOf = (entries) =>
  heatWeight.value === "programs" ? entries.reduce((total, entry) => total + DATA.programs[entry], 0) : entries.length;

const deviceOf = (state) => Math.max(DEVICES.indexOf(state.device), 0);

// For each column what it counts, and what a click asks for.
function heatColumnsOf(state) {
  const one = deviceOf(state);
  if (heatColumns.value === "device") {
    const status = state.status || "usable";
    const wanted = statusSet(status);
    return DATA.devices.map(([name, title], device) => ({
      title, counts: (entry) => wanted.has(statusOn(entry, device)), asks: { device: name, status },
    }));
  }
  return DATA.statuses.map(([, word, sign, style], status) => ({
    title: `${sign} ${word}`,
    word,
    counts: (entry) => statusOn(entry, one) === status,
    asks: { device: DEVICES[one], status: style },
  }));
}

// A row's title to its entries and to what a click on it asks for.
function grouped(entries, by) {
  const rows = new Map();
  for (const entry of entries) {
    const title = by === "family" ? familyTitle(entry) : `${familyTitle(entry)}: ${groupOf(entry)}`;
    if (!rows.has(title)) {
      rows.set(title, { entries: [], asks: { family: textOf("family", entry), group: by === "family" ? "" : groupOf(entry) } });
    }
    rows.get(title).entries.push(entry);
  }
  return rows;
}

function headRow(titles) {
  const whole = heatWeight.value === "programs" ? "Uses" : "Entries";
  return make("tr", {}, make("td"), ...[whole, ...titles].map((title) => make("th", { scope: "col" }, title)));
}

function heatRow(title, row, columns) {
  const total = weightOf(row.entries);
  const counts = columns.map((column) => weightOf(row.entries.filter(column.counts)));
  const cells = columns.map((column, at) => make("td", {}, heatCell(title, column, row, counts[at], total)));
  return make("tr", {}, make("th", { scope: "row" }, title), make("td", {}, total.toLocaleString("en")), ...cells);
}

function heatCell(title, column, row, count, total) {
  const share = total ? count / total : 0;
  const percent = `${Math.floor(share * 100)}%`;
  const level = Math.min(Math.ceil(share * (LEVELS - 1)), LEVELS - 1);
  const label = `${percent} ${count}: ${title}, ${column.word || column.title}, ${count} of ${total}`;
  const attributes = { type: "button", class: `level-${level}`, "aria-label": label, tabindex: "-1" };
  const button = make("button", attributes, `${percent} `, make("small", {}, String(count)));
  button.asks = { ...row.asks, ...column.asks };
  return button;
}

// One stop for the tab key; arrows go on from there.
heat.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td");
  if (!cell || event.target.tagName !== "BUTTON") return;
  const row = cell.parentElement;
  const targets = {
    ArrowRight: () => cell.nextElementSibling,
    ArrowLeft: () => cell.previousElementSibling,
    ArrowDown: () => row.nextElementSibling?.cells[cell.cellIndex],
    ArrowUp: () => row.previousElementSibling?.cells[cell.cellIndex],
    Home: () => row.cells[2],
    End: () => row.cells[row.cells.length - 1],
  };
  const next = targets[event.key]?.()?.querySelector("button");
  if (event.key in targets) event.preventDefault();
  if (!next) return;
  event.target.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
