"""Tests of the PyTorch recipe: `python3 test_san.py`. A few seconds on a CPU, without any package but torch and numpy.

--shards FOLDER --expected FILE compare an export of needlebench with what its C# reader says (the xunit test of the repository
does that), and train on it. --processes also trains with two processes.
"""

import argparse
import copy
import json
import math
import os
import struct
import subprocess
import sys
import tempfile

import numpy as np
import torch

import san_model
import train_san
from optimiser import Optimiser, int4, is_projection, orthogonalise
from shards import RUN_COST, ShardFolder, StepBatches, plan

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, "../../../../shared/golden/san-tiny")

RECIPE = {
    "name": "copy", "hiddenSize": 32, "heads": 4, "keyValueHeads": 2, "encoderLayers": 2, "decoderLayers": 2, "vocabularySize": 48, "steps": 40,
    "batchSize": 16, "warmup": 4, "decayShare": 0.4, "muonRate": 0.02, "adamRate": 5e-3, "zLoss": 1e-4, "retrieval": 0.1, "int4NoiseEvery": 4,
    "checkpointEvery": 20, "seed": 1,
}


def write_copy_task(folder, examples=96, size=40, last_stage_from=32):
    """Shards in the format of Shards/ShardFormat.cs: answers copy what stands before token 5 in the prompt. Position 7 is empty."""
    random = np.random.default_rng(3)
    for number, begin in enumerate(range(0, examples, size)):
        lengths, weights, tokens = [], [], []
        for position in range(begin, min(begin + size, examples)):
            if position == 7:
                lengths.append([0, 0, 0, 0])
                continue
            query = random.integers(6, 48, random.integers(1, 6)).tolist()
            tool = random.integers(6, 48, 3).tolist()
            paired = position % 4 != 0
            encoder, decoder = query + [5] + tool * random.integers(1, 9), [1, 4] + query
            lengths.append([len(encoder), len(decoder), len(query) * paired, len(tool) * paired])
            weights += [16] + [64] * len(query) + [0 if position % 5 == 0 else 24]
            tokens += encoder + decoder + (query + tool) * paired
        header = struct.pack("<8sIIQIIQQ16x", b"NBSHARD1", 64, 48, begin, len(lengths), 1, len(weights), len(tokens))
        body = np.array(lengths, "<u2").tobytes() + bytes(weights) + b"\0" * (len(weights) % 2) + np.array(tokens, "<u2").tobytes()
        with open(os.path.join(folder, f"shard-{number:05d}.bin"), "wb") as file:
            file.write(header + body)
    manifest = {"format": "NBSHARD1", "first": 0, "examples": examples, "shardSize": size, "weightScale": 16, "lastStageFrom": last_stage_from, "recipe": RECIPE}
    with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as file:
        json.dump(manifest, file)
    with open(os.path.join(folder, "tokenizer.model"), "wb") as file:
        file.write(b"any")


def close(actual, expected, tolerance):
    actual, expected = torch.as_tensor(actual).double(), torch.as_tensor(expected).double()
    assert actual.shape == expected.shape, (actual.shape, expected.shape)
    difference = (actual - expected).abs().max().item()
    assert difference <= tolerance, f"differ by {difference}"


def test_forward_pass_agrees_with_the_golden_vectors(golden):
    model = san_model.load(golden)
    with open(os.path.join(golden, "expected.json"), encoding="utf-8") as file:
        cases = json.load(file)["cases"]

    # All at once, padded: padding must change nothing.
    encoder, lengths = san_pad([c["encoder_ids"] for c in cases])
    decoder, decoder_lengths = san_pad([c["decoder_ids"] for c in cases])
    mask = san_model.key_mask(lengths, encoder.shape[1])
    with torch.no_grad():
        encoded = model.encode(encoder, mask)
        logits = model.logits(model.decode(decoder, encoded, mask))
        embeddings = model.embed_text(encoder, lengths)
    for row, case in enumerate(cases):
        own = encoded[row, : lengths[row]]
        close(own[0], case["encoder_output_first_row"], 2e-5)
        close(own[-1], case["encoder_output_last_row"], 2e-5)
        close(own.abs().sum(), case["encoder_output_abs_sum"], 1e-2)
        written = logits[row, : decoder_lengths[row]]
        close(written[-1, :64], case["last_logits_first_64"], 5e-5)
        close(written.abs().sum(-1), case["logits_abs_sum_per_step"], 5e-2)
        assert written[-1].topk(5).indices.tolist() == case["last_logits_top5_ids"]
        close(embeddings[row], case["retrieval_embedding"], 1e-5)
    assert len(cases) == 5


def san_pad(rows):
    width = max(map(len, rows))
    return torch.tensor([r + [0] * (width - len(r)) for r in rows]), torch.tensor([len(r) for r in rows])


def test_int4_rounds_groups_of_32_by_their_largest_magnitude():
    x = torch.zeros(1, 64)
    x[0, :4] = torch.tensor([7.0, -7.0, 3.4, 0.6])
    x[0, 32:34] = torch.tensor([0.7, -0.26])
    expected = torch.zeros(1, 64)
    expected[0, :4] = torch.tensor([7.0, -7.0, 3.0, 1.0])
    expected[0, 32:34] = torch.tensor([0.7, -0.3])
    close(int4(x), expected, 1e-6)


def test_orthogonalise_brings_singular_values_near_one_and_keeps_the_directions():
    torch.manual_seed(1)
    x = torch.randn(3, 48, 32)
    y = orthogonalise(x)
    for before, after in zip(x, y):
        u, _, v = torch.linalg.svd(before, full_matrices=False)
        inner = u.T @ after @ v.T
        assert 0.6 < inner.diagonal().min() and inner.diagonal().max() < 1.3
        close(inner - torch.diag(inner.diagonal()), torch.zeros(32, 32), 1e-3)
    close(orthogonalise(x.transpose(1, 2)), y.transpose(1, 2), 1e-5)


def test_optimiser_does_what_torch_and_one_matrix_at_a_time_do():
    torch.manual_seed(2)
    model = san_model.San(san_model.config_of(RECIPE)).initialise(5)
    other = copy.deepcopy(model)
    optimiser = Optimiser(model, 0.02, 1e-3, weight_decay=0.1)
    names = dict(other.named_parameters())
    decayed = lambda n: names[n].ndim == 2 or n.endswith(".bias")
    rest = [n for n in names if not is_projection(n)]
    adam = torch.optim.AdamW(
        [{"params": [names[n] for n in rest if decayed(n)], "weight_decay": 0.1}, {"params": [names[n] for n in rest if not decayed(n)], "weight_decay": 0.0}],
        betas=(0.9, 0.95), eps=1e-8)
    momentum = {n: torch.zeros_like(names[n]) for n in names if is_projection(n)}
    assert len(momentum) == 4 * 6 and len(rest) == len(names) - 24
    for step, rate in enumerate((0.5, 1.0, 0.25)):
        for (name, a), b in zip(model.named_parameters(), other.parameters()):
            g = torch.randn(a.shape) * 0.1
            a.grad.copy_(g)
            b.grad = g
        norm = torch.nn.utils.clip_grad_norm_(list(other.parameters()), 1.0)
        for group in adam.param_groups:
            group["lr"] = 1e-3 * rate
        adam.step()
        with torch.no_grad():
            for name, m in momentum.items():
                w = names[name]
                m.mul_(0.95).add_(w.grad)
                update = orthogonalise((w.grad + 0.95 * m)[None])[0]
                w.mul_(1 - 0.02 * rate * 0.1).sub_(update * 0.02 * rate * math.sqrt(max(1, w.shape[0] / w.shape[1])))
        close(optimiser.step(step, rate), norm, 1e-4)
        for (name, a), b in zip(model.named_parameters(), other.parameters()):
            close(a.detach(), b.detach(), 2e-5)


def test_noise_is_gone_after_the_step_it_was_for():
    model = san_model.San(san_model.config_of(RECIPE)).initialise(5)
    optimiser = Optimiser(model, 0.02, 1e-3)
    weight = model.model.decoder.layers[1].encoder_attn.k_proj.weight
    before = weight.detach().clone()
    optimiser.add_noise()
    close(weight.detach(), int4(before), 0)
    assert not torch.equal(weight, before) and torch.equal(model.model.embed_tokens.weight, san_model.San(model.config).initialise(5).model.embed_tokens.weight)
    optimiser.remove_noise()
    assert torch.equal(weight, before)


def test_gradient_of_padded_micro_batches_is_that_of_examples_one_by_one(folder):
    options = train_san.arguments(["--shards", folder, "--out", os.path.join(folder, "unused"), "--micro-tokens", "128", "--device", "cpu"])
    trainer = train_san.Trainer(options)
    batch = trainer.data[0]
    assert len(batch["micro"]) > 2, "several micro-batches"
    sums = trainer.gradient(batch)

    alone = san_model.San(trainer.model.config).initialise(1)
    examples = trainer.data.shards.step(0, 16)
    assert len(examples) == 15, "position 7 is empty"
    total, weight, correct = 0.0, 0.0, 0
    for e in examples:
        logits = alone.logits(alone.decode(torch.tensor(e.decoder)[None], alone.encode(torch.tensor(e.encoder)[None], None), None))[0]
        loss = torch.nn.functional.cross_entropy(logits, torch.tensor(e.targets), reduction="none") + 1e-4 * logits.logsumexp(-1) ** 2
        total = total + (loss * torch.tensor(e.weights)).sum()
        weight += e.weights.sum()
        correct += ((logits.argmax(-1).numpy() == e.targets) & (e.weights > 0)).sum()
    rows = [(alone.embed_text(torch.tensor(e.query)[None], torch.tensor([len(e.query)])), alone.embed_text(torch.tensor(e.tool)[None], torch.tensor([len(e.tool)])))
            for e in examples if len(e.query)]
    cosines = torch.cat([q for q, _ in rows]) @ torch.cat([t for _, t in rows]).T / 0.07
    by_query, by_tool = cosines.log_softmax(1).diagonal(), cosines.log_softmax(0).diagonal()
    contrastive = -(by_query + by_tool).mean() / 2
    assert len(rows) == 11
    (total / weight + 0.1 * contrastive).backward()
    close(sums, [(total / weight).item(), float(correct), contrastive.item()], 1e-4)
    for (name, a), b in zip(trainer.model.named_parameters(), alone.parameters()):
        close(a.grad, b.grad, 2e-5)


def test_pairs_of_one_tool_are_no_wrong_answers_to_each_other():
    class Fixed:
        def embed_text(self, ids, lengths):
            return torch.eye(4)[ids[:, 0]]

    batch = {"buckets": [(torch.tensor([[0], [0], [1], [0], [0], [1]]), torch.ones(6))], "place": torch.arange(6), "groups": torch.tensor([0, 0, 1])}
    # Each query has cosine 1 with its tool, and one or two others of another tool with cosine 0 (or none, where its twin is left out).
    one, two = math.log(1 + math.exp(-1 / 0.07)), math.log(1 + 2 * math.exp(-1 / 0.07))
    close(train_san.contrastive_loss(Fixed(), batch), (2 * one + two) / 3, 1e-7)


def test_schedule_warms_up_holds_and_falls_in_the_last_share():
    rates = [train_san.schedule(step, step / 100, 4, 0.4, 0.1) for step in (0, 3, 4, 59, 80, 100)]
    close(rates, [0.2, 0.8, 1.0, 1.0, 0.55, 0.1], 1e-9)


def test_plan_is_the_cheapest_cut_of_every_item_once_within_the_budget():
    random = np.random.default_rng(4)
    for _ in range(20):
        encoder = sorted((16 * random.integers(1, 200, 7)).tolist())
        cheapest = float("inf")
        for cuts in range(1 << 6):
            ends = [i + 1 for i in range(6) if cuts >> i & 1] + [7]
            runs = [(end - begin) * (encoder[end - 1] + 16) for begin, end in zip([0, *ends], ends)]
            if all(run <= 9000 for run in runs):
                cheapest = min(cheapest, sum(runs) + RUN_COST * len(runs))
        groups = plan(encoder, [1] * 7, 9000)
        assert sorted(i for g in groups for i in g) == list(range(7))
        assert sum(len(g) * (max(encoder[i] for i in g) + 16) + RUN_COST for g in groups) == cheapest

    # One long answer among many short ones is no reason to pad them all.
    groups = plan([320] * 200, [24] * 199 + [160], 10**6)
    assert sorted(map(len, groups)) == [1, 199]


def test_steps_are_consecutive_positions_and_the_last_stage_comes_again(folder):
    export = ShardFolder(folder)
    ids = lambda p: export.example(p).encoder.tolist()
    assert export.example(7) is None and len(export.step(0, 16)) == 15
    assert ids(96) == ids(32) and ids(95 + 64 + 3) == ids(34), "behind the end, from position 32 on"
    whole, halves = StepBatches(folder, 16, 10**6, 8)[2], [StepBatches(folder, 16, 10**6, 8, rank, 2)[2] for rank in (0, 1)]
    count = lambda b: sum(m["weights"].sum().item() for m in b["micro"])
    assert count(whole) == count(halves[0]) + count(halves[1]) == whole["weight"] == halves[1]["weight"]
    assert len(StepBatches(folder, 20, 10**6, 0, once=True).shards.step(4, 20, once=True)) == 16


def test_a_run_learns_and_a_resumed_one_comes_to_the_same_bits(folder, work):
    steps = 40
    common = ["--shards", folder, "--validation", folder, "--validate-every", "20", "--workers", "0", "--device", "cpu", "--save-every", "20",
              "--log-every", "7", "--batch", "16", "--steps", str(steps), "--micro-tokens", "2048"]
    unbroken, broken = os.path.join(work, "unbroken"), os.path.join(work, "broken")
    train_san.main([*common, "--out", unbroken])
    train_san.main([*common, "--out", broken, "--stop-after", "13"])
    train_san.main([*common, "--out", broken, "--resume", "--workers", "1"])
    states = [torch.load(os.path.join(out, "state.pt")) for out in (unbroken, broken)]
    assert states[0]["steps"] == states[1]["steps"] == steps
    for name in ("weights", "first", "second"):
        assert torch.equal(states[0][name], states[1][name]), name

    logs = [[json.loads(line) for line in open(os.path.join(out, "log.jsonl"), encoding="utf-8")] for out in (unbroken, broken)]
    assert [line["step"] for line in logs[1]] == list(range(steps))
    assert [line["loss"] for line in logs[0]] == [line["loss"] for line in logs[1]]
    first, last = (sum(line["loss"] for line in part) / 4 for part in (logs[0][:4], logs[0][-4:]))
    assert last < 0.75 * first, f"the loss fell from {first} to {last} only"
    held_out = [json.loads(line) for line in open(os.path.join(broken, "validation.jsonl"), encoding="utf-8")]
    assert [line["after"] for line in held_out] == [13, 20, steps] and held_out[-1]["loss"] < held_out[0]["loss"]
    assert held_out[-1]["examples"] == sum(ShardFolder(folder).example(p) is not None for p in range(ShardFolder(folder).examples))

    # What was written opens, and is the state rounded to BF16.
    opened = dict(san_model.load(broken).named_parameters())
    at = 0
    for name, shape in states[1]["layout"]:
        end = at + math.prod(shape)
        assert torch.equal(opened[name].flatten(), states[1]["weights"][at:end].bfloat16().float()), name
        at = end
    try:
        train_san.main([*common, "--out", broken])
        raise AssertionError("a run that stands there was written over")
    except SystemExit as refusal:
        assert "--resume" in str(refusal)


def test_bf16_comes_near_fp32(folder, work):
    losses = []
    for precision in ("fp32", "bf16"):
        out = os.path.join(work, precision)
        train_san.main(["--shards", folder, "--out", out, "--workers", "0", "--device", "cpu", "--steps", "6", "--precision", precision])
        losses.append([json.loads(line)["loss"] for line in open(os.path.join(out, "log.jsonl"), encoding="utf-8")])
    close(losses[1], losses[0], 0.05)
    assert losses[0] != losses[1]


def test_time_ends_a_run_with_the_rates_at_their_end(folder, work):
    out = os.path.join(work, "timed")
    gone = (train_san.time.perf_counter() - train_san.STARTED) / 60
    train_san.main(["--shards", folder, "--out", out, "--workers", "0", "--device", "cpu", "--minutes", str(gone + 1.5 / 60), "--warmup", "0",
                    "--decay-share", str(1.5 / 60 / (gone + 1.5 / 60))])
    rates = [json.loads(line)["rate"] for line in open(os.path.join(out, "log.jsonl"), encoding="utf-8")]
    assert rates == sorted(rates, reverse=True) and rates[0] > 0.8 and rates[-1] < 0.2, (rates[0], rates[-1])


def test_two_processes_come_to_what_one_comes_to(folder, work):
    common = [os.path.join(HERE, "train_san.py"), "--shards", folder, "--workers", "0", "--device", "cpu", "--steps", "3", "--pairs", "0", "--batch", "16"]
    one, two = os.path.join(work, "one"), os.path.join(work, "two")
    subprocess.run([sys.executable, *common, "--out", one], check=True)
    # What torchrun sets, by hand: that of Debian's PyTorch 1.13 fails under Python 3.11.
    address = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "29555", "WORLD_SIZE": "2"}
    started = [
        subprocess.Popen([sys.executable, *common, "--out", two], env={**os.environ, **address, "RANK": rank, "LOCAL_RANK": rank}) for rank in "01"]
    assert [process.wait(120) for process in started] == [0, 0]
    a, b = (torch.load(os.path.join(out, "state.pt"))["weights"] for out in (one, two))
    close(a, b, 1e-4)


def test_the_export_is_read_as_csharp_reads_it(folder, expected):
    with open(expected, encoding="utf-8") as file:
        examples = json.load(file)
    export = ShardFolder(folder)
    assert len(examples) == export.examples > 10
    for position, e in enumerate(examples):
        read = export.example(position)
        if e is None:
            assert read is None
            continue
        for name, ids in (("encoder", read.encoder), ("decoder", read.decoder), ("targets", read.targets), ("weights", read.weights), ("query", read.query), ("tool", read.tool)):
            assert ids.tolist() == e[name], (position, name)


def test_an_export_is_trained_on(folder, out):
    train_san.main(["--shards", folder, "--out", out, "--validation", folder, "--workers", "0", "--device", "cpu", "--batch", "6", "--steps", "12",
                    "--micro-tokens", "1024", "--pairs", "3", "--muon-rate", "0.05", "--adam-rate", "0.02", "--warmup", "1"])
    losses = [json.loads(line)["loss"] for line in open(os.path.join(out, "log.jsonl"), encoding="utf-8")]
    assert len(losses) == 12 and sum(losses[-3:]) < 0.8 * sum(losses[:3]), losses


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--golden", default=GOLDEN)
    parser.add_argument("--shards")
    parser.add_argument("--expected")
    parser.add_argument("--out", help="keep the checkpoint that was trained on --shards here")
    parser.add_argument("--processes", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as work:
        folder = os.path.join(work, "copy")
        os.mkdir(folder)
        write_copy_task(folder)
        run = []
        if os.path.isdir(options.golden):
            run.append((test_forward_pass_agrees_with_the_golden_vectors, options.golden))
        else:
            print(f"skipped: test_forward_pass_agrees_with_the_golden_vectors needs {options.golden}")
        run += [
            (test_int4_rounds_groups_of_32_by_their_largest_magnitude,),
            (test_orthogonalise_brings_singular_values_near_one_and_keeps_the_directions,),
            (test_optimiser_does_what_torch_and_one_matrix_at_a_time_do,),
            (test_noise_is_gone_after_the_step_it_was_for,),
            (test_gradient_of_padded_micro_batches_is_that_of_examples_one_by_one, folder),
            (test_pairs_of_one_tool_are_no_wrong_answers_to_each_other,),
            (test_schedule_warms_up_holds_and_falls_in_the_last_share,),
            (test_plan_is_the_cheapest_cut_of_every_item_once_within_the_budget,),
            (test_steps_are_consecutive_positions_and_the_last_stage_comes_again, folder),
            (test_a_run_learns_and_a_resumed_one_comes_to_the_same_bits, folder, work),
            (test_bf16_comes_near_fp32, folder, work),
            (test_time_ends_a_run_with_the_rates_at_their_end, folder, work),
        ]
        if options.shards:
            run.append((test_the_export_is_read_as_csharp_reads_it, options.shards, options.expected))
            run.append((test_an_export_is_trained_on, options.shards, options.out or os.path.join(work, "own")))
        if options.processes:
            run.append((test_two_processes_come_to_what_one_comes_to, folder, work))
        for test, *rest in run:
            test(*rest)
            print(f"passed: {test.__name__}", flush=True)


if __name__ == "__main__":
    main()
