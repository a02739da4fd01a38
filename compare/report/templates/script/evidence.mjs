// `kind` is how close the sentence is: "close" (marks on both sides), "free" (only its own words
// are marked), "nearest" (does not carry the claim) or "further" (another sentence that helps to carry it, or a note).
function quotation(claim, sentence, kind) {
  const source = byId(`s${sentence}`);
  if (!source) return "";
  const last = data.notes[sentence] ?? sentence;
  const text = Array.from({ length: last - sentence + 1 }, (_, at) => byId(`s${sentence + at}`).textContent).join(" ");
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
  const made = element("div", { class: "card", "data-outlet": outlet }, element("h4", {}, element("bdi", {}, data.outlets[outlet])));
  if (data.cut[outlet]) made.append(element("span", { class: "badge" }, data.cut[outlet]));
  if (data.badges[outlet]) made.append(element("span", { class: "badge" }, data.badges[outlet]));
  if (Number.isNaN(state)) return made;
  const look = data.looks[state];
  made.append(element("p", {}, chipOf(state), ` ${look.word} – ${state === CUT_OFF ? look.meaning : sureness(claim, outlet)}`));
  const changes = data.changes[`${claim}.${outlet}`];
  const facts = [changes && `${look.state === "contested" ? "in dispute" : "changed"}: ${changes}`, place(data.positions[claim][outlet])].filter(Boolean);
  const best = data.best[claim][outlet];
  if (facts.length) made.append(element("p", {}, facts.join("; ")));
  if (best >= 0) {
    const noted = best in data.notes;
    const kind = state >= UNDECIDED ? "nearest" : noted ? "further" : look.state === "paraphrased" ? "free" : "close";
    if (noted) made.append(element("p", {}, kind === "nearest" ? "Withdrawn by the outlet:" : "Its own note:"));
    else if (kind === "nearest") made.append(element("p", {}, "Nearest sentence:"));
    made.append(quotation(claim, best, kind));
  }
  const article = (sentence) => byId(`s${sentence}`)?.closest(".article")?.dataset.outlet;
  for (const sentence of data.sentences[claim])
    if (sentence !== best && article(sentence) === String(outlet)) made.append(element("p", { class: "further" }, "Also:"), quotation(claim, sentence, "further"));
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
