function reveal() {
  const target = /^#[bcqs]\d+$/.test(location.hash) && byId(location.hash.slice(1));
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
startBeside();
reveal();

whenNear("matrix", () =>
  startMatrix().catch(() => {
    byId("chart").style.minHeight = "";
    byId("table").open = true; // an old browser: the table says the same
  }),
);
