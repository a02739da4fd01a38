// On which claims two outlets differ most: a table and, where the page has plotly, the figure of
// figures/difference.py, whose frame (all that does not depend on the two) is filled here from the same data.
const SIDES = ["one", "undecided", "other"];
const OF_EACH = 6; // claims of each side
const [EVIDENCE, HOVER_CLAIM, HOVER_LINE, NAME] = [120, 90, 44, 22]; // characters
const LETTER = 6.7; // pixels, rather too wide

function sideOf(claim, one, other) {
  const kind = (state) => (state < UNDECIDED ? "told" : state === OMITTED ? "omitted" : "open");
  const states = [stateAt(claim, one), stateAt(claim, other)];
  const kinds = states.map(kind);
  if (states.some(Number.isNaN) || states.includes(CUT_OFF) || kinds[0] === kinds[1]) return undefined;
  if (kinds.includes("open")) return "undecided";
  return kinds[0] === "told" ? "one" : "other";
}

// The claims of each side, those on which the two differ most first; of equal ones, the more widely carried.
function differing(one, other) {
  const sides = { one: [], undecided: [], other: [] };
  if (one === other) return sides;
  data.states.forEach((_, claim) => {
    if (data.whole[claim] >= 0) return;
    const points = data.chances[claim][other] - data.chances[claim][one];
    const outlets = everyOutlet.filter((outlet) => carriedAt(claim, outlet)).length;
    sides[sideOf(claim, one, other)]?.push({ claim, points, outlets });
  });
  const tenths = ({ points }) => Math.floor((Math.abs(points) + 5) / 10);
  for (const side of SIDES) sides[side].sort((a, b) => tenths(b) - tenths(a) || b.outlets - a.outlets || a.claim - b.claim);
  return sides;
}

const plain = (text) => text.replace(/[\p{Cc}\u2028\u2029]/gu, " ").replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
  .replace(/\s+/g, " ").trim();
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", $: "&#36;" }; // plotly reads some HTML, and TeX between $
const forPlotly = (text) => text.replace(/[&<>$]/g, (letter) => ENTITIES[letter]);

function shorten(text, width) {
  const points = [...plain(text)];
  if (points.length <= width) return points.join("");
  const cut = points.slice(0, width - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > width / 2 ? cut.slice(0, space) : cut).replace(/[ ,;:.\u2013-]+$/, "")}…`;
}

function wrapped(text, width) {
  const lines = [];
  for (const word of text.split(" ")) {
    if (lines.length && lines.at(-1).length + word.length < width) lines.push(`${lines.pop()} ${word}`);
    else for (let at = 0; at < word.length; at += width) lines.push(word.slice(at, at + width));
  }
  return lines;
}

function hoverText(claim, pair) {
  const said = [`${claim + 1}. ${shorten(wordingOf(claim), HOVER_CLAIM)}`];
  for (const outlet of pair) {
    const look = data.looks[stateAt(claim, outlet)];
    said.push(`${shorten(data.outlets[outlet], NAME)}: ${look.symbol} ${look.word}, ${sureness(claim, outlet)}`);
    const evidence = byId(`s${data.best[claim][outlet]}`)?.textContent;
    if (evidence) said.push(`${carriedAt(claim, outlet) ? "" : "Nearest: "}“${shorten(evidence, EVIDENCE)}”`);
  }
  return said.flatMap((text) => wrapped(text, HOVER_LINE)).map(forPlotly).join("<br>");
}

function filled(frame, shown, pair, letters) {
  const { data: [labels, ...traces], layout } = frame;
  const { row, rest } = layout.meta;
  labels.x = shown.map(() => layout.xaxis.range[0]);
  labels.y = shown.map((_, line) => line - 12 / row);
  labels.text = shown.map(({ claim }) => forPlotly(shorten(`${claim + 1}. ${wordingOf(claim)}`, letters)));
  SIDES.forEach((side, number) => {
    const mine = shown.filter((one) => one.side === side);
    const trace = traces[number];
    trace.x = mine.map(({ points }) => points / 100);
    trace.y = mine.map((one) => shown.indexOf(one));
    trace.customdata = mine.map(({ claim }) => claim + 1);
    trace.hovertext = mine.map(({ claim }) => hoverText(claim, pair));
    trace.marker.size = mine.map(({ outlets }) => outlets);
    trace.error_x.array = trace.x.map((x) => Math.max(-x, 0));
    trace.error_x.arrayminus = trace.x.map((x) => Math.max(x, 0));
  });
  pair.forEach((outlet, number) => {
    layout.annotations[number].text += `<br>${forPlotly(shorten(data.outlets[outlet], NAME))}`;
  });
  layout.yaxis.range = [shown.length - 0.5, -0.9];
  layout.height = Math.round(rest + row * (shown.length + 0.4));
  return { data: [labels, ...traces], layout };
}

const chosenPair = () => ["pair-one", "pair-other"].map((id) => Number(byId(id).value));

function shownOf(sides) {
  const shown = SIDES.flatMap((side) => sides[side].slice(0, OF_EACH).map((row) => ({ ...row, side })));
  return shown.sort((a, b) => a.points - b.points || a.claim - b.claim);
}

function saidOf(sides, pair) {
  if (pair[0] === pair[1]) return "Choose two different outlets.";
  const [one, other] = pair.map((outlet) => `\u2068${data.outlets[outlet]}\u2069`);
  const most = SIDES.some((side) => sides[side].length > OF_EACH) ? ` Shown are at most ${OF_EACH} of each: those on which the two differ most.` : "";
  const [n, open, m] = SIDES.map((side) => sides[side].length);
  return `Of the two, ${one} alone tells ${counted(n, "claim")} and ${other} alone ${m}; ` +
    `${open} ${open === 1 ? "is" : "are"} undecided at one of them.${most}`;
}

// The master: a row for each claim of the figure.
function pairTable(shown, pair) {
  if (!shown.length) return element("p", { class: "note" }, "There is no claim to show: neither outlet tells anything that the other leaves out, and nothing is undecided.");
  const heads = ["Claim", ...pair.map((outlet) => data.outlets[outlet]), "Carried by"];
  const cell = (claim, outlet) => {
    const state = stateAt(claim, outlet);
    return element("td", { "data-who": data.outlets[outlet] }, chipOf(state), ` ${data.looks[state].word}, ${percent(data.chances[claim][outlet])}`);
  };
  const lines = shown.map(({ claim, outlets }) => element("tr", {},
    element("th", { scope: "row", dir: "auto" }, element("a", { href: `#c${claim + 1}` }, wordingOf(claim))),
    ...pair.map((outlet) => cell(claim, outlet)), element("td", { "data-who": heads.at(-1) }, `${outlets} of ${data.outlets.length}`)));
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, element("bdi", {}, text))));
  const caption = element("caption", {}, `The number is the probability that the outlet carries the claim. ${data.note}`);
  return element("table", { class: "pair" }, caption, element("thead", {}, head), element("tbody", {}, ...lines));
}

let shownClaims = [];

function choosePair() {
  const pair = chosenPair();
  const sides = differing(...pair);
  shownClaims = shownOf(sides);
  byId("pair-shown").textContent = saidOf(sides, pair);
  byId("pair-table").replaceChildren(pairTable(shownClaims, pair));
  if (data.figures) drawFigures();
}

const placeOf = (figure) => document.querySelector(`[data-figure="${figure}"]`);

// Draws the figures or, before plotly is unpacked, only makes room for them.
function drawFigures() {
  const letters = Math.floor(placeOf("omissions").clientWidth / LETTER);
  placeOf("difference").hidden = !shownClaims.length;
  for (const place of document.querySelectorAll(".figure")) {
    const made = onPaper(data.figures[place.dataset.figure], data.dark);
    const figure = place === placeOf("difference") ? filled(made, shownClaims, chosenPair(), letters) : made;
    place.style.minHeight = `${figure.layout.height}px`;
    drawIn(place, figure);
  }
}

async function startPlotly() {
  await unpack();
  drawFigures();
  placeOf("difference").on("plotly_click", ({ points: [{ customdata, curveNumber }] }) =>
    openClaim(customdata - 1, chosenPair()[SIDES[curveNumber - 1] === "other" ? 1 : 0], byId("pair-one")));
  // A part of a bar leads to its claims in the matrix.
  placeOf("omissions").on("plotly_click", ({ points: [{ curveNumber, pointNumber }] }) => {
    for (const [id, value] of Object.entries({ show: "shared", whose: pointNumber, state: curveNumber })) byId(id).value = value;
    byId("state").dispatchEvent(new Event("change"));
    byId("controls").scrollIntoView();
  });
  DARK.addEventListener("change", drawFigures);
  addEventListener("resize", drawFigures);
}

function startDifference() {
  if (!byId("pair")) return;
  // Nothing is known of an outlet that withdrew its article; such a pair shows nothing unless one asks for it.
  const assessed = outletsByClaims().filter((outlet) => !data.withdrawn.includes(outlet));
  const ranked = assessed.length > 1 ? assessed : outletsByClaims();
  [["pair-one", "On the left", ranked[0]], ["pair-other", "On the right", ranked.at(-1)]].forEach(([id, label, outlet]) => {
    const box = element("select", { id }, ...everyOutlet.map((one) => element("option", { value: one }, data.outlets[one])));
    box.value = outlet;
    byId("pair").append(element("label", {}, `${label} `, box));
  });
  byId("pair").hidden = false;
  byId("pair").addEventListener("change", choosePair);
  choosePair();
  if (!data.figures) return;
  const observer = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    startPlotly();
  }, { rootMargin: "200px" });
  document.querySelectorAll(".figure").forEach((place) => observer.observe(place));
}
