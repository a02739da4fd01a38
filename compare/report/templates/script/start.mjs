const ON_PAPER = 25; // claims whose evidence is printed

function reveal() {
  const target = /^#[bcqs]\d+$/.test(location.hash) && byId(location.hash.slice(1));
  if (!target) return;
  for (let box = target; box; box = box.parentElement) if (box.tagName === "DETAILS") box.open = true;
  if (target.classList.contains("claim")) fill(target);
  const chosen = wanted >= 0 && target.querySelector(`.card[data-outlet="${wanted}"]`);
  target.querySelectorAll(".card.chosen").forEach((card) => card.classList.remove("chosen"));
  if (chosen) chosen.classList.add("chosen");
  wanted = -1;
  target.scrollIntoView();
  (target.querySelector("summary") ?? target).focus({ preventScroll: true });
}

byId("no-script")?.setAttribute("hidden", ""); // not <noscript>: where a viewer blocks scripts, that stays hidden too
for (const details of document.querySelectorAll("details.claim"))
  details.addEventListener("toggle", () => details.open && fill(details));
addEventListener("hashchange", reveal);
// Escape folds the claim that one is reading and leads back to where it was opened from.
addEventListener("keydown", (event) => {
  const claim = event.key === "Escape" && event.target.closest?.("details.claim[open]");
  if (!claim) return;
  claim.open = false;
  const back = came?.claim === Number(claim.id.slice(1)) - 1 && came.from.offsetParent ? came.from : claim.querySelector("summary");
  came = null;
  back.focus();
});
addEventListener("click", (event) => {
  // Following a link to where one already is changes no hash.
  if (event.target.closest?.("a[href^='#']")?.getAttribute("href") === location.hash) reveal();
});
// On paper nothing can be opened: the evidence of the first claims that the matrix shows is put there.
addEventListener("beforeprint", () => {
  const shown = [...document.querySelectorAll("#grid tbody tr:not(.part)")];
  for (const row of shown.slice(0, ON_PAPER)) fill(byId(`c${rows.indexOf(row) + 1}`));
  byId("on-paper")?.classList.toggle("cut", shown.length > ON_PAPER);
});
startMatrix();
startScrolls();
startDifference();
startBeside();
startCodebook();
startFindings();
reveal();
