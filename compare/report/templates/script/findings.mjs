// The findings, marked right or wrong by whoever reads them. What is saved is a coder's sheet for `storydiff agree`.
const judged = new Map(); // finding -> whether it is right; those that nobody marked are not in it
const answers = new Map(); // row of the sheet -> what a reader who calls its finding wrong says instead

const codesOf = (finding) => data.marks.findings[finding].map((at) => [at, judged.get(finding) ? data.marks.rows[at].code : answers.get(at).value]);

// What an outlet's article says of a claim if not what the finding says. Of several outlets only some may be the wrong ones.
function answer(at, alone) {
  const { claim, outlet, code } = data.marks.rows[at];
  const choices = Object.entries(data.marks.codes).filter(([other]) => !alone || other !== code);
  const select = element("select", {}, ...choices.map(([value, meaning]) => element("option", { value }, meaning)));
  if (!alone) select.prepend(element("option", { value: "", selected: "" }, "Not judged"));
  answers.set(at, select);
  return element("label", {}, element("span", {}, element("bdi", {}, data.outlets[outlet]), " on “", element("bdi", {}, wordingOf(claim)), "”: "), select);
}

function articleOf(outlet) {
  const told = [...document.querySelectorAll(`.article[data-outlet="${outlet}"]`)].map((article) => [
    article.querySelector(".title bdi")?.textContent ?? "",
    [...article.querySelectorAll("article p[dir]")].map((p) => p.textContent).join("\n\n"),
  ]);
  const [[headline, text], ...further] = told;
  return [headline, [text, ...further.flat()].join("\n\n")];
}

function marksFile() {
  const { columns, rows } = data.marks;
  const coder = byId("coder").value.trim() || "reader";
  const codes = new Map();
  for (const [finding, right] of judged)
    for (const [at, code] of codesOf(finding)) codes.set(at, { code, note: code && (right ? "right" : "wrong") });
  const lines = rows.map(({ cells, claim, outlet }, at) => {
    const [headline, article] = articleOf(outlet);
    const given = { coder, claim: wordingOf(claim), headline, article, code: "", note: "", ...codes.get(at) };
    return columns.map((name, column) => given[name] ?? cells[column]);
  });
  return [columns, ...lines];
}

function showMarked(saved) {
  const total = data.marks.findings.length;
  byId("marked").textContent = saved ? "Your marks are in marks.csv, in your browser’s download folder." : `${judged.size} of ${total} marked.`;
}

function startFindings() {
  const boxes = [...document.querySelectorAll(".judge")];
  for (const [finding, box] of boxes.entries()) {
    const buttons = [...box.querySelectorAll("button")];
    const own = data.marks.findings[finding];
    const instead = element("div", { class: "instead", hidden: "" }, ...own.map((at) => answer(at, own.length === 1)));
    box.append(instead);
    box.hidden = false;
    buttons.forEach((button, at) =>
      button.addEventListener("click", () => {
        const right = at === 0;
        if (judged.get(finding) === right) judged.delete(finding);
        else judged.set(finding, right);
        buttons.forEach((other, n) => other.setAttribute("aria-pressed", judged.get(finding) === (n === 0)));
        instead.hidden = judged.get(finding) !== false;
        showMarked(false);
      }));
  }
  if (!boxes.length) return;
  byId("marks").hidden = false;
  showMarked(false);
  byId("save-marks").addEventListener("click", () => {
    download("marks.csv", marksFile());
    showMarked(true);
  });
}
