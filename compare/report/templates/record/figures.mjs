// Draws the page's plotly figures when the reader comes near the first of them.

const data = document.getElementById("data").textContent;
const places = [...document.querySelectorAll(".figure")];

// Colours that figures have for light paper, and what of the page they stand for.
const INKS = {
  "#22211e": "ink", "#55534d": "soft", "#6f6e69": "soft", "#8a8780": "soft", "#8a8984": "soft", "#8a5a00": "altered",
  "#ffffff": "paper", "rgba(255, 255, 255, 0.85)": "paper", "#efeee9": "line", "#d8d5cd": "line", "#0072b2": "verbatim",
};

function draw() {
  const colours = getComputedStyle(document.documentElement);
  const colour = (name) => colours.getPropertyValue(`--${name}`).trim();
  const figures = JSON.parse(data, (_, value) => {
    if (typeof value !== "string") return value;
    // Bold type would need a style attribute in the markup that plotly writes, which the page's policy forbids.
    return Object.hasOwn(INKS, value) ? colour(INKS[value]) : value.replace(/<\/?b>/g, "");
  });
  for (const place of places) {
    const { data: traces, layout } = figures[place.dataset.figure];
    const font = { ...layout.font, ...layout.template?.layout?.font, color: colour("ink") };
    Object.assign(layout, { font, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" });
    layout.hoverlabel = { bgcolor: colour("paper"), bordercolor: colour("soft"), font: { color: colour("ink") } };
    window.Plotly.react(place, traces, layout, { displayModeBar: false, responsive: true });
  }
}

let started = false;

async function start() {
  if (started) return;
  started = true;
  await unpack();
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

const observer = new IntersectionObserver((seen) => {
  if (!seen.some((entry) => entry.isIntersecting)) return;
  observer.disconnect();
  start();
}, { rootMargin: "600px" });
places.forEach((place) => observer.observe(place));
// On paper there is no coming near: once the page rests, draw what is not drawn yet.
setTimeout(start, 1500);
