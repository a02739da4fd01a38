const ROWS_AT_ONCE = 100; // as many as the page comes with in its first table
const rows = [...document.querySelectorAll("#grid tbody tr, #rest tbody tr")]; // in the order of the claims
let limit = ROWS_AT_ONCE;
let column = 0; // the outlet whose column the matrix is sorted by, if it is
let wanted = -1; // the outlet whose cell was chosen: its card is pointed out
const partsOf = new Map(); // the parts of each claim that has any
for (const [part, whole] of data.whole.entries()) {
  if (whole >= 0) partsOf.set(whole, [...(partsOf.get(whole) ?? []), part]);
}
const CELL_NOTES = {
  chances: "The number is the probability, in per cent, that the outlet carries the claim in any form.",
  positions: "The number says how far into the outlet’s article the claim appears, in per cent, if the outlet carries it.",
};
const unfolded = new Set(); // the claims whose parts are shown
let came = null; // the claim that was opened, and from where: Escape leads back there

const wordingOf = (claim) => byId(`c${claim + 1}`).querySelector(".wording").textContent;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

function chosenClaims() {
  const all = rows.map((_, claim) => claim).filter((claim) => data.whole[claim] < 0);
  const omissions = (claim) => everyOutlet.filter((outlet) => stateAt(claim, outlet) === OMITTED).length;
  const standing = (claim) => {
    const places = everyOutlet.filter((outlet) => carriedAt(claim, outlet)).map((o) => data.positions[claim][o]);
    return places.reduce((sum, place) => sum + Math.max(place, 0), 0) / Math.max(places.length, 1);
  };
  const [whose, state, words] = [Number(byId("whose").value), Number(byId("state").value), fold(byId("words").value.trim())];
  const treated = (claim) => (whose < 0 ? everyOutlet : [whose]).some((outlet) => stateAt(claim, outlet) === state);
  const says = (claim) => fold(wordingOf(claim)).includes(words);
  const told = (claim) => {
    const inPart = words && partsOf.get(claim)?.some(says);
    if (inPart) unfolded.add(claim);
    return inPart || says(claim);
  };
  const kept = {
    shared: data.shared,
    "left-out": data.shared.filter(omissions),
    quotes: all.filter((claim) => [claim, ...(partsOf.get(claim) ?? [])].some((one) => data.quotes.includes(one))),
    single: all.filter((claim) => !data.shared.includes(claim)),
    all,
  }[byId("show").value].filter((claim) => (state < 0 || treated(claim)) && told(claim));
  const key = {
    salience: (claim) => claim,
    story: standing,
    omitted: (claim) => -omissions(claim),
    outlet: (claim) => stateAt(claim, column) || 0,
  }[byId("order").value];
  const keys = new Map(kept.map((claim) => [claim, key(claim)]));
  return kept.sort((a, b) => keys.get(a) - keys.get(b) || a - b);
}

function showRows() {
  const claims = chosenClaims();
  const shown = claims.slice(0, limit);
  const laid = shown.flatMap((claim) => [claim, ...(partsOf.get(claim) ?? [])]);
  const kept = new Set(laid);
  for (const claim of partsOf.keys()) unfold(claim, unfolded.has(claim));
  byId("grid").tBodies[0].replaceChildren(...laid.map((claim) => rows[claim]));
  byId("rest").querySelector("tbody").replaceChildren(...rows.filter((_, claim) => !kept.has(claim)));
  byId("more").hidden = shown.length === claims.length;
  byId("shown").textContent = `${shown.length} of ${claims.length} shown`;
  const sorted = byId("order").value === "outlet";
  document.querySelectorAll("#grid thead button").forEach((head, outlet) => {
    if (sorted && outlet === column) head.parentElement.setAttribute("aria-sort", "ascending");
    else head.parentElement.removeAttribute("aria-sort");
  });
  stand(byId("grid").tBodies[0].querySelector("td"), false);
}

// What the cells say: how sure it is that the outlet carries the claim, or how far down in its article it stands.
function fillCells() {
  const which = byId("cells").value;
  const standing = (position) => (position === 0 ? "lead" : position === -100 ? "title" : position);
  for (const [claim, row] of rows.entries())
    for (const outlet of everyOutlet) {
      if (Number.isNaN(stateAt(claim, outlet))) continue;
      const chance = Math.min(99, Math.max(1, data.chances[claim][outlet]));
      const place = carriedAt(claim, outlet) ? standing(data.positions[claim][outlet]) : "";
      const sure = stateAt(claim, outlet) === CUT_OFF ? "" : chance;
      row.cells[outlet + 1].textContent = which === "chances" ? sure : place;
    }
  byId("cell-note").textContent = CELL_NOTES[which];
}

// Shows or folds the parts of a claim. On paper they are always there.
function unfold(claim, shown) {
  if (shown) unfolded.add(claim);
  else unfolded.delete(claim);
  rows[claim].querySelector(".fold").setAttribute("aria-expanded", shown);
  for (const part of partsOf.get(claim)) rows[part].hidden = !shown;
}

function startFolds() {
  for (const claim of partsOf.keys()) {
    const label = rows[claim].querySelector(".fold");
    const button = element("button", { type: "button", class: "fold" }, label.textContent);
    button.addEventListener("click", () => unfold(claim, !unfolded.has(claim)));
    label.replaceWith(button);
  }
}

// One cell can be reached with the tab key, the others and the claims' numbers from there with the arrows.
function stand(cell, focus = true) {
  cell?.setAttribute("tabindex", "0");
  for (const other of document.querySelectorAll("#grid td[tabindex]")) if (other !== cell) other.removeAttribute("tabindex");
  if (focus) cell?.focus();
}

function step(cell, key) {
  const row = cell.parentElement;
  const last = row.cells.length - 1;
  const to = { ArrowLeft: cell.cellIndex - 1, ArrowRight: cell.cellIndex + 1, Home: 0, End: last }[key];
  if (to !== undefined) return row.cells[Math.min(last, Math.max(0, to))];
  const beside = { ArrowUp: "previousElementSibling", ArrowDown: "nextElementSibling" }[key];
  let next = row[beside];
  while (next?.hidden) next = next[beside];
  return next?.cells[cell.cellIndex];
}

// Keys in the matrix: arrows, Home and End walk, Enter and Space open.
function walk(event) {
  const here = event.target.closest("tbody td, tbody th");
  if (!here || event.altKey || event.ctrlKey || event.metaKey) return;
  const cell = step(here, event.key);
  if (cell?.matches("th")) cell.querySelector("a").focus();
  else if (cell) stand(cell);
  else if (here.matches("td") && (event.key === "Enter" || event.key === " ")) open(here);
  else return;
  event.preventDefault();
}

// A cell shows its evidence where it stands; from there a link leads to what every outlet made of the claim.
function open(cell) {
  stand(cell, false);
  cell.focus({ preventScroll: true }); // a click does not, and what had no focus cannot get it back
  const [claim, outlet] = [rows.indexOf(cell.parentElement), cell.cellIndex - 1];
  const box = byId("peek");
  if (!box.showPopover) return openClaim(claim, outlet, cell); // an older browser
  const all = element("a", { href: `#c${claim + 1}` }, "What every outlet says about it");
  all.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    box.hidePopover();
    openClaim(claim, outlet, cell);
  });
  const omission = stateAt(claim, outlet) === OMITTED ? [element("p", { class: "note" }, data.note)] : [];
  box.replaceChildren(element("p", { class: "wording", dir: "auto" }, wordingOf(claim)), card(claim, outlet), ...omission, element("p", {}, all));
  box.showPopover();
  const [at, size] = [cell.getBoundingClientRect(), box.getBoundingClientRect()];
  const room = innerHeight - at.bottom > size.height + 12 || at.top < size.height + 12;
  box.style.left = `${scrollX + Math.max(8, Math.min(at.left, document.documentElement.clientWidth - size.width - 8))}px`;
  const top = room ? at.bottom + 4 : at.top - size.height - 4;
  box.style.top = `${scrollY + Math.max(8, Math.min(top, innerHeight - size.height - 8))}px`;
  all.focus({ preventScroll: true });
}

function openClaim(claim, outlet, from) {
  came = { claim, from };
  wanted = outlet;
  const hash = `#c${claim + 1}`;
  if (location.hash === hash) reveal();
  else location.hash = hash;
}

function startMatrix() {
  if (!rows.length) return;
  byId("peek").addEventListener("click", ({ target }) => target.closest(".card a") && byId("peek").hidePopover());
  for (const [outlet, head] of document.querySelectorAll("#grid thead th:not(:first-child)").entries()) {
    const button = element("button", { type: "button", title: "sort by this outlet" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      column = outlet;
      byId("order").value = "outlet";
      showRows();
    });
  }
  byId("whose").append(...everyOutlet.map((outlet) => element("option", { value: outlet }, data.outlets[outlet])));
  const cutOff = data.cut.some(Boolean);
  const options = data.looks.map((look, state) => element("option", { value: state }, `${look.symbol} ${look.word}`));
  byId("state").append(...options.filter((_, state) => state !== CUT_OFF || cutOff));
  const again = () => {
    limit = ROWS_AT_ONCE;
    showRows();
  };
  for (const id of ["show", "order", "whose", "state"]) byId(id).addEventListener("change", again);
  byId("words").addEventListener("input", again);
  byId("cells").addEventListener("change", fillCells);
  byId("more").addEventListener("click", () => {
    limit += ROWS_AT_ONCE;
    showRows();
  });
  byId("peek").addEventListener("click", ({ target }) => target.closest(".card a") && byId("peek").hidePopover());
  startFolds();
  const grid = byId("grid");
  grid.setAttribute("role", "grid");
  grid.addEventListener("click", ({ target }) => target.closest("td") && open(target.closest("td")));
  grid.addEventListener("focusin", ({ target }) => target.matches("td") && stand(target, false));
  grid.addEventListener("keydown", walk);
  for (const row of rows) row.cells[0].querySelector("a").tabIndex = -1;
  // What has the focus is not to hide behind the outlets' names, which stay while the rows scroll.
  grid.closest(".scroll").style.scrollPaddingTop = `${grid.tHead.rows[0].offsetHeight}px`;
  byId("controls").hidden = false;
  byId("rest").hidden = true;
  showRows();
}
