"""Trains a Simple Attention Network on the shards of `needlebench train export`; README.md says how, step by step.

One process, or one a GPU under torchrun. Every process computes its share of each step's examples, and gradients are summed, so
that the loss is the token-weighted mean over the step however many processes there are. (The retrieval head's is the mean over
processes, each of which contrasts its own pairs.)
"""

import argparse
import json
import os
import signal
import sys
import time

import torch
import torch.distributed as dist
import torch.nn.functional as F

import san_model
from optimiser import Optimiser
from shards import RUN_COST, StepBatches

TEMPERATURE = 0.07
STARTED = time.perf_counter()


def arguments(argv=None):
    parser = argparse.ArgumentParser(description="Train a Simple Attention Network on exported shards.")
    parser.add_argument("--shards", required=True, help="folder of `needlebench train export`, finished or being written")
    parser.add_argument("--out", required=True, help="folder for the checkpoint, log.jsonl and state.pt")
    parser.add_argument("--validation", help="folder of `needlebench train export --held-out`")
    parser.add_argument("--minutes", type=float, help="end after so long since the process began; rates follow the share of time gone")
    parser.add_argument("--steps", type=int, help="end after so many steps; default: the recipe's")
    parser.add_argument("--stop-after", type=int, help="save and stop after this step, with the schedule of the whole run")
    parser.add_argument("--resume", action="store_true", help="go on with what stands in --out")
    parser.add_argument("--batch", type=int, help="examples a step, over all processes; default: the recipe's")
    parser.add_argument("--micro-tokens", type=int, default=65536, help="padded tokens that go through the network at once")
    parser.add_argument("--run-cost", type=int, default=RUN_COST, help="what a micro-batch more is held to cost, in padded tokens")
    parser.add_argument("--pairs", type=int, default=256, help="most retrieval pairs a step and process")
    parser.add_argument("--save-every", type=int, help="steps between states on disk; default: the recipe's")
    parser.add_argument("--validate-every", type=int, default=1000)
    parser.add_argument("--log-every", type=int, default=10, help="steps between reads of what the GPU computed")
    parser.add_argument("--workers", type=int, default=3, help="processes that make batches")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--precision", choices=["bf16", "fp32"], help="default: bf16 on a GPU, fp32 on a CPU")
    parser.add_argument("--compile", choices=["none", "points"], default="none", help="points: torch.compile fuses norms, rotations and gates")
    for name, kind in (("muon-rate", float), ("adam-rate", float), ("warmup", int), ("decay-share", float), ("int4-noise-every", int), ("seed", int)):
        parser.add_argument(f"--{name}", type=kind, help="default: the recipe's")
    parser.add_argument("--weight-decay", type=float, default=0.0)
    parser.add_argument("--floor", type=float, default=0.0, help="what the rates fall to, as a share")
    return parser.parse_args(argv)


def schedule(step, progress, warmup, decay_share, floor):
    """Warm-up over steps, constant, then a linear fall over the last share of the run."""
    if step < warmup:
        return (step + 1) / (warmup + 1)
    left = max(0.0, 1 - progress)
    return 1.0 if left >= decay_share or decay_share == 0 else max(floor, floor + (1 - floor) * left / decay_share)


def to_device(value, device):
    if isinstance(value, torch.Tensor):
        return value.to(device, non_blocking=True)
    if isinstance(value, dict):
        return {k: to_device(v, device) for k, v in value.items()}
    return [to_device(v, device) for v in value] if isinstance(value, (list, tuple)) else value


def token_losses(model, micro):
    """Cross-entropy and log Z of each target that has a weight, and whether it had the highest logit."""
    mask = san_model.key_mask(micro["encoder_lengths"], micro["encoder"].shape[1])
    hidden = model.decode(micro["decoder"], model.encode(micro["encoder"], mask), mask)
    logits = model.logits(hidden.flatten(0, 1).index_select(0, micro["index"])).float()
    log_z = logits.logsumexp(-1)
    target = logits.gather(1, micro["targets"][:, None])[:, 0]
    return log_z - target, log_z, target >= logits.amax(-1)


def contrastive_loss(model, batch):
    """CLIP's symmetric loss over the pairs; a tool that two pairs share is no wrong answer to either. Returns mean and pairs."""
    rows = torch.cat([model.embed_text(ids, lengths) for ids, lengths in batch["buckets"]])
    queries, tools = rows[batch["place"]].chunk(2)
    groups = batch["groups"]
    same = (groups[:, None] == groups) & ~torch.eye(len(groups), dtype=torch.bool, device=groups.device)
    logits = (queries.float() @ tools.float().T / TEMPERATURE).masked_fill(same, float("-inf"))
    labels = torch.arange(len(groups), device=groups.device)
    return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.T, labels)) / 2


class Trainer:
    def __init__(self, options):
        self.options = options
        self.rank, self.world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
        self.device = torch.device(options.device, int(os.environ.get("LOCAL_RANK", 0))) if options.device == "cuda" else torch.device(options.device)
        if self.device.type == "cuda":
            torch.cuda.set_device(self.device)
            torch.set_float32_matmul_precision("high")
            if hasattr(torch.backends.cuda, "enable_cudnn_sdp"):
                # It makes a plan for every shape that it has not seen, and shapes are many here.
                torch.backends.cuda.enable_cudnn_sdp(False)
        self.clock = None
        if self.world > 1:
            dist.init_process_group("nccl" if self.device.type == "cuda" else "gloo")
            self.clock = dist.new_group(backend="gloo")
        probe = StepBatches(options.shards, 1, 1, 0)
        self.recipe = recipe = probe.shards.recipe
        for key, name in (("muon_rate", "muonRate"), ("adam_rate", "adamRate"), ("warmup", "warmup"), ("decay_share", "decayShare"), ("seed", "seed"),
                          ("int4_noise_every", "int4NoiseEvery"), ("batch", "batchSize"), ("save_every", "checkpointEvery"), ("steps", "steps")):
            if getattr(options, key) is None:
                setattr(options, key, recipe[name])
        self.precision = options.precision or ("bf16" if self.device.type == "cuda" else "fp32")
        san_model.Functions.dtype = torch.bfloat16 if self.precision == "bf16" else torch.float32
        self.model = san_model.San(san_model.config_of(recipe), retrieval=recipe["retrieval"] > 0).initialise(options.seed).to(self.device)
        if options.compile == "points":
            san_model.compile_points()
        self.optimiser = Optimiser(self.model, options.muon_rate, options.adam_rate, options.weight_decay)
        self.data = StepBatches(
            options.shards, options.batch, options.micro_tokens, options.pairs if recipe["retrieval"] > 0 else 0, self.rank, self.world,
            run_cost=options.run_cost)
        self.steps_done, self.seconds_before, self.pending = 0, 0.0, []
        self.stopping, self.validated = False, None
        if self.rank == 0:
            os.makedirs(options.out, exist_ok=True)
        if os.path.exists(self.path("state.pt")):
            if not options.resume:
                sys.exit(f"error: {options.out}: a training run stands here already. Go on with it with --resume, or name another folder.")
            self.resume()
        self.log = self.open_log("log.jsonl", "step", self.steps_done - 1)
        self.validation_log = self.open_log("validation.jsonl", "after", self.steps_done)

    def path(self, name):
        return os.path.join(self.options.out, name)

    def open_log(self, name, key, last):
        """A log with the lines up to a saved step; what a run did after saving it is cut off, and so is a torn last line."""
        if self.rank != 0:
            return None
        kept = []
        if self.steps_done and os.path.exists(self.path(name)):
            with open(self.path(name), encoding="utf-8") as file:
                lines = file.read().split("\n")[:-1]
            kept = [line + "\n" for line in lines if json.loads(line)[key] <= last]
        san_model.write_whole(self.path(name), "".join(kept).encode())
        return open(self.path(name), "a", encoding="utf-8")

    def elapsed(self):
        """Seconds that the run has taken, those before a resume included; the same in all processes."""
        seconds = self.seconds_before + time.perf_counter() - STARTED
        if self.clock is not None:
            shared = torch.tensor([seconds, float(self.stopping)], dtype=torch.float64)
            dist.broadcast(shared, 0, group=self.clock)
            seconds, self.stopping = shared[0].item(), bool(shared[1])
        return seconds

    def progress(self):
        # Time is asked for in every run: the processes agree there on when to stop.
        elapsed = self.elapsed()
        return elapsed / (60 * self.options.minutes) if self.options.minutes else self.steps_done / self.options.steps

    def autocast(self):
        return torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.precision == "bf16")

    def gradient(self, batch):
        """Adds the step's gradient to the flat vector; returns its sums: loss, correct targets, contrastive loss."""
        recipe, scale = self.recipe, 1 / batch["weight"]
        sums = torch.zeros(3, device=self.device)
        for micro in batch["micro"]:
            with self.autocast():
                losses, log_z, correct = token_losses(self.model, micro)
                loss = (micro["weights"] * (losses + recipe["zLoss"] * log_z.square())).sum() * scale
            loss.backward()
            sums[0] += loss.detach()
            sums[1] += correct.sum()
        if batch["retrieval"] is not None:
            with self.autocast():
                contrastive = contrastive_loss(self.model, batch["retrieval"]) / self.world
            (recipe["retrieval"] * contrastive).backward()
            sums[2] += contrastive.detach()
        if self.world > 1:
            dist.all_reduce(self.optimiser.gradient)
            dist.all_reduce(sums)
        return sums

    def step(self, batch, progress):
        options = self.options
        rate = schedule(self.steps_done, progress, options.warmup, options.decay_share, options.floor)
        batch = to_device(batch, self.device)
        if options.int4_noise_every and self.steps_done % options.int4_noise_every == 0:
            self.optimiser.add_noise()
        sums = self.gradient(batch)
        self.optimiser.remove_noise()
        norm = self.optimiser.step(self.steps_done, rate)
        self.pending.append((self.steps_done, torch.cat([sums, norm[None]]), rate, batch["targets"], batch["tokens"]))
        self.steps_done += 1

    def flush(self, since):
        """Writes the steps since the last flush to the log; this waits for the GPU. Returns the time."""
        if not self.pending:
            return since
        rows = torch.stack([p[1] for p in self.pending]).tolist()
        now = time.perf_counter()
        for (step, _, rate, targets, tokens), (loss, correct, contrastive, norm) in zip(self.pending, rows):
            if not norm < float("inf"):
                sys.exit(f"error: the gradient of step {step} is not finite. Lower the rates, and --resume from the last state.")
            if self.log:
                self.log.write(json.dumps({
                    "step": step, "loss": loss, "accuracy": correct / max(1, targets), "contrastive": contrastive, "gradientNorm": norm,
                    "rate": rate, "tokens": tokens, "seconds": (now - since) / len(self.pending)}) + "\n")
        if self.log:
            self.log.flush()
            tokens = sum(p[4] for p in self.pending)
            print(f"step {self.steps_done}  loss {rows[-1][0]:.4f}  correct {rows[-1][1] / max(1, self.pending[-1][3]):.4f}  contrastive {rows[-1][2]:.3f}  "
                  f"rate {self.pending[-1][2]:.3f}  {tokens / (now - since):,.0f} tokens/s  {self.seconds_before + now - STARTED:.0f} s", flush=True)
        self.pending.clear()
        return now

    @torch.no_grad()
    def validate(self):
        """Loss on held-out examples, and the share whose every token is the likeliest: what greedy decoding, unconstrained, writes."""
        if self.options.validation is None or self.rank != 0 or self.validated == self.steps_done:
            return
        self.validated = self.steps_done
        data = StepBatches(self.options.validation, 512, self.options.micro_tokens, 0, once=True)
        totals = torch.zeros(6, dtype=torch.float64, device=self.device)
        for step in range(-(-data.shards.examples // data.batch_size)):
            for micro in to_device(data[step]["micro"], self.device):
                with self.autocast():
                    losses, _, correct = token_losses(self.model, micro)
                rows, width = micro["decoder"].shape
                wrong = torch.zeros(rows, device=self.device).index_add_(0, micro["index"] // width, (~correct).float())
                totals[0] += (micro["weights"] * losses).sum()
                totals[1] += micro["weights"].sum()
                totals[2] += correct.sum()
                totals[3] += len(correct)
                totals[4] += (wrong == 0).sum()
                totals[5] += rows
        loss, weight, correct, targets, exact, examples = totals.tolist()
        report = {"after": self.steps_done, "loss": loss / weight, "accuracy": correct / targets, "examples": int(examples), "exact": int(exact)}
        self.validation_log.write(json.dumps(report) + "\n")
        self.validation_log.flush()
        print(f"after {self.steps_done} steps: held-out loss {report['loss']:.4f}, {report['exact']} of {report['examples']} examples exact", flush=True)

    def save(self):
        """Weights in FP32, moments and counts, whole or not at all; and the checkpoint beside them."""
        if self.rank != 0:
            return
        torch.save({"steps": self.steps_done, "seconds": self.seconds_before + time.perf_counter() - STARTED, **self.optimiser.state()}, self.path("state.pt.tmp"))
        os.replace(self.path("state.pt.tmp"), self.path("state.pt"))
        san_model.save(self.model, self.options.out, os.path.join(self.options.shards, "tokenizer.model"))

    def resume(self):
        state = torch.load(self.path("state.pt"), map_location=self.device)
        self.optimiser.load(state)
        self.steps_done, self.seconds_before = state["steps"], state["seconds"]

    def run(self):
        options = self.options
        stream = self.data.steps(self.steps_done, options.workers, pin=self.device.type == "cuda")
        since = time.perf_counter()
        while True:
            progress = self.progress()
            if progress >= 1 or self.stopping or self.steps_done == options.stop_after:
                break
            self.step(next(stream), progress)
            if self.steps_done % options.log_every == 0:
                since = self.flush(since)
            if self.steps_done % options.save_every == 0:
                since = self.flush(since)
                self.save()
            if self.steps_done % options.validate_every == 0:
                since = self.flush(since)
                self.validate()
        self.flush(since)
        self.save()
        self.validate()
        if self.world > 1:
            dist.barrier()
            dist.destroy_process_group()


def main(argv=None):
    trainer = Trainer(arguments(argv))

    def stop(*_):
        trainer.stopping = True

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    trainer.run()


if __name__ == "__main__":
    main()
