// Draws the page's plotly figures when the reader comes near the first of them.

const { figures, dark } = JSON.parse(document.getElementById("data").textContent);
const places = [...document.querySelectorAll(".figure")];

function draw() {
  for (const place of places) drawIn(place, onPaper(figures[place.dataset.figure], dark));
}

let started = false;

async function start() {
  if (started) return;
  started = true;
  await unpack();
  draw();
  DARK.addEventListener("change", draw);
}

const observer = new IntersectionObserver((seen) => {
  if (!seen.some((entry) => entry.isIntersecting)) return;
  observer.disconnect();
  start();
}, { rootMargin: "600px" });
places.forEach((place) => observer.observe(place));
// On paper there is no coming near: once the page rests, draw what is not drawn yet.
setTimeout(start, 1500);
