"""Reads the shards that `needlebench train export` writes, and makes padded batches of them.

The format is described in Shards/ShardFormat.cs. A step of training is a run of consecutive positions of the recipe's stream,
as in the trainer in C#; within a step, examples are grouped by length into micro-batches, so that padding is little and every step still sees the recipe's whole mixture.
"""

import json
import os
import signal
import time
from dataclasses import dataclass

import numpy as np
import torch

HEADER_BYTES = 64
MAGIC = b"NBSHARD1"

# Lengths are padded to multiples of it: attention kernels want aligned masks.
ALIGN = 16

# What a micro-batch more costs, in padded tokens: its kernels must be launched, however little they do.
RUN_COST = 8192


@dataclass
class Example:
    """One example as token ids; `targets` and `weights` are as long as `decoder`."""

    encoder: np.ndarray
    decoder: np.ndarray
    targets: np.ndarray
    weights: np.ndarray
    query: np.ndarray
    tool: np.ndarray


class Shard:
    """One file, mapped into memory."""

    def __init__(self, path, weight_scale):
        raw = np.memmap(path, dtype=np.uint8, mode="r")
        if len(raw) < HEADER_BYTES or raw[:8].tobytes() != MAGIC:
            raise ValueError(f"{path}: this is no shard. Export it again.")
        number = lambda at, kind: int(raw[at : at + np.dtype(kind).itemsize].view(kind)[0])
        self.vocabulary = number(12, "<u4")
        self.first = number(16, "<u8")
        self.positions = number(24, "<u4")
        self.start_id = number(28, "<u4")
        weights, tokens = number(32, "<u8"), number(40, "<u8")
        lengths_end = HEADER_BYTES + self.positions * 8
        tokens_from = lengths_end + weights + weights % 2
        if tokens_from + 2 * tokens != len(raw):
            raise ValueError(f"{path}: the shard is cut short. Delete it and export it again.")
        self.lengths = raw[HEADER_BYTES:lengths_end].view("<u2").reshape(self.positions, 4).astype(np.int64)
        self._weights = raw[lengths_end : lengths_end + weights]
        self._tokens = raw[tokens_from:].view("<u2")
        self._scale = weight_scale
        self._token_from = np.concatenate([[0], np.cumsum(self.lengths.sum(1))])
        self._weight_from = np.concatenate([[0], np.cumsum(self.lengths[:, 1])])

    def example(self, position):
        """The example of a position in this shard, or None where it fits no model."""
        lengths = self.lengths[position]
        if lengths[1] == 0:
            return None
        at = self._token_from[position]
        ids = self._tokens[at : at + lengths.sum()].astype(np.int64)
        encoder, decoder, query, tool = np.split(ids, np.cumsum(lengths)[:3])
        weights = self._weights[self._weight_from[position] : self._weight_from[position + 1]].astype(np.float32) / self._scale
        return Example(encoder, decoder, np.append(decoder[1:], self.start_id), weights, query, tool)


class ShardFolder:
    """An export, finished or still being written: a shard that is not there yet is waited for."""

    def __init__(self, folder, wait_seconds=300):
        self.folder = folder
        self.wait_seconds = wait_seconds
        with open(self._await("manifest.json"), encoding="utf-8") as file:
            self.manifest = json.load(file)
        if self.manifest.get("format") != MAGIC.decode():
            raise ValueError(f"{folder}/manifest.json: of another format than {MAGIC.decode()}. Export again with this version.")
        self.recipe = self.manifest["recipe"]
        self.examples = self.manifest["examples"]
        self._size = self.manifest["shardSize"]
        self._open = {}

    def _await(self, name):
        path, since = os.path.join(self.folder, name), time.monotonic()
        while not os.path.exists(path):
            if time.monotonic() - since > self.wait_seconds:
                raise FileNotFoundError(f"{path} did not come within {self.wait_seconds} s. Is the export running?")
            time.sleep(0.2)
        return path

    def example(self, position):
        """The example of a position of the export, from 0. Behind the last one, those of the last stage come again."""
        if position >= self.examples:
            again = max(0, self.manifest["lastStageFrom"] - self.manifest["first"])
            again = again if again < self.examples else 0
            position = again + (position - self.examples) % (self.examples - again)
        number = position // self._size
        if number not in self._open:
            while len(self._open) > 3:
                del self._open[min(self._open)]
            self._open[number] = Shard(self._await(f"shard-{number:05d}.bin"), self.manifest["weightScale"])
        return self._open[number].example(position % self._size)

    def step(self, step, batch_size, once=False):
        """The examples of a step; a few less than batch_size where some fit no model, or where the export ends and `once` holds."""
        end = (step + 1) * batch_size
        found = (self.example(p) for p in range(step * batch_size, min(end, self.examples) if once else end))
        return [e for e in found if e is not None]


def pad(rows):
    """[rows, longest] of int64, filled with 0 (the pad id), and the rows' lengths."""
    lengths = np.array([len(r) for r in rows])
    width = aligned(int(lengths.max()))
    padded = np.zeros((len(rows), width), np.int64)
    padded[np.arange(width) < lengths[:, None]] = np.concatenate(rows)
    return torch.from_numpy(padded), torch.from_numpy(lengths)


def aligned(length):
    return -(-length // ALIGN) * ALIGN


def _ranges(encoder, decoder, budget, chunk, run_cost):
    """The cheapest way to cut items, sorted by rising encoder length, into runs: (cost, [(begin, end)]). Ends are multiples of
    chunk, for speed; a run's padded tokens stay within the budget unless it is a single chunk."""
    ends = [*range(0, len(encoder), chunk), len(encoder)]
    best = [(0, 0)] + [(float("inf"), 0)] * (len(ends) - 1)
    for j in range(1, len(ends)):
        widest = 0
        for i in range(j - 1, -1, -1):
            widest = max(widest, max(decoder[ends[i] : ends[i + 1]]))
            tokens = (ends[j] - ends[i]) * (encoder[ends[j] - 1] + widest)
            if tokens > budget and i < j - 1:
                break
            if best[i][0] + tokens + run_cost < best[j][0]:
                best[j] = (best[i][0] + tokens + run_cost, i)
    cuts, j = [], len(ends) - 1
    while j > 0:
        cuts.append((ends[best[j][1]], ends[j]))
        j = best[j][1]
    return best[-1][0], cuts


def plan(encoder, decoder, budget, run_cost=RUN_COST):
    """Groups of items (lists of their indices, the longest first) that are padded together, so that little is computed in vain:
    items with long answers may go apart, since a single one of them makes the decoder's rows of its whole group long."""
    encoder, decoder = [aligned(n) for n in encoder], [aligned(n) for n in decoder]
    order = sorted(range(len(encoder)), key=lambda i: (encoder[i], decoder[i]))
    chunk = max(1, len(order) // 64)
    choices = []
    for most in {float("inf"), 32, 48, 64} if max(decoder, default=0) > 0 else {float("inf")}:
        cost, groups = 0, []
        for part in ([i for i in order if decoder[i] > most], [i for i in order if decoder[i] <= most]):
            part_cost, cuts = _ranges([encoder[i] for i in part], [decoder[i] for i in part], budget, chunk, run_cost) if part else (0, [])
            cost += part_cost
            groups += [part[a:b] for a, b in cuts]
        choices.append((cost, most, groups))
    return min(choices, key=lambda c: c[:2])[2]


def micro_batch(examples):
    """Tensors of some examples. Targets that weigh nothing, padding among them, are left out by `index`."""
    encoder, encoder_lengths = pad([e.encoder for e in examples])
    decoder, _ = pad([e.decoder for e in examples])
    targets, _ = pad([e.targets for e in examples])
    weights = np.zeros(tuple(decoder.shape), np.float32)
    for row, e in enumerate(examples):
        weights[row, : len(e.weights)] = e.weights
    index = np.flatnonzero(weights)
    return {
        "encoder": encoder,
        "encoder_lengths": encoder_lengths,
        "decoder": decoder,
        "index": torch.from_numpy(index),
        "targets": targets.flatten()[torch.from_numpy(index)],
        "weights": torch.from_numpy(weights.ravel()[index]),
    }


def retrieval_batch(examples, most_pairs, budget, run_cost):
    """Queries, then tools, of up to most_pairs pairs, in buckets of about equal length; None for fewer than two pairs."""
    pairs = [(e.query, e.tool) for e in examples if len(e.query)][:most_pairs]
    if len(pairs) < 2:
        return None
    texts = [q for q, _ in pairs] + [t for _, t in pairs]
    groups_of_texts = plan([len(t) for t in texts], [0] * len(texts), budget, run_cost)
    tools = {}
    groups = [tools.setdefault(t.tobytes(), len(tools)) for _, t in pairs]
    return {
        "buckets": [pad([texts[i] for i in group]) for group in groups_of_texts],
        "place": torch.from_numpy(np.argsort(np.concatenate(groups_of_texts), kind="stable")),  # of text i among the buckets' rows
        "groups": torch.tensor(groups),
    }


class StepBatches(torch.utils.data.Dataset):
    """What one process of `world` computes of each step. The same step gives the same tensors, whenever it is asked for."""

    def __init__(self, folder, batch_size, micro_tokens, most_pairs, rank=0, world=1, once=False, run_cost=RUN_COST):
        self.shards = ShardFolder(folder)
        self.batch_size, self.micro_tokens, self.most_pairs = batch_size, micro_tokens, most_pairs
        self.rank, self.world, self.once, self.run_cost = rank, world, once, run_cost

    def __getitem__(self, step):
        examples = self.shards.step(step, self.batch_size, self.once)
        batch = {
            "weight": float(sum(e.weights.sum(dtype=np.float64) for e in examples)),
            "targets": int(sum(np.count_nonzero(e.weights) for e in examples)),
            "tokens": int(sum(len(e.encoder) + len(e.decoder) for e in examples)),
        }
        # In the stream's order before they are sorted: which pairs are taken must not hang on their length.
        paired = examples[self.rank :: self.world]
        batch["retrieval"] = retrieval_batch(paired, self.most_pairs, self.micro_tokens, self.run_cost) if self.most_pairs else None
        own = sorted(examples, key=lambda e: (aligned(len(e.encoder)), len(e.decoder)))[self.rank :: self.world]
        lengths = [len(e.encoder) for e in own], [len(e.decoder) for e in own]
        groups = plan(*lengths, self.micro_tokens, self.run_cost) if own else []
        batch["micro"] = [micro_batch([own[i] for i in group]) for group in groups]
        return batch

    def steps(self, begin, workers, pin):
        """Batches from a step on, without end, each made ahead by worker processes."""
        ahead = {"prefetch_factor": 3} if workers else {}
        return iter(torch.utils.data.DataLoader(
            self, batch_size=None, sampler=_From(begin), num_workers=workers, pin_memory=pin, worker_init_fn=_leave_signals, **ahead))


def _leave_signals(_):
    # An interrupt is the trainer's to act on; it ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


class _From(torch.utils.data.Sampler):
    def __init__(self, begin):
        self.begin = begin

    def __iter__(self):
        step = self.begin
        while True:
            yield step
            step += 1
