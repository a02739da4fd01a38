// The claims as a codebook: which are kept, in which words, and which are the same. What is saved is the file that
// `storydiff claims -o codebook.csv` writes, with these edits in it.
const edits = new Map(); // claim -> what became of it; those that nobody touched are not in it
let unsaved = false;
let editable = ROWS_AT_ONCE;

const editOf = (claim) => edits.get(claim) ?? { keep: true, wording: wordingOf(claim), same: -1 };
const rootOf = (claim) => (editOf(claim).same < 0 ? claim : rootOf(editOf(claim).same));

function edit(claim, change) {
  edits.set(claim, { ...editOf(claim), ...change });
  unsaved = true;
  byId("saved").textContent = "Not saved yet.";
}

function codebookFile() {
  const { columns, rows: before } = data.codebook;
  const [id, claimAt, keepAt, mergeAt] = ["claim_id", "claim", "keep", "merge_into"].map((name) => columns.indexOf(name));
  const lines = before.map((row, claim) => {
    const { keep, wording, same } = editOf(claim);
    const cells = [...row];
    cells[claimAt] = wording.trim();
    cells[keepAt] = keep ? "yes" : "no";
    cells[mergeAt] = same < 0 ? "" : before[same][id];
    return cells;
  });
  return [columns, ...lines];
}

// What the toolkit would refuse to read.
function mistake() {
  const kept = data.codebook.rows.map((_, claim) => claim).filter((claim) => editOf(claim).keep);
  if (!kept.length) return "Keep at least one claim.";
  const lost = kept.find((claim) => editOf(claim).same >= 0 && !editOf(editOf(claim).same).keep);
  if (lost !== undefined) return `Claim ${lost + 1} is the same as claim ${editOf(lost).same + 1}, which is not kept: keep it, too, or choose another.`;
  const blank = kept.find((claim) => !editOf(claim).wording.trim());
  return blank === undefined ? "" : `Claim ${blank + 1} has no words: enter some, or do not keep it.`;
}

function editRow(claim) {
  const number = claim + 1;
  const { keep, wording, same } = editOf(claim);
  const box = element("input", { type: "checkbox", "aria-label": `keep claim ${number}` });
  const words = element("textarea", { rows: 2, dir: "auto", "aria-label": `wording of claim ${number}` });
  const merge = element("select", { "aria-label": `claim ${number} is the same as` });
  const option = (other) => element("option", { value: other }, other < 0 ? "no other" : `${other + 1} ${editOf(other).wording}`.slice(0, 80));
  merge.append(option(-1));
  if (same >= 0) merge.append(option(same));
  [box.checked, words.value, merge.value] = [keep, wording, same];
  const row = element("tr", { class: keep ? "" : "dropped" },
    element("td", {}, element("label", {}, box, ` ${number}`)), element("td", {}, words), element("td", {}, merge));
  box.addEventListener("change", () => {
    edit(claim, { keep: box.checked });
    row.classList.toggle("dropped", !box.checked);
  });
  words.addEventListener("input", () => edit(claim, { wording: words.value }));
  merge.addEventListener("change", () => edit(claim, { same: Number(merge.value) }));
  // Every claim's list of all others at once would be a million options.
  const offer = () => {
    const others = rows.map((_, other) => other).filter((other) => other !== claim && editOf(other).keep && rootOf(other) !== claim);
    const chosen = merge.value;
    merge.replaceChildren(option(-1), ...others.map(option));
    merge.value = chosen;
  };
  merge.addEventListener("pointerdown", offer);
  merge.addEventListener("focus", offer);
  return row;
}

function showEdits() {
  const words = fold(byId("edited-words").value.trim());
  const found = rows.map((_, claim) => claim).filter((claim) => fold(editOf(claim).wording).includes(words));
  byId("edits").tBodies[0].replaceChildren(...found.slice(0, editable).map(editRow));
  byId("more-edits").hidden = found.length <= editable;
}

function saveCodebook() {
  const wrong = mistake();
  if (!wrong) {
    download("codebook.csv", codebookFile());
    unsaved = false;
  }
  byId("saved").textContent = wrong || "The claims are in codebook.csv, in your browser’s download folder.";
}

function startCodebook() {
  const panel = byId("codebook");
  if (!panel) return;
  panel.hidden = false;
  panel.addEventListener("toggle", () => panel.open && !byId("edits").tBodies[0].rows.length && showEdits());
  byId("edited-words").addEventListener("input", () => {
    editable = ROWS_AT_ONCE;
    showEdits();
  });
  byId("more-edits").addEventListener("click", () => {
    editable += ROWS_AT_ONCE;
    showEdits();
  });
  byId("save-codebook").addEventListener("click", saveCodebook);
  addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
}
