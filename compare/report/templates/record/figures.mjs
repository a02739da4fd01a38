// Draws the page's plotly figures when the reader comes near the first of them.

const data = JSON.parse(document.getElementById("data").textContent);
const places = [...document.querySelectorAll(".figure")];

async function unpack() {
  const packed = Uint8Array.from(atob(document.getElementById("plotly").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  // A script element with exactly this text is allowed by its hash in the page's policy.
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
}

function draw() {
  const colours = getComputedStyle(document.documentElement);
  const colour = (name) => colours.getPropertyValue(`--${name}`).trim();
  for (const place of places) {
    const { data: traces, layout } = structuredClone(data[place.dataset.figure]);
    const font = { ...layout.font, ...layout.template?.layout?.font, color: colour("ink") };
    Object.assign(layout, { font, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" });
    layout.hoverlabel = { bgcolor: colour("paper"), bordercolor: colour("soft"), font: { color: colour("ink") } };
    window.Plotly.react(place, traces, layout, { displayModeBar: false, responsive: true });
  }
}

async function start() {
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
