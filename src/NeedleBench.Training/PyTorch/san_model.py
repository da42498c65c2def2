"""The Simple Attention Network in PyTorch: attention and gates only, no feed-forward layer. Parameters have the names that
they have in a checkpoint's model.safetensors, so that `state_dict()` is a checkpoint.

Masks are True where a key may be seen. Row vectors, y = x W; all norms are zero-centred: (1 + γ) x / rms(x).
"""

import json
import math
import os
import struct

import torch
import torch.nn.functional as F
from torch import nn

EMBEDDING_SIZE = 128

# Of all norms; a constant, so that compiled functions need not be told.
EPSILON = 1e-6


def normed(x, gamma):
    x = x.float()
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + EPSILON) * (1 + gamma)


def norm(x, gamma, dtype):
    return normed(x, gamma).to(dtype)


def rotate(x, cos, sin):
    """Half-split rotation: the first half of a head with its second. x [..., tokens, heads, size], cos and sin [tokens, 1, size / 2]."""
    first, second = x.chunk(2, -1)
    return torch.cat([first * cos - second * sin, second * cos + first * sin], -1)


def norm_rotate(x, gamma, cos, sin, dtype):
    return rotate(normed(x, gamma), cos, sin).to(dtype)


def gated_add(x, gate, y):
    return x + torch.sigmoid(gate) * y


def attention(q, k, v, mask, causal):
    """Softmax attention over [rows, heads, tokens, size]; scores are divided by sqrt(size)."""
    if hasattr(F, "scaled_dot_product_attention"):
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
    scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
    if causal:
        mask = torch.ones(q.shape[-2], k.shape[-2], dtype=torch.bool, device=q.device).tril()
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return scores.softmax(-1) @ v


class Functions:
    """The element-wise parts, which torch.compile can fuse: see `compile_points`. The residual stream and what is inside norms
    is FP32; what norms hand to products is of `dtype`, so that it is rounded once and not by each product."""

    dtype = torch.float32
    norm = staticmethod(norm)
    norm_rotate = staticmethod(norm_rotate)
    gated_add = staticmethod(gated_add)


def compile_points():
    """Has torch.compile fuse norms, rotations and gates, for all lengths at once; needs PyTorch 2 and its compiler."""
    import torch._dynamo

    for limit in ("recompile_limit", "cache_size_limit"):
        if hasattr(torch._dynamo.config, limit):
            setattr(torch._dynamo.config, limit, 64)
    Functions.norm = staticmethod(torch.compile(norm, dynamic=True))
    Functions.norm_rotate = staticmethod(torch.compile(norm_rotate, dynamic=True))
    Functions.gated_add = staticmethod(torch.compile(gated_add, dynamic=True))


class Norm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(size))

    def forward(self, x):
        return Functions.norm(x, self.weight, Functions.dtype)


class Attention(nn.Module):
    def __init__(self, config):
        super().__init__()
        d, self.heads, self.kv_heads = config["hidden_size"], config["num_attention_heads"], config["num_key_value_heads"]
        self.size = d // self.heads
        self.q_proj = nn.Linear(d, d, bias=False)
        self.k_proj = nn.Linear(d, self.kv_heads * self.size, bias=False)
        self.v_proj = nn.Linear(d, self.kv_heads * self.size, bias=False)
        self.out_proj = nn.Linear(d, d, bias=False)
        self.q_norm = Norm(self.size)
        self.k_norm = Norm(self.size)

    def forward(self, x, memory, rotary, mask, causal=False):
        """x [rows, tokens, d] asks, memory [rows, keys, d] answers; rotary is None in cross-attention."""
        rows, tokens, _ = x.shape
        q = self.q_proj(x).view(rows, tokens, self.heads, self.size)
        k = self.k_proj(memory).view(rows, -1, self.kv_heads, self.size)
        v = self.v_proj(memory).view(rows, -1, self.kv_heads, self.size)
        if rotary is None:
            q2, k2 = self.q_norm(q), self.k_norm(k)
        else:
            q2 = Functions.norm_rotate(q, self.q_norm.weight, *rotary, Functions.dtype)
            k2 = Functions.norm_rotate(k, self.k_norm.weight, *rotary, Functions.dtype)
        # Key/value head j serves the query heads of its group, which stand side by side.
        group = self.heads // self.kv_heads
        k2, v = (t.transpose(1, 2).repeat_interleave(group, 1) for t in (k2, v))
        y = attention(q2.transpose(1, 2), k2, v, mask, causal)
        return self.out_proj(y.transpose(1, 2).reshape(rows, tokens, -1))


class EncoderLayer(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.input_layernorm = Norm(config["hidden_size"])
        self.attn_gate = nn.Parameter(torch.zeros(1))
        self.self_attn = Attention(config)

    def forward(self, x, rotary, mask):
        own = self.input_layernorm(x)
        return Functions.gated_add(x, self.attn_gate, self.self_attn(own, own, rotary, mask))


class DecoderLayer(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.input_layernorm = Norm(config["hidden_size"])
        self.self_attn_gate = nn.Parameter(torch.zeros(1))
        self.encoder_attn_layer_norm = Norm(config["hidden_size"])
        self.cross_attn_gate = nn.Parameter(torch.zeros(1))
        self.self_attn = Attention(config)
        self.encoder_attn = Attention(config)

    def forward(self, x, rotary, memory, mask):
        own = self.input_layernorm(x)
        x = Functions.gated_add(x, self.self_attn_gate, self.self_attn(own, own, rotary, None, causal=True))
        return Functions.gated_add(x, self.cross_attn_gate, self.encoder_attn(self.encoder_attn_layer_norm(x), memory, None, mask))


class Encoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.layers = nn.ModuleList(EncoderLayer(config) for _ in range(config["num_encoder_layers"]))
        self.final_norm = Norm(config["hidden_size"])


class Decoder(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.layers = nn.ModuleList(DecoderLayer(config) for _ in range(config["num_decoder_layers"]))
        self.norm = Norm(config["hidden_size"])


class Body(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.embed_tokens = nn.Embedding(config["vocab_size"], config["hidden_size"])
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)


class San(nn.Module):
    """The network. `config` is a checkpoint's config.json."""

    def __init__(self, config, retrieval=True):
        super().__init__()
        if config["rms_norm_eps"] != EPSILON:
            raise ValueError(f"config.json: rms_norm_eps is {config['rms_norm_eps']}; only {EPSILON} is supported.")
        self.config = config
        d = config["hidden_size"]
        self.model = Body(config)
        if retrieval:
            width = config.get("retrieval_hidden_size", d // 4)
            self.contrastive_hidden = nn.Linear(d, width)
            self.contrastive_proj = nn.Linear(width, EMBEDDING_SIZE, bias=False)
        half = d // config["num_attention_heads"] // 2
        angle = torch.arange(1024.0)[:, None, None] * config["rope_theta"] ** (-torch.arange(half) / half)
        self.register_buffer("cos", angle.cos(), persistent=False)
        self.register_buffer("sin", angle.sin(), persistent=False)

    @torch.no_grad()
    def initialise(self, seed):
        """Embedding and projections normal with standard deviation 1/sqrt(inputs), norms, gates and biases 0."""
        generator = torch.Generator().manual_seed(seed)
        for parameter in self.parameters():
            if parameter.ndim == 2:
                parameter.copy_(torch.randn(parameter.shape, generator=generator) / math.sqrt(parameter.shape[1]))
            else:
                parameter.zero_()
        return self

    def _embed(self, ids):
        return self.model.embed_tokens(ids).float() * math.sqrt(self.config["hidden_size"])

    def _rotary(self, tokens):
        return self.cos[:tokens], self.sin[:tokens]

    def encode(self, ids, mask):
        """[rows, tokens] → [rows, tokens, d]. mask [rows, 1, 1, tokens] or None where nothing is padded."""
        x = self._embed(ids)
        rotary = self._rotary(ids.shape[1])
        for layer in self.model.encoder.layers:
            x = layer(x, rotary, mask)
        return self.model.encoder.final_norm(x)

    def decode(self, ids, memory, mask):
        """[rows, tokens] → hidden states [rows, tokens, d]; behind a row's end they mean nothing."""
        x = self._embed(ids)
        rotary = self._rotary(ids.shape[1])
        for layer in self.model.decoder.layers:
            x = layer(x, rotary, memory, mask)
        return self.model.decoder.norm(x)

    def logits(self, hidden):
        return F.linear(hidden, self.model.embed_tokens.weight)

    def embed_text(self, ids, lengths):
        """The retrieval head over the encoder: [rows, tokens] → [rows, 128] of unit length."""
        mask = key_mask(lengths, ids.shape[1])
        encoded = self.encode(ids, mask)
        kept = mask[:, 0, 0, :, None]
        with torch.autocast(ids.device.type, enabled=False):
            mean = (encoded.float() * kept).sum(1) / lengths[:, None]
            return F.normalize(self.contrastive_proj(F.relu(self.contrastive_hidden(mean))), dim=-1, eps=1e-20)


def key_mask(lengths, tokens):
    """[rows, 1, 1, tokens], True before a row's end."""
    return (torch.arange(tokens, device=lengths.device) < lengths[:, None])[:, None, None, :]


def config_of(recipe):
    """The config.json of a recipe's network, in the authors' spelling."""
    width = recipe.get("retrievalHiddenSize")
    return {
        **({} if width is None else {"retrieval_hidden_size": width}),
        "architectures": ["NeedleForCausalLM"],
        "model_type": "needle",
        "is_encoder_decoder": True,
        "vocab_size": recipe["vocabularySize"],
        "hidden_size": recipe["hiddenSize"],
        "num_attention_heads": recipe["heads"],
        "num_key_value_heads": recipe["keyValueHeads"],
        "num_encoder_layers": recipe["encoderLayers"],
        "num_decoder_layers": recipe["decoderLayers"],
        "rope_theta": 10000.0,
        "rms_norm_eps": EPSILON,
        "tie_word_embeddings": True,
        "pad_token_id": 0,
        "eos_token_id": 1,
        "bos_token_id": 2,
        "unk_token_id": 3,
        "decoder_start_token_id": 1,
    }


_DTYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def read_safetensors(path):
    """Names to tensors; the format is a JSON header behind its length, then raw bytes."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    return {
        name: torch.frombuffer(data, dtype=_DTYPES[entry["dtype"]], offset=entry["data_offsets"][0], count=math.prod(entry["shape"])).reshape(entry["shape"])
        for name, entry in header.items()
    }


def write_safetensors(path, tensors):
    """Writes BF16 tensors, whole or not at all."""
    header, data, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in tensors.items():
        # A BF16 tensor has no NumPy type; its bits have one.
        raw = tensor.detach().cpu().to(torch.bfloat16).contiguous().view(torch.int16).numpy().tobytes()
        header[name] = {"dtype": "BF16", "shape": list(tensor.shape), "data_offsets": [at, at + len(raw)]}
        data.append(raw)
        at += len(raw)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    write_whole(path, b"".join([struct.pack("<Q", len(text)), text, *data]))


def write_whole(path, content):
    """Replaces a file: a reader, or a crash, meets the old content or the new."""
    with open(path + ".tmp", "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".tmp", path)


def load(folder):
    """Opens a checkpoint folder, with or without the retrieval head."""
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        config = json.load(file)
    tensors = read_safetensors(os.path.join(folder, "model.safetensors"))
    tensors.pop("lm_head.weight", None)
    model = San(config, retrieval="contrastive_hidden.weight" in tensors)
    model.load_state_dict({name: tensor.float() for name, tensor in tensors.items()})
    return model


def save(model, folder, tokenizer):
    """Writes a checkpoint folder that needlebench opens: BF16 weights, the output layer among them, config and tokenizer."""
    os.makedirs(folder, exist_ok=True)
    state = model.state_dict()
    weights = {"lm_head.weight": state["model.embed_tokens.weight"], **state}
    write_safetensors(os.path.join(folder, "model.safetensors"), weights)
    write_whole(os.path.join(folder, "config.json"), json.dumps(model.config, indent=1).encode())
    with open(tokenizer, "rb") as file:
        write_whole(os.path.join(folder, "tokenizer.model"), file.read())
