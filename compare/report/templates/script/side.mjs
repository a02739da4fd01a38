const LINES_AT_ONCE = 60; // marking words takes time
let lines = LINES_AT_ONCE;
let reading = null;

// Each outlet's sentences in reading order, the claims of each sentence, and whose it is.
function readingOrder() {
  if (reading) return reading;
  const sentences = everyOutlet.map(() => []);
  const outletOf = new Map();
  for (const node of document.querySelectorAll(".article [id^='s']:not(.boiler, .headline)")) {
    const [sentence, outlet] = [Number(node.id.slice(1)), Number(node.closest(".article").dataset.outlet)];
    sentences[outlet].push(sentence);
    outletOf.set(sentence, outlet);
  }
  const claims = new Map([...outletOf.keys()].map((sentence) => [sentence, []]));
  data.sentences.forEach((told, claim) => told.forEach((sentence) => claims.get(sentence)?.push(claim)));
  return (reading = { sentences, outletOf, claims });
}

// The lines of the comparison: each has the claims that it is about and, of every outlet that tells them here, the
// sentences. What the first outlet says stands in its order; what only others say, after what they say before it.
function aligned(chosen) {
  const { sentences, outletOf, claims } = readingOrder();
  const rows = [];
  const rowOf = new Map();
  for (const outlet of chosen) {
    let at = -1;
    for (const sentence of sentences[outlet]) {
      if (rowOf.has(sentence)) {
        at = rows.indexOf(rowOf.get(sentence));
        continue;
      }
      const row = { claims: claims.get(sentence), cells: new Map([[outlet, [sentence]]]) };
      for (const other of row.claims.flatMap((claim) => data.sentences[claim])) {
        if (other === sentence || rowOf.has(other) || !chosen.includes(outletOf.get(other))) continue;
        const whose = outletOf.get(other);
        if (whose === outlet) continue; // what it says again stands on a line of its own
        row.cells.set(whose, [...new Set([...(row.cells.get(whose) ?? []), other])].sort((a, b) => a - b));
      }
      for (const told of row.cells.values()) told.forEach((one) => rowOf.set(one, row));
      rows.splice(++at, 0, row);
    }
  }
  return { rows, rowOf };
}

const textOf = (sentences) => sentences.map((sentence) => byId(`s${sentence}`).textContent).join(" ");

// What an outlet says on a line; its words are marked against `base`, the first outlet's that says it.
function said(row, outlet, base) {
  const own = row.cells.get(outlet);
  const made = element("td", { id: `b${own[0]}`, tabindex: "-1" });
  const language = byId(`s${own[0]}`).closest("[lang]").getAttribute("lang");
  if (language) made.setAttribute("lang", language);
  const states = row.claims.map((claim) => stateAt(claim, outlet));
  const worst = states.includes(ALTERED) ? ALTERED : Math.max(...states.filter((state) => state < UNDECIDED));
  const words = element("p", { dir: "auto" });
  const look = data.looks[worst]?.state;
  words.append(base === null ? textOf(own) : marked(base, textOf(own), look !== "paraphrased" && look !== undefined, []));
  made.append(words);
  const notes = element("p", { class: "sure" });
  if (worst === ALTERED || worst === CONTESTED || (look === "partial" && base !== null)) {
    const kinds = row.claims.map((claim) => data.changes[`${claim}.${outlet}`]).filter(Boolean);
    notes.append(chipOf(worst), ` ${data.looks[worst].word}${kinds.length ? `: ${[...new Set(kinds)].join("; ")}` : ""} `);
  }
  notes.append(element("a", { href: `#s${own[0]}` }, "in the article"));
  made.append(notes);
  return made;
}

// What stands where an outlet does not say it: a gap, how sure it is, and where the outlet comes nearest.
function gap(row, outlet, rowOf) {
  const made = element("td", { class: "gap" });
  const [claim] = row.claims;
  if (claim === undefined) return made.append(element("p", { class: "sure" }, "not compared")), made;
  const carried = row.claims.find((one) => carriedAt(one, outlet));
  const { outletOf } = readingOrder();
  const there = carried === undefined ? undefined : data.sentences[carried].find((s) => outletOf.get(s) === outlet && rowOf.has(s));
  if (there !== undefined) {
    made.classList.add("moved");
    made.append(element("p", {}, element("a", { href: `#b${rowOf.get(there).cells.get(outlet)[0]}` }, "told on another line")));
    return made;
  }
  const state = stateAt(claim, outlet);
  const look = data.looks[state];
  if (look) made.append(element("p", {}, chipOf(state), ` ${look.word}`), element("p", { class: "sure" }, sureness(claim, outlet)));
  const nearest = data.best[claim][outlet];
  const where = inHeadline(claim, outlet) ? "in the headline" : "nearest sentence";
  if (nearest >= 0) made.append(element("p", { class: "sure" }, element("a", { href: `#s${nearest}` }, where)));
  return made;
}

const differs = (row, chosen) =>
  row.cells.size < chosen.length || chosen.some((outlet) => row.claims.some((claim) => [ALTERED, CONTESTED].includes(stateAt(claim, outlet))));

function besideChosen() {
  const picked = [...document.querySelectorAll("#beside-controls .outlet-choice")].map((box) => Number(box.value));
  return [...new Set(picked.filter((outlet) => outlet >= 0))];
}

function drawBeside() {
  const chosen = besideChosen();
  const { rows, rowOf } = aligned(chosen);
  const shared = rows.filter((row) => row.cells.size > 1);
  const kept = { every: rows, shared, different: shared.filter((row) => differs(row, chosen)) }[byId("lines").value];
  const all = rows.filter((row) => row.cells.size === chosen.length).length;
  byId("beside-shown").textContent = chosen.length < 2 ? `${counted(rows.length, "line")} of one outlet` :
    `${counted(rows.length, "line")}: ${all} told by all ${chosen.length}, ${shared.length - all ? `${shared.length - all} by some, ` : ""}${rows.length - shared.length} by one of them alone`;
  const body = element("tbody");
  for (const row of kept.slice(0, lines)) {
    const first = chosen.find((outlet) => row.cells.has(outlet));
    const base = textOf(row.cells.get(first));
    const cells = chosen.map((outlet) => {
      const cell = row.cells.has(outlet) ? said(row, outlet, outlet === first ? null : base) : gap(row, outlet, rowOf);
      cell.dataset.who = data.outlets[outlet];
      return cell;
    });
    body.append(element("tr", row.cells.size === 1 ? { class: "lone" } : {}, ...cells));
  }
  const heads = chosen.map((outlet) => {
    const head = element("th", { scope: "col" }, element("bdi", {}, data.outlets[outlet]));
    if (data.badges[outlet]) head.append(" ", element("span", { class: "badge" }, data.badges[outlet]));
    return head;
  });
  const caption = element("caption", {}, data.note);
  const table = element("table", { class: `beside of${chosen.length}` }, caption, element("thead", {}, element("tr", {}, ...heads)), body);
  byId("beside").classList.toggle("pane", rows.length > 0);
  const none = element("p", { class: "none" }, "There are no such lines.");
  byId("beside").querySelector("table, .note, .none").replaceWith(kept.length ? table : none);
  byId("more-lines").hidden = kept.length <= lines;
}

function startBeside() {
  if (!byId("beside")) return;
  const ranked = outletsByClaims();
  const picked = [ranked[0], ranked.at(-1), -1, -1];
  byId("choices").replaceChildren(
    ...picked.slice(0, Math.min(picked.length, data.outlets.length)).map((outlet, place) => {
      const options = everyOutlet.map((one) => element("option", { value: one }, data.outlets[one]));
      if (place > 1) options.unshift(element("option", { value: -1 }, "none"));
      const box = element("select", { class: "outlet-choice" }, ...options);
      box.value = outlet;
      return element("label", {}, `${["First", "Second", "Third", "Fourth"][place]} outlet `, box);
    }),
  );
  byId("beside-controls").hidden = false;
  byId("beside-controls").addEventListener("change", () => {
    lines = LINES_AT_ONCE;
    drawBeside();
  });
  byId("more-lines").addEventListener("click", () => {
    lines += LINES_AT_ONCE;
    drawBeside();
  });
  // Drawn before it is seen: a page that is printed or photographed whole has it, too.
  (window.requestIdleCallback ?? setTimeout)(drawBeside);
}
