"""Train the encoder of late interaction: how much of a claim an article holds, every text encoded once.

    python benchmarks/train_late.py DATA [--work FOLDER] [--minutes N]
    python benchmarks/train_late.py DATA --work FOLDER --export

DATA as for `train_reader.py`, whose base and checkpoints it shares the form of: seeded, goes on from the last
checkpoint, uses an accelerator where there is one. What is asked is carriage alone, changed or not, so that sets that
say only "not as it stands" are left out. An article and all claims that are put to it are one example: each text is
encoded once. `--export` writes `small.late.onnx` and its weights; `calibrate_reader.py` fits how far it counts.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import reader_data as data
import torch
from sklearn.metrics import roc_auc_score
from torch import nn
from train_reader import HOME, SEED, default_base, to_onnx, write_hashes

from compare.matching.reader.late import SHARPNESS, TOKENS_OF_A_CLAIM, TOKENS_OF_AN_ARTICLE

MOST_SENTENCE, MOST_CLAIM = 96, 64  # tokens, with the two at the ends
TOKENS_A_BATCH = 2400
TEXTS_AT_A_TIME = 9  # of REALSumm's 25 a story
LEARNING_RATE, OF_HEAD, WARM_UP, DECAY_FROM = 5e-5, 20.0, 60, 0.15
QUOTA = {"mnli": 4000, "factcheck_gpt": 800}  # examples in a round; those of other genres take turns
WEIGHT = {"realsumm": 0.35, "factcheck_gpt": 0.6}  # REALSumm has 264 labels a text
SAVE_EVERY = 300  # seconds


class Encoder(nn.Module):
    """A BERT-like encoder that gives a text's tokens as unit vectors, how much each counts, and their mean."""

    def __init__(self, folder: Path) -> None:
        from transformers import AutoModel

        super().__init__()
        self.body = AutoModel.from_pretrained(
            folder, attn_implementation="sdpa", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        self.body.embeddings.word_embeddings.requires_grad_(requires_grad=False)
        self.weight = nn.Linear(self.body.config.hidden_size, 1)
        nn.init.zeros_(self.weight.weight)
        nn.init.zeros_(self.weight.bias)

    def forward(self, ids, types, mask):
        """Return (texts, tokens, dimensions + 1), the weight last, and the means (texts, dimensions)."""
        hidden = self.body(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state.float()
        share = mask.unsqueeze(-1).float()
        mean = nn.functional.normalize((hidden * share).sum(1) / share.sum(1), dim=1)
        weight = nn.functional.softplus(self.weight(hidden).float()) + 0.01
        return torch.cat([nn.functional.normalize(hidden, dim=2), weight], dim=2), mean


class Net(nn.Module):
    """The encoder, and a logistic regression of what it finds."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = Encoder(folder)
        self.head = nn.Linear(5, 1)
        with torch.no_grad():
            self.head.weight.copy_(torch.tensor([[8.0, 4.0, 3.0, 0.0, 0.0]]))
            self.head.bias.fill_(-9.0)

    def encode(self, rows: list[list[int]], device):
        """Encode texts in batches of like length: (tokens, weights, mean) of each, without the tokens at the ends."""
        found: list = [None] * len(rows)
        order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
        while order:
            most = max(16, -(-len(rows[order[0]]) // 8) * 8)
            here = [at for at in order if len(rows[at]) <= most]
            order = order[len(here) :]
            ids, mask = torch.zeros((2, len(here), most), dtype=torch.long)
            for row, at in enumerate(here):
                ids[row, : len(rows[at])] = torch.tensor(rows[at])
                mask[row, : len(rows[at])] = 1
            with torch.autocast(device.type, dtype=torch.bfloat16):
                tokens, mean = self.encoder(ids.to(device), torch.zeros_like(ids).to(device), mask.to(device))
            for row, at in enumerate(here):
                end = len(rows[at]) - 1
                found[at] = tokens[row, 1:end, :-1], tokens[row, 1:end, -1], mean[row]
        return found

    def forward(self, example: data.Asked, encoded: dict):
        """Return the logits of the cells; as `compare.matching.reader.late.held`, of which it has the gradient."""
        claims = [encoded[claim, MOST_CLAIM] for claim in example.claims]
        lengths = torch.tensor([len(weight) for _, weight, _ in claims])
        tokens, weight = torch.cat([c[0] for c in claims]), torch.cat([c[1] for c in claims])
        mean = torch.stack([c[2] for c in claims])
        owner = torch.repeat_interleave(torch.arange(len(claims)), lengths).to(weight.device)
        zeros = torch.zeros(len(claims), device=weight.device)
        total = zeros.index_add(0, owner, weight)
        long = torch.log(lengths / TOKENS_OF_A_CLAIM).to(weight.device)
        signs = []
        for article in example.articles:
            sentences = [encoded[sentence, MOST_SENTENCE] for sentence in article]
            there = torch.cat([s[0] for s in sentences])
            best = (tokens @ there.T).amax(1)
            average = zeros.index_add(0, owner, weight * best) / total
            soft = -torch.log(zeros.index_add(0, owner, weight * torch.exp(-SHARPNESS * best)) / total) / SHARPNESS
            cosine = (mean @ torch.stack([s[2] for s in sentences]).T).amax(1)
            length = torch.full_like(cosine, math.log(len(there) / TOKENS_OF_AN_ARTICLE))
            signs.append(torch.stack([average, soft, cosine, length, long], dim=1))
        claim, article = (torch.tensor([cell[k] for cell in example.cells]) for k in (0, 1))
        return self.head(torch.stack(signs)[article, claim]).squeeze(-1)


class Training:
    """A net in training; what is done of it stays in a checkpoint, and the next run goes on from there."""

    def __init__(self, base: Path, work: Path, minutes: float) -> None:
        from transformers import AutoTokenizer

        torch.manual_seed(SEED)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.tokenizer = AutoTokenizer.from_pretrained(base)
        self.net = Net(base).to(self.device)
        head = [*self.net.head.parameters(), *self.net.encoder.weight.parameters()]
        body = [weight for weight in self.net.encoder.body.parameters() if weight.requires_grad]
        self.optimizer = torch.optim.AdamW(
            [{"params": body, "times": 1.0}, {"params": head, "times": OF_HEAD}], lr=LEARNING_RATE, weight_decay=0.01
        )
        self.most, self.file = minutes, work / "late.pt"
        self.state = {"round": 0, "step": 0, "minutes": 0.0}
        if self.file.exists():
            saved = torch.load(self.file, map_location=self.device, weights_only=False)
            self.net.load_state_dict(saved["net"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.state = saved["state"]
            print(f"goes on from {self.state}", flush=True)
        self.begun, self.before = time.time(), self.state["minutes"]
        self._ids: dict[tuple[str, int], list[int]] = {}

    def progress(self) -> float:
        """How much of the training is done, from 0 to 1."""
        return ((time.time() - self.begun) / 60 + self.before) / self.most

    def save(self) -> None:
        """Write the checkpoint whole."""
        self.state["minutes"] = self.progress() * self.most
        new = self.file.with_suffix(".new")
        torch.save({"net": self.net.state_dict(), "optimizer": self.optimizer.state_dict(), "state": self.state}, new)
        new.replace(self.file)

    def ids(self, text: str, most: int) -> list[int]:
        """The token ids of a text."""
        if (text, most) not in self._ids:
            self._ids[text, most] = self.tokenizer(text, truncation=True, max_length=most)["input_ids"]
        return self._ids[text, most]

    def logits(self, examples: list[data.Asked]) -> list:
        """The logits of each example's cells, every text encoded once."""
        asked = [(s, MOST_SENTENCE) for x in examples for article in x.articles for s in article]
        asked = list(dict.fromkeys(asked + [(claim, MOST_CLAIM) for x in examples for claim in x.claims]))
        encoded = dict(zip(asked, self.net.encode([self.ids(*key) for key in asked], self.device), strict=True))
        return [self.net(x, encoded) for x in examples]

    def train_round(self, examples: list[data.Asked]) -> None:
        """Go once over the examples; the rate rises at first, and falls to nothing from DECAY_FROM on."""
        losses, saved = [], time.time()
        self.net.train()
        for batch in batches(examples, random.Random(f"{SEED} {self.state['step']}")):
            progress = self.progress()
            if progress >= 1:
                break
            rate = min(1.0, (self.state["step"] + 1) / WARM_UP, (1 - progress) / (1 - DECAY_FROM))
            for group in self.optimizer.param_groups:
                group["lr"] = LEARNING_RATE * rate * group["times"]
            loss, total = torch.zeros((), device=self.device), 0.0
            for example, logits in zip(batch, self.logits(batch), strict=True):
                target = torch.tensor([cell[2] for cell in example.cells], device=self.device)
                # Many claims of one article tell less than as many of many.
                weight = WEIGHT.get(example.source, 1.0) * len(target) ** -0.35
                loss = loss + weight * nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="sum")
                total += weight * len(target)
            (loss / total).backward()
            nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad()
            self.state["step"] += 1
            losses.append(loss.item() / total)
            if self.state["step"] % 100 == 0:
                print(f"round {self.state['round']} step {self.state['step']} {np.mean(losses[-100:]):.4f}", flush=True)
            if time.time() - saved > SAVE_EVERY:
                self.save()
                saved = time.time()
        else:
            self.state["round"] += 1
        self.save()


def batches(examples: list[data.Asked], rng: random.Random):
    """Batches of about TOKENS_A_BATCH tokens, in random order; stories of many texts are cut."""
    by_source = defaultdict(list)
    for example in examples:
        by_source[example.source].append(example)
    chosen = [
        x for name, rows in by_source.items() for x in rng.sample(rows, min(len(rows), QUOTA.get(name, len(rows))))
    ]
    parts = [part for example in chosen for part in in_parts(example, rng)]
    rng.shuffle(parts)
    batch, tokens = [], 0.0
    for part in parts:
        batch.append(part)
        tokens += 1.35 * sum(len(text.split()) for text in [s for a in part.articles for s in a] + list(part.claims))
        if tokens >= TOKENS_A_BATCH:
            yield batch
            batch, tokens = [], 0.0


def in_parts(example: data.Asked, rng: random.Random) -> list[data.Asked]:
    """An example of many articles as several of a few."""
    order = rng.sample(range(len(example.articles)), len(example.articles))
    made = []
    for begin in range(0, len(order), TEXTS_AT_A_TIME):
        place = {article: at for at, article in enumerate(order[begin : begin + TEXTS_AT_A_TIME])}
        cells = tuple((claim, place[article], t) for claim, article, t in example.cells if article in place)
        made.append(replace(example, articles=tuple(example.articles[a] for a in place), cells=cells, clear=()))
    return made


def measure(training: Training, held: list[data.Asked]) -> None:
    """Print the AUC of carriage in what is kept apart."""
    training.net.eval()
    found = defaultdict(lambda: ([], []))
    with torch.inference_mode():
        for example in held:
            (logits,) = training.logits([example])
            for (_, _, target), clear, logit in zip(example.cells, example.clear, logits.tolist(), strict=True):
                if clear:
                    found[example.source][0].append(target > 0.5)
                    found[example.source][1].append(logit)
    for source, (target, logit) in sorted(found.items()):
        print(f"{source:14s} n={len(target):5d}  carried: AUC {roc_auc_score(target, logit):.3f}", flush=True)


def export(training: Training) -> None:
    """Write the encoder of the shipped reader, the weights of its logistic regression, and the hashes."""
    to_onnx(training.net.encoder, HOME / "small.late.onnx", outputs=["tokens", "mean"])
    head = training.net.head
    weights = [round(weight, 5) for weight in head.weight[0].tolist()]
    write_hashes(late={"intercept": round(head.bias.item(), 5), "weights": weights})


def main() -> None:
    """Train from the last checkpoint on and print the figures, or write what was trained."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=Path("reader-work"), help="where checkpoints stay")
    parser.add_argument("--base", type=Path, help="a folder with the model to begin with")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--export", action="store_true", help="write small.late.onnx from the last checkpoint, stop")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    training = Training(arguments.base or default_base(), arguments.work, arguments.minutes)
    if arguments.export:
        export(training)
        return
    trained, held = data.asked_examples(arguments.data)
    print(Counter(x.source for x in trained), flush=True)
    while training.progress() < 1:
        training.train_round(trained)
        print(f"after {training.state['round']} rounds, {training.state['minutes']:.1f} minutes")
        measure(training, held)


if __name__ == "__main__":
    main()
