// Searches, filters and sorts the list of stories; without it the list is whole and in the order of time.

const AT_ONCE = 100; // rows that are laid out before the reader asks for more
const byId = (id) => document.getElementById(id);
const body = byId("story-list").tBodies[0];
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const stories = [...body.rows].map((row) => ({
  row,
  words: fold(row.querySelector("th").textContent),
  outlets: row.querySelector(".which").textContent.split(" "),
}));
let limit = AT_ONCE;

function chosen() {
  const [words, outlet, order] = ["words", "outlet", "order"].map((name) => byId(`story-${name}`).value);
  const wanted = fold(words).split(/\s+/);
  const kept = stories.filter((story) => wanted.every((word) => story.words.includes(word)) && (!outlet || story.outlets.includes(outlet)));
  const key = order && new Map(kept.map((story) => [story, Number.parseInt(story.row.querySelector(`.${order}`).textContent) || 0]));
  return key ? kept.sort((one, other) => key.get(other) - key.get(one)) : kept; // stable: else in the order of time
}

function show() {
  const kept = chosen();
  const shown = kept.slice(0, limit);
  body.replaceChildren(...shown.map((story) => story.row));
  byId("more-stories").hidden = shown.length === kept.length;
  byId("story-shown").textContent = `${shown.length} of ${kept.length} shown`;
}

byId("story-controls").addEventListener("input", () => {
  limit = AT_ONCE;
  show();
});
byId("more-stories").addEventListener("click", () => {
  const next = limit;
  limit += AT_ONCE;
  show();
  if (byId("more-stories").hidden) body.rows[next]?.querySelector("a").focus(); // the button that had the focus is gone
});
// On paper nothing can be asked for: every story that is chosen is there.
addEventListener("beforeprint", () => {
  limit = stories.length;
  show();
});
addEventListener("pageshow", show); // who comes back finds what was searched for in the fields, put there after this ran
byId("story-controls").hidden = false;
show();
