// One unit at a time. Answers are kept in this page and, where the browser allows it, in its storage,
// so that a closed window loses nothing; what counts is the file that the coder saves.
const $ = (id) => document.getElementById(id);
const { sample, coder, articles, units } = JSON.parse($("data").textContent);
const place = `storydiff ${sample} ${coder}`;
const radios = [...document.querySelectorAll("input[name=code]")];
const codes = radios.map((radio) => radio.value);
const known = new Set(units.map(([unit]) => unit));
let answers = {}; // unit -> {code, note}
let at = 0;
let saved = true;

const answered = () => units.filter(([unit]) => answers[unit]?.code).length;
const firstOpen = () => units.findIndex(([unit]) => !answers[unit]?.code);
const say = (text) => { $("message").textContent = text; };

function taken(given) {
  const fit = {};
  for (const { unit, code = "", note = "" } of given) {
    if (known.has(unit) && (code === "" || codes.includes(code))) fit[unit] = { code, note: String(note) };
  }
  return fit;
}

function asFile() {
  const rows = units.map(([unit]) => ({ unit, code: answers[unit]?.code ?? "", note: answers[unit]?.note ?? "" }));
  return JSON.stringify({ storydiff: "answers", sample, coder, answers: rows }, null, 1) + "\n";
}

function keep() {
  saved = false;
  try { localStorage.setItem(place, asFile()); } catch { /* a browser may forbid it; the file counts */ }
  progress();
}

function progress() {
  $("progress").textContent = `${answered()} of ${units.length} answered${saved ? "" : ", not yet saved"}`;
}

function show(turned = false) {
  const [unit, claim, article] = units[at];
  const [headline, text] = articles[article];
  $("number").textContent = `Unit ${at + 1} of ${units.length}`;
  $("claim").textContent = claim;
  $("headline").textContent = headline;
  $("text").textContent = text;
  for (const radio of radios) radio.checked = radio.value === answers[unit]?.code;
  $("note").value = answers[unit]?.note ?? "";
  $("back").disabled = at === 0;
  $("open").disabled = firstOpen() < 0;
  progress();
  // The claim is read out first; the keys choose an answer at once, and the next Tab leads to the answers.
  $("claim").focus({ preventScroll: true });
  if (turned) $("main").scrollIntoView({ block: "start" });
}

function write(change) {
  const unit = units[at][0];
  answers[unit] = { code: "", note: "", ...answers[unit], ...change };
  keep();
  $("open").disabled = firstOpen() < 0;
}

function go(to) {
  at = Math.max(0, Math.min(units.length - 1, to));
  show(true);
}

function next() {
  say("");
  if (at + 1 < units.length) return go(at + 1);
  const open = firstOpen();
  say(open < 0 ? "All units are answered. Save your answers and send back the file." : "That was the last unit; some have no answer yet.");
}

for (const radio of radios) radio.addEventListener("change", () => write({ code: radio.value }));
$("note").addEventListener("input", () => write({ note: $("note").value }));
$("back").addEventListener("click", () => { say(""); go(at - 1); });
$("open").addEventListener("click", () => {
  const later = units.findIndex(([unit], number) => number > at && !answers[unit]?.code);
  say("");
  go(later < 0 ? firstOpen() : later);
});
$("unit").addEventListener("submit", (event) => { event.preventDefault(); next(); });
// Only while the unit, its claim or an answer has the focus, so that no key does something elsewhere by surprise.
// The claim has it from the start, and a click on the article gives it to the unit.
$("main").addEventListener("keydown", (event) => {
  const inAnswers = [$("main"), $("claim"), ...radios].includes(event.target);
  if (!inAnswers || event.ctrlKey || event.altKey || event.metaKey) return;
  const radio = radios[Number(event.key) - 1];
  if (radio) {
    radio.checked = true;
    radio.focus();
    write({ code: radio.value });
    event.preventDefault();
  } else if (event.key === "Enter") {
    event.preventDefault();
    next();
  }
});

$("save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([asFile()], { type: "application/json" }));
  link.download = `${coder}.answers.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  saved = true;
  const open = units.length - answered();
  progress();
  say(`The answers are in ${link.download}, where your browser keeps downloads.${open ? ` ${open} have no answer yet.` : ""}`);
});

$("load").addEventListener("change", async () => {
  const [file] = $("load").files;
  if (!file) return;
  try {
    const given = JSON.parse(await file.text());
    if (given.sample !== sample || given.coder !== coder) throw new Error("other");
    answers = { ...answers, ...taken(given.answers) };
    at = Math.max(0, firstOpen());
    keep();
    say(`Loaded: ${answered()} of ${units.length} are answered.`);
    show();
  } catch {
    say("This file does not hold answers to this form; nothing was changed.");
  }
  $("load").value = "";
});

addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });

try {
  const draft = JSON.parse(localStorage.getItem(place));
  if (draft) { answers = taken(draft.answers); saved = false; }
} catch { /* no storage, no draft */ }
at = Math.max(0, firstOpen());
$("no-script").hidden = true;
$("main").hidden = false;
show();
