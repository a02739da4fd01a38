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

byId("no-script").hidden = true; // not <noscript>: where a viewer blocks scripts, that stays hidden too
for (const details of document.querySelectorAll("details.claim"))
  details.addEventListener("toggle", () => details.open && fill(details));
addEventListener("hashchange", reveal);
addEventListener("click", (event) => {
  // Following a link to where one already is changes no hash.
  if (event.target.closest?.("a[href^='#']")?.getAttribute("href") === location.hash) reveal();
});
startMatrix();
startBeside();
reveal();
