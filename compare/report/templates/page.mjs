// The page's behaviour: draws the matrix, builds a claim's evidence when it is opened.
// Text comes from the page itself (sentences in the articles, wordings in the claims) and goes
// into it as text, never as markup.

const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const OMITTED = data.looks.findIndex((look) => look.state === "omitted");
const UNDECIDED = data.looks.findIndex((look) => look.state === "undecided");
const ROWS_AT_ONCE = 60; // more make the chart slow to draw

// ---- small things -----------------------------------------------------------------------------

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

const stateAt = (claim, outlet) => Number.parseInt(data.states[claim][outlet], 10); // NaN: not judged
const carriedAt = (claim, outlet) => stateAt(claim, outlet) < UNDECIDED;
const everyOutlet = data.outlets.map((_, outlet) => outlet);

function sureness(claim, outlet) {
  const chance = data.chances[claim][outlet];
  if (stateAt(claim, outlet) === OMITTED) return `${percent(100 - chance)} sure it is left out`;
  return stateAt(claim, outlet) === UNDECIDED ? `carried with a chance of ${percent(chance)}` : `${percent(chance)} sure it is carried`;
}

function place(position) {
  if (position < 0) return "";
  if (position === 0) return "in the lead";
  return `in the ${["first", "second", "third", "fourth", "last"][Math.min(4, Math.floor(position / 20))]} fifth`;
}

// ---- evidence ---------------------------------------------------------------------------------

const segmenter = Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: "word" });
const segments = (text) => [...segmenter.segment(text)].map((s) => ({ text: s.segment, word: s.isWordLike, at: s.index }));
const folded = (part) => part.text.toLocaleLowerCase().normalize("NFKC");

// The longest common subsequence of two lists of words: which of `b` are in it, and where in `a`.
function common(a, b) {
  const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
  const partner = new Map();
  for (let i = 0, j = 0; i < a.length && j < b.length; )
    if (a[i] === b[j]) partner.set(j++, i++);
    else if (best[i + 1][j] >= best[i][j + 1]) i++;
    else j++;
  return partner;
}

// Says into what a piece of the sentence goes: `out`, or the <mark> of the clause that it belongs to, whose bars show
// where the clause begins and ends.
function clausewise(out, sentence, spans) {
  const points = [...sentence]; // the page counts code points, the script UTF-16 units
  const units = (at) => points.slice(0, at).join("").length;
  const clauses = [];
  for (let i = 0; i < spans.length; i += 2) clauses.push({ from: units(spans[i]), to: units(spans[i + 1]), mark: null });
  return (at) => {
    const clause = clauses.find(({ from, to }) => from <= at && at < to);
    return clause ? (clause.mark ??= element("mark")) : out;
  };
}

// The sentence with its clauses marked and nothing compared.
function unmarked(sentence, spans) {
  const out = new DocumentFragment();
  const place = clausewise(out, sentence, spans);
  let at = 0;
  let run = ["", out];
  for (const point of sentence) {
    const here = place(at);
    if (here !== run[1]) {
      run[1].append(run[0]);
      if (here !== out) out.append(here);
      run = ["", here];
    }
    run[0] += point;
    at += point.length;
  }
  run[1].append(run[0]);
  return out;
}

// The sentence with <ins> around words that the claim's wording lacks and, if `strike`, <del> for words
// that only the claim's wording has. `spans` are the clauses that tell the claim, none if the whole sentence
// does; what stands outside them is compared (a shared subject may stand there), but not marked.
function marked(wording, sentence, strike, spans) {
  if (!segmenter) return unmarked(sentence, spans);
  const wanted = segments(wording).filter((part) => part.word);
  const parts = segments(sentence);
  const words = parts.filter((part) => part.word);
  const partner = common(wanted.map(folded), words.map(folded));
  // Two wordings that share little differ everywhere: marks would only be noise.
  if (partner.size < 0.5 * Math.min(wanted.length, words.length)) return unmarked(sentence, spans);
  const out = new DocumentFragment();
  const place = clausewise(out, sentence, spans);
  let into = out; // the fragment, or the clause that the words stand in
  let last = -1; // the last word of the claim that the sentence has reached
  let run = null; // an open <ins>
  const missing = (upto, before) => {
    const gone = wanted.slice(last + 1, upto).map((part) => part.text).join(" ");
    if (!gone || !strike) return;
    const struck = [element("del", {}, gone), " "];
    if (run) run.before(...struck);
    else if (before) into.append(...struck.reverse());
    else into.append(...struck);
  };
  let gap = ""; // spaces and marks that may or may not become part of it
  let at = 0;
  for (const part of parts) {
    const here = place(part.at);
    if (here !== into) {
      into.append(gap);
      if (here !== out) out.append(here);
      [gap, run, into] = ["", null, here];
    }
    if (!part.word) {
      gap += part.text;
      continue;
    }
    const found = partner.get(at++);
    const own = found === undefined && (!spans.length || into !== out);
    if (!own || !run) into.append(gap);
    else run.append(gap);
    gap = "";
    if (own) {
      if (!run) into.append((run = element("ins")));
      run.append(part.text);
      continue;
    }
    if (found !== undefined) {
      missing(found, false);
      last = found;
    }
    run = null;
    into.append(part.text);
  }
  missing(wanted.length, true);
  into.append(gap);
  return out;
}

// `kind` is how close the sentence is: "close" (marks on both sides), "free" (only its own words
// are marked), "nearest" (does not carry the claim) or "further" (another sentence that helps to carry it).
function quotation(claim, sentence, kind) {
  const source = byId(`s${sentence}`);
  if (!source) return "";
  const text = source.textContent;
  const wording = byId(`c${claim + 1}`).querySelector(".wording").textContent;
  const quote = element("blockquote", { dir: "auto", class: kind });
  const language = source.closest("[lang]").getAttribute("lang");
  if (language) quote.setAttribute("lang", language);
  const compared = kind === "close" || kind === "free";
  const spans = kind === "nearest" ? [] : (data.clauses[`${claim}.${sentence}`] ?? []);
  quote.append(compared ? marked(wording, text, kind === "close", spans) : unmarked(text, spans));
  quote.append(" ", element("a", { href: `#s${sentence}` }, "in the article"));
  return quote;
}

function card(claim, outlet) {
  const state = stateAt(claim, outlet);
  const made = element("div", { class: "card" }, element("h4", {}, element("bdi", {}, data.outlets[outlet])));
  if (data.badges[outlet]) made.append(element("span", { class: "badge" }, data.badges[outlet]));
  if (Number.isNaN(state)) return made;
  const look = data.looks[state];
  const chip = element("span", { class: `chip ${look.state}`, "aria-hidden": "true" }, look.symbol);
  made.append(element("p", {}, chip, ` ${look.word} – ${sureness(claim, outlet)}`));
  const changes = data.changes[`${claim}.${outlet}`];
  const facts = [changes && `changed: ${changes}`, place(data.positions[claim][outlet])].filter(Boolean);
  const best = data.best[claim][outlet];
  if (facts.length) made.append(element("p", {}, facts.join("; ")));
  if (best >= 0) {
    const kind = state >= UNDECIDED ? "nearest" : look.state === "paraphrased" ? "free" : "close";
    if (kind === "nearest") made.append(element("p", {}, "Nearest sentence:"));
    made.append(quotation(claim, best, kind));
  }
  const article = (sentence) => byId(`s${sentence}`)?.closest(".article")?.dataset.outlet;
  for (const sentence of data.sentences[claim])
    if (sentence !== best && article(sentence) === String(outlet)) made.append(element("p", {}, "Also:"), quotation(claim, sentence, "further"));
  return made;
}

function fill(details) {
  if (details.querySelector(".evidence")) return;
  const claim = Number(details.id.slice(1)) - 1;
  const order = [...everyOutlet].sort((a, b) => (stateAt(claim, a) || 0) - (stateAt(claim, b) || 0));
  const omitted = everyOutlet.some((outlet) => stateAt(claim, outlet) === OMITTED);
  details.append(element("div", { class: "evidence" }, ...order.map((outlet) => card(claim, outlet))));
  if (omitted) details.append(element("p", { class: "note" }, data.note));
}

// ---- the matrix -------------------------------------------------------------------------------

let limit = ROWS_AT_ONCE;
let plotly = null;
let drawn = []; // the claims in the chart, row by row

function chosenClaims() {
  const all = data.labels.map((_, claim) => claim);
  const omissions = (claim) => everyOutlet.filter((outlet) => stateAt(claim, outlet) === OMITTED).length;
  const standing = (claim) => {
    const places = everyOutlet.filter((outlet) => carriedAt(claim, outlet)).map((o) => data.positions[claim][o]);
    return places.reduce((sum, place) => sum + Math.max(place, 0), 0) / Math.max(places.length, 1);
  };
  const kept = {
    shared: all.slice(0, data.shared),
    "left-out": all.slice(0, data.shared).filter(omissions),
    single: all.slice(data.shared),
    all,
  }[byId("show").value];
  const key = { salience: (claim) => claim, story: standing, omitted: (claim) => -omissions(claim) }[byId("order").value];
  const keys = new Map(kept.map((claim) => [claim, key(claim)]));
  return kept.sort((a, b) => keys.get(a) - keys.get(b) || a - b);
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const clipped = (text, width) => (text.length > width ? `${text.slice(0, width - 1).trimEnd()}…` : text);

function hover(claim, outlet) {
  const look = data.looks[stateAt(claim, outlet)];
  if (!look) return "";
  const name = escaped(data.outlets[outlet]);
  return `${claim + 1}. ${escaped(data.labels[claim])}<br>${name}: ${look.symbol} ${look.word} (${sureness(claim, outlet)})`;
}

const chartHeight = (rows) => 150 + 30 * rows;

function draw() {
  const claims = chosenClaims();
  const shown = claims.slice(0, limit);
  byId("more").hidden = shown.length === claims.length;
  byId("shown").textContent = `${shown.length} of ${claims.length} shown`;
  const colours = getComputedStyle(document.documentElement);
  const colour = (name) => colours.getPropertyValue(`--${name}`).trim();
  const { data: [trace], layout } = structuredClone(data.figure);
  const room = byId("chart").parentElement.clientWidth;
  const characters = room < 640 ? 0 : Math.floor(room / 19);
  const steep = room < 900 || everyOutlet.length > 10;
  const longest = 7 * Math.max(...data.short.map((name) => name.length));
  const right = Math.round(longest * Math.cos(((steep ? 65 : 40) * Math.PI) / 180)) - 10;
  const width = Math.max(room, characters * 7 + 40 + right + everyOutlet.length * 28);
  trace.x = everyOutlet;
  trace.y = shown.map((_, row) => row);
  trace.z = shown.map((claim) => everyOutlet.map((o) => (Number.isNaN(stateAt(claim, o)) ? null : stateAt(claim, o))));
  trace.text = shown.map((claim) => everyOutlet.map((o) => data.looks[stateAt(claim, o)]?.symbol ?? ""));
  trace.hovertext = shown.map((claim) => everyOutlet.map((o) => hover(claim, o)));
  trace.colorscale = data.looks.flatMap((look, i) => [0, 1].map((side) => [(i + side) / data.looks.length, colour(look.state)]));
  const label = (claim) => (characters ? `${claim + 1}  ${escaped(clipped(data.labels[claim], characters))}` : `${claim + 1}`);
  Object.assign(layout.xaxis, { tickvals: trace.x, ticktext: data.short.map(escaped), tickangle: steep ? -65 : -40 });
  Object.assign(layout.yaxis, { tickvals: trace.y, ticktext: shown.map(label) });
  const fonts = { ...layout.template.layout.font, color: colour("ink") };
  Object.assign(layout, { width, height: chartHeight(shown.length), font: fonts, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" });
  layout.margin = { l: 0, r: right, t: 0, b: 8 };
  layout.hoverlabel = { bgcolor: colour("paper"), bordercolor: colour("soft"), font: { color: colour("ink") } };
  plotly.react("chart", [trace], layout, { displayModeBar: false });
  byId("chart").style.minHeight = "";
  drawn = shown;
}

async function unpack() {
  const packed = Uint8Array.from(atob(byId("plotly").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  // A script element with exactly this text is allowed by its hash in the page's policy.
  document.head.append(element("script", {}, await new Response(stream).text()));
  plotly = window.Plotly;
}

async function startMatrix() {
  await unpack();
  byId("controls").hidden = false;
  draw();
  byId("chart").on("plotly_click", ({ points }) => {
    const hash = `#c${drawn[points[0].y] + 1}`;
    if (location.hash === hash) reveal();
    else location.hash = hash;
  });
  for (const id of ["show", "order"])
    byId(id).addEventListener("change", () => {
      limit = ROWS_AT_ONCE;
      draw();
    });
  byId("more").addEventListener("click", () => {
    limit += ROWS_AT_ONCE;
    draw();
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) draw();
    width = innerWidth;
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

// ---- start ------------------------------------------------------------------------------------

function reveal() {
  const target = /^#[cqs]\d+$/.test(location.hash) && byId(location.hash.slice(1));
  if (!target) return;
  for (let box = target; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
  if (target.classList.contains("claim")) fill(target);
  target.scrollIntoView();
  (target.querySelector("summary") ?? target).focus({ preventScroll: true });
}

// Room for the chart to come, so that what a link below it leads to stays in its place.
byId("chart").style.minHeight = `${chartHeight(Math.min(limit, chosenClaims().length))}px`;
byId("no-script").hidden = true; // not <noscript>: where a viewer blocks scripts, that stays hidden too
for (const details of document.querySelectorAll("details.claim"))
  details.addEventListener("toggle", () => details.open && fill(details));
addEventListener("hashchange", reveal);
addEventListener("click", (event) => {
  // Following a link to where one already is changes no hash.
  if (event.target.closest?.("a[href^='#']")?.getAttribute("href") === location.hash) reveal();
});
reveal();

new IntersectionObserver((seen, observer) => {
  if (!seen.some((entry) => entry.isIntersecting)) return;
  observer.disconnect();
  startMatrix().catch(() => {
    byId("chart").style.minHeight = "";
    byId("table").open = true; // an old browser: the table says the same
  });
}, { rootMargin: "600px" }).observe(byId("matrix"));
