// The page's behaviour: sorts the matrix, puts articles side by side, builds a claim's evidence when it is opened.
// Text comes from the page itself (sentences in the articles, wordings in the claims) and goes
// into it as text, never as markup.

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const [ALTERED, CONTESTED, UNDECIDED, OMITTED, CUT_OFF] = ["altered", "contested", "undecided", "omitted", "not assessable"].map((state) =>
  data.looks.findIndex((look) => look.state === state));

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function percent(value) {
  if (value > 99) return "over 99\u00a0%";
  return value < 1 ? "under 1\u00a0%" : `${value}\u00a0%`;
}

const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

const stateAt = (claim, outlet) => Number.parseInt(data.states[claim][outlet], 10); // NaN: not judged
const carriedAt = (claim, outlet) => stateAt(claim, outlet) < UNDECIDED;
const everyOutlet = data.outlets.map((_, outlet) => outlet);

const chipOf = (state) => element("span", { class: `chip ${data.looks[state].state.replace(" ", "-")}`, "aria-hidden": "true" }, data.looks[state].symbol);

// The outlets, those that carry most of the shared claims first.
function outletsByClaims() {
  const score = everyOutlet.map((outlet) => data.shared.filter((claim) => carriedAt(claim, outlet)).length);
  return [...everyOutlet].sort((a, b) => score[b] - score[a]);
}

function sureness(claim, outlet) {
  const chance = data.chances[claim][outlet];
  if (!carriedAt(claim, outlet)) return `${percent(chance)} chance that it is carried`;
  // Of the change itself there is no number.
  const otherwise = [ALTERED, CONTESTED].includes(stateAt(claim, outlet));
  return `${percent(chance)} sure it is carried${otherwise ? " in some form" : ""}`;
}

const inHeadline = (claim, outlet) => data.positions[claim][outlet] === -100;

function place(position) {
  if (position === -100) return "in the headline only";
  if (position < 0) return "";
  if (position === 0) return "in the lead";
  return `in the ${["first", "second", "third", "fourth", "last"][Math.min(4, Math.floor(position / 20))]} fifth`;
}

// Cells as the toolkit writes them: guarded against being run as formulas, and in quotation marks where they must be.
function cellOf(value) {
  const text = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// Saves a table as the toolkit writes it: with the byte order mark that spreadsheets want.
function download(name, lines) {
  const text = lines.map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
  const link = element("a", { download: name });
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const SCROLLED = ".scroll, .pane, .pane-at-most, #beside";

// What can be scrolled shows so: it fades where more of it is out of sight.
function startScrolls() {
  const measured = new ResizeObserver((boxes) => boxes.forEach(({ target }) => fade(target)));
  for (const box of document.querySelectorAll(SCROLLED)) {
    box.addEventListener("scroll", () => fade(box), { passive: true });
    measured.observe(box);
    for (const child of box.children) measured.observe(child);
  }
}

function fade(target) {
  const box = target.closest(SCROLLED);
  if (!box) return;
  box.classList.toggle("more-aside", box.scrollWidth - box.clientWidth - box.scrollLeft > 2);
  box.classList.toggle("more-below", box.scrollHeight - box.clientHeight - box.scrollTop > 2);
}
