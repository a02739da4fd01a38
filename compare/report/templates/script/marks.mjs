const segmenter = Intl.Segmenter && new Intl.Segmenter(undefined, { granularity: "word" });
const segments = (text) => [...segmenter.segment(text)].map((s) => ({ text: s.segment, word: s.isWordLike, at: s.index }));
const folded = (part) => part.text.toLocaleLowerCase().normalize("NFKC");

// The longest common subsequence of two lists of words: which of `b` are in it, and where in `a`.
function common(a, b) {
  const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
  const partner = new Map();
  for (let i = 0, j = 0; i < a.length && j < b.length; )
    if (a[i] === b[j]) partner.set(j++, i++);
    else if (best[i + 1][j] >= best[i][j + 1]) i++;
    else j++;
  return partner;
}

// Says into what a piece of the sentence goes: `out`, or the <mark> of the clause that it belongs to, whose bars show
// where the clause begins and ends.
function clausewise(out, sentence, spans) {
  const points = [...sentence]; // the page counts code points, the script UTF-16 units
  const units = (at) => points.slice(0, at).join("").length;
  const clauses = [];
  for (let i = 0; i < spans.length; i += 2) clauses.push({ from: units(spans[i]), to: units(spans[i + 1]), mark: null });
  return (at) => {
    const clause = clauses.find(({ from, to }) => from <= at && at < to);
    return clause ? (clause.mark ??= element("mark")) : out;
  };
}

// The sentence with its clauses marked and nothing compared.
function unmarked(sentence, spans) {
  const out = new DocumentFragment();
  const place = clausewise(out, sentence, spans);
  let at = 0;
  let run = ["", out];
  for (const point of sentence) {
    const here = place(at);
    if (here !== run[1]) {
      run[1].append(run[0]);
      if (here !== out) out.append(here);
      run = ["", here];
    }
    run[0] += point;
    at += point.length;
  }
  run[1].append(run[0]);
  return out;
}

// The sentence with <ins> around words that the claim's wording lacks and, if `strike`, <del> for words
// that only the claim's wording has. `spans` are the clauses that tell the claim, none if the whole sentence
// does; what stands outside them is compared (a shared subject may stand there), but not marked.
function marked(wording, sentence, strike, spans) {
  if (!segmenter) return unmarked(sentence, spans);
  const wanted = segments(wording).filter((part) => part.word);
  const parts = segments(sentence);
  const words = parts.filter((part) => part.word);
  const partner = common(wanted.map(folded), words.map(folded));
  // Two wordings that share little differ everywhere: marks would only be noise.
  if (partner.size < 0.5 * Math.min(wanted.length, words.length)) return unmarked(sentence, spans);
  const out = new DocumentFragment();
  const place = clausewise(out, sentence, spans);
  let into = out; // the fragment, or the clause that the words stand in
  let last = -1; // the last word of the claim that the sentence has reached
  let run = null; // an open <ins>
  const missing = (upto, before) => {
    const gone = wanted.slice(last + 1, upto).map((part) => part.text).join(" ");
    if (!gone || !strike) return;
    const struck = [element("del", {}, gone), " "];
    if (run) run.before(...struck);
    else if (before) into.append(...struck.reverse());
    else into.append(...struck);
  };
  let gap = ""; // spaces and marks that may or may not become part of it
  let at = 0;
  for (const part of parts) {
    const here = place(part.at);
    if (here !== into) {
      into.append(gap);
      if (here !== out) out.append(here);
      [gap, run, into] = ["", null, here];
    }
    if (!part.word) {
      gap += part.text;
      continue;
    }
    const found = partner.get(at++);
    const own = found === undefined && (!spans.length || into !== out);
    if (!own || !run) into.append(gap);
    else run.append(gap);
    gap = "";
    if (own) {
      if (!run) into.append((run = element("ins")));
      run.append(part.text);
      continue;
    }
    if (found !== undefined) {
      missing(found, false);
      last = found;
    }
    run = null;
    into.append(part.text);
  }
  missing(wanted.length, true);
  into.append(gap);
  return out;
}
