let limit = ROWS_AT_ONCE;
let plotly = null;
let drawn = []; // the claims in the chart, row by row

function chosenClaims() {
  const all = data.labels.map((_, claim) => claim);
  const omissions = (claim) => everyOutlet.filter((outlet) => stateAt(claim, outlet) === OMITTED).length;
  const standing = (claim) => {
    const places = everyOutlet.filter((outlet) => carriedAt(claim, outlet)).map((o) => data.positions[claim][o]);
    return places.reduce((sum, place) => sum + Math.max(place, 0), 0) / Math.max(places.length, 1);
  };
  const kept = {
    shared: all.slice(0, data.shared),
    "left-out": all.slice(0, data.shared).filter(omissions),
    single: all.slice(data.shared),
    all,
  }[byId("show").value];
  const key = { salience: (claim) => claim, story: standing, omitted: (claim) => -omissions(claim) }[byId("order").value];
  const keys = new Map(kept.map((claim) => [claim, key(claim)]));
  return kept.sort((a, b) => keys.get(a) - keys.get(b) || a - b);
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const clipped = (text, width) => (text.length > width ? `${text.slice(0, width - 1).trimEnd()}…` : text);

function hover(claim, outlet) {
  const look = data.looks[stateAt(claim, outlet)];
  if (!look) return "";
  const name = escaped(data.outlets[outlet]);
  return `${claim + 1}. ${escaped(data.labels[claim])}<br>${name}: ${look.symbol} ${look.word} (${sureness(claim, outlet)})`;
}

const chartHeight = (rows) => 150 + 30 * rows;

function draw() {
  const claims = chosenClaims();
  const shown = claims.slice(0, limit);
  byId("more").hidden = shown.length === claims.length;
  byId("shown").textContent = `${shown.length} of ${claims.length} shown`;
  const colours = getComputedStyle(document.documentElement);
  const colour = (name) => colours.getPropertyValue(`--${name}`).trim();
  const { data: [trace], layout } = structuredClone(data.figure);
  const room = byId("chart").parentElement.clientWidth;
  const characters = room < 640 ? 0 : Math.floor(room / 19);
  const steep = room < 900 || everyOutlet.length > 10;
  const longest = 7 * Math.max(...data.short.map((name) => name.length));
  const right = Math.round(longest * Math.cos(((steep ? 65 : 40) * Math.PI) / 180)) - 10;
  const width = Math.max(room, characters * 7 + 40 + right + everyOutlet.length * 28);
  trace.x = everyOutlet;
  trace.y = shown.map((_, row) => row);
  trace.z = shown.map((claim) => everyOutlet.map((o) => (Number.isNaN(stateAt(claim, o)) ? null : stateAt(claim, o))));
  trace.text = shown.map((claim) => everyOutlet.map((o) => data.looks[stateAt(claim, o)]?.symbol ?? ""));
  trace.hovertext = shown.map((claim) => everyOutlet.map((o) => hover(claim, o)));
  trace.colorscale = data.looks.flatMap((look, i) => [0, 1].map((side) => [(i + side) / data.looks.length, colour(look.state)]));
  const label = (claim) => (characters ? `${claim + 1}  ${escaped(clipped(data.labels[claim], characters))}` : `${claim + 1}`);
  Object.assign(layout.xaxis, { tickvals: trace.x, ticktext: data.short.map(escaped), tickangle: steep ? -65 : -40 });
  Object.assign(layout.yaxis, { tickvals: trace.y, ticktext: shown.map(label) });
  const fonts = { ...layout.template.layout.font, color: colour("ink") };
  Object.assign(layout, { width, height: chartHeight(shown.length), font: fonts, paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)" });
  layout.margin = { l: 0, r: right, t: 0, b: 8 };
  layout.hoverlabel = { bgcolor: colour("paper"), bordercolor: colour("soft"), font: { color: colour("ink") } };
  plotly.react("chart", [trace], layout, { displayModeBar: false });
  byId("chart").style.minHeight = "";
  drawn = shown;
}

async function unpack() {
  const packed = Uint8Array.from(atob(byId("plotly").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  // A script element with exactly this text is allowed by its hash in the page's policy.
  document.head.append(element("script", {}, await new Response(stream).text()));
  plotly = window.Plotly;
}

async function startMatrix() {
  await unpack();
  byId("controls").hidden = false;
  draw();
  byId("chart").on("plotly_click", ({ points }) => {
    const hash = `#c${drawn[points[0].y] + 1}`;
    if (location.hash === hash) reveal();
    else location.hash = hash;
  });
  for (const id of ["show", "order"])
    byId(id).addEventListener("change", () => {
      limit = ROWS_AT_ONCE;
      draw();
    });
  byId("more").addEventListener("click", () => {
    limit += ROWS_AT_ONCE;
    draw();
  });
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) draw();
    width = innerWidth;
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
