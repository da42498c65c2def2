"""Muon for attention projections, AdamW for all else, as Optimisers/Optimiser.cs has them, on flat vectors.

All parameters are views of one vector, all gradients of another, in the order: projections, shape by shape; then what weight
decay applies to; then norms and gates. Projections of one shape are then one tensor [count, out, in], orthogonalised in one
batched product, and clipping, INT4 noise and the sum over processes are operations on whole vectors.
"""

import math

import torch

BETA1, BETA2, EPSILON, MOMENTUM = 0.9, 0.95, 1e-8, 0.95
INT4_GROUP = 32


def is_projection(name):
    return name.endswith("_proj.weight") and "attn." in name


def orthogonalise(x):
    """Newton-Schulz with Jordan's coefficients: all singular values of each matrix of [count, rows, columns] to about 1."""
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.transpose(1, 2)
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    x = x.bfloat16() if x.is_cuda else x
    for _ in range(5):
        gram = x @ x.transpose(1, 2)
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return (x.transpose(1, 2) if tall else x).float()


def int4(x):
    """What symmetric INT4 in groups of 32 along the last dimension holds: w → clip(round(w / s), -8, 7) s, s = max|w| / 7."""
    groups = x.reshape(-1, INT4_GROUP)
    scale = groups.abs().amax(1, keepdim=True) / 7
    held = (groups / scale.where(scale > 0, torch.ones_like(scale))).round().clamp(-8, 7) * scale
    return held.view_as(x)


class Optimiser:
    def __init__(self, model, muon_rate, adam_rate, weight_decay=0.0, clip_norm=1.0):
        self.muon_rate, self.adam_rate, self.weight_decay, self.clip_norm = muon_rate, adam_rate, weight_decay, clip_norm
        named = dict(model.named_parameters())
        projections = sorted((n for n in named if is_projection(n)), key=lambda n: tuple(named[n].shape))
        decayed = [n for n in named if named[n].ndim == 2 and not is_projection(n)] + [n for n in named if n.endswith(".bias")]
        kept = [n for n in named if n not in {*projections, *decayed}]

        # Those of one element last, so that all others begin at a multiple of 16 bytes.
        kept.sort(key=lambda n: named[n].numel() == 1)
        self.layout = [(n, list(named[n].shape)) for n in [*projections, *decayed, *kept]]
        self.weights = torch.cat([named[n].data.flatten() for n, _ in self.layout])
        self.gradient = torch.zeros_like(self.weights)
        self.first = torch.zeros_like(self.weights)
        at = 0
        for name, shape in self.layout:
            end = at + math.prod(shape)
            named[name].data = self.weights[at:end].view(shape)
            named[name].grad = self.gradient[at:end].view(shape)
            at = end

        self._projected = sum(named[n].numel() for n in projections)
        self._decayed = self._projected + sum(named[n].numel() for n in decayed)
        self.second = torch.zeros_like(self.weights[self._projected :])
        self._groups, at = [], 0
        for shape in sorted({tuple(named[n].shape) for n in projections}):
            count = sum(tuple(named[n].shape) == shape for n in projections)
            self._groups.append((slice(at, at + count * math.prod(shape)), (count, *shape)))
            at += count * math.prod(shape)
        self._kept = None

    @torch.no_grad()
    def add_noise(self):
        """The projections take part as INT4 would hold them, until `remove_noise`; gradients pass straight through."""
        projections = self.weights[: self._projected]
        self._kept = projections.clone()
        for part, shape in self._groups:
            projections[part] = int4(projections[part].view(shape)).flatten()

    @torch.no_grad()
    def remove_noise(self):
        if self._kept is not None:
            self.weights[: self._projected] = self._kept
            self._kept = None

    @torch.no_grad()
    def step(self, step, rate):
        """Moves the weights along the gradient and clears it. Returns the gradient's norm before clipping, as a tensor."""
        norm = self.gradient.norm()
        self.gradient.mul_((self.clip_norm / norm).clamp(max=1))
        for part, shape in self._groups:
            gradient, momentum, weights = (v[part].view(shape) for v in (self.gradient, self.first, self.weights))
            momentum.mul_(MOMENTUM).add_(gradient)
            update = orthogonalise(gradient + MOMENTUM * momentum)
            weights.mul_(1 - rate * self.muon_rate * self.weight_decay)
            weights.sub_(update, alpha=rate * self.muon_rate * math.sqrt(max(1.0, shape[1] / shape[2])))

        gradient, weights, first = (v[self._projected :] for v in (self.gradient, self.weights, self.first))
        first.mul_(BETA1).add_(gradient, alpha=1 - BETA1)
        self.second.mul_(BETA2).addcmul_(gradient, gradient, value=1 - BETA2)
        root = (self.second / (1 - BETA2 ** (step + 1))).sqrt_().add_(EPSILON)
        self.weights[self._projected : self._decayed].mul_(1 - rate * self.adam_rate * self.weight_decay)
        weights.addcdiv_(first, root, value=-rate * self.adam_rate / (1 - BETA1 ** (step + 1)))
        self.gradient.zero_()
        return norm

    def state(self):
        return {"layout": self.layout, "weights": self.weights, "first": self.first, "second": self.second}

    def load(self, state):
        if state["layout"] != self.layout:
            raise ValueError("The saved state is of another network. Resume with the recipe that it was written by.")
        for name in ("weights", "first", "second"):
            getattr(self, name).copy_(state[name])
