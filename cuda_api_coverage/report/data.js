// The catalogue as payload.py writes it: columns of numbers, and the texts that they stand for.
const DATA = JSON.parse(document.getElementById("data").textContent);
// Values, each followed by how many entries in a row have it.
const unrolled = (runs) => runs.flatMap((value, at) => (at % 2 ? [] : Array(runs[at + 1]).fill(value)));
DATA.status = unrolled(DATA.status);
DATA.programs = unrolled(DATA.programs);
for (const column of Object.values(DATA.columns)) column.of = unrolled(column.of);
const ENTRIES = DATA.name.map((_, entry) => entry);
const STYLES = DATA.statuses.map((status) => status[3]);
const DEVICES = DATA.devices.map(([name]) => name);
const NO_GROUP = "(none)";
// Several statuses under one word.
const STATUS_SETS = {
  usable: ["works", "differs"],
  implemented: ["works", "differs", "untested"],
  missing: ["refused", "absent"],
};

const textOf = (column, entry) => DATA.columns[column].texts[DATA.columns[column].of[entry]];
const groupOf = (entry) => textOf("group", entry) || NO_GROUP;
const familyTitle = (entry) => DATA.families[textOf("family", entry)] || textOf("family", entry);
const statusOn = (entry, device) => Number(DATA.status[entry][device]);
const statusSet = (word) => new Set((STATUS_SETS[word] || [word]).map((style) => STYLES.indexOf(style)));

// 12.9 and 12.10 as numbers in their order.
const versionNumber = (version) => version.split(".").reduce((total, part, at) => total + Number(part) / 1000 ** at, 0);

const SEARCHED = ENTRIES.map((entry) =>
  [DATA.name[entry], textOf("group", entry), textOf("header", entry), textOf("difference", entry)].join("\n").toLowerCase()
);

// An element with attributes, text and children. Texts are never markup.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const counted = (number, word, words = `${word}s`) => `${number.toLocaleString("en")} ${number === 1 ? word : words}`;
