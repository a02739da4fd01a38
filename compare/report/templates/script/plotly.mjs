// Unpacks plotly, which travels in the page: a script element with exactly this text is allowed by its hash in the
// page's policy.
async function unpack() {
  const packed = Uint8Array.from(atob(document.getElementById("plotly").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
}

const DARK = matchMedia("(prefers-color-scheme: dark)");

// Figures come on light paper; `dark` has for each of its colours the one that takes its place on a dark page. Bold type
// would need a style attribute in the markup that plotly writes, which the page's policy forbids.
function onPaper(figure, dark) {
  return JSON.parse(JSON.stringify(figure), (_, value) => {
    if (typeof value !== "string") return value;
    return DARK.matches && Object.hasOwn(dark, value) ? dark[value] : value.replace(/<\/?b>/g, "");
  });
}

// Nothing before plotly is unpacked.
function drawIn(place, { data: traces, layout }) {
  const seeThrough = { ...layout, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" };
  window.Plotly?.react(place, traces, seeThrough, { displayModeBar: false, responsive: true });
}
