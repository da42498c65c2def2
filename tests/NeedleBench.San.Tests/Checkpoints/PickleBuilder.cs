using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests.Checkpoints;

/// <summary>Puts a pickle together instruction by instruction, in the forms that NumPy writes under protocols 2, 4 and 5.</summary>
sealed class PickleBuilder
{
    readonly List<byte> _bytes;
    readonly int _protocol;

    public PickleBuilder(int protocol = 4)
    {
        _protocol = protocol;
        _bytes = [0x80, (byte)protocol];
    }

    /// <summary>Instructions as text; every character is one byte.</summary>
    public PickleBuilder Raw(string latin1)
    {
        _bytes.AddRange(Encoding.Latin1.GetBytes(latin1));
        return this;
    }

    /// <summary>Text, put in the memo from protocol 4 on, as Python does.</summary>
    public PickleBuilder Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Raw("X").UInt32((uint)utf8.Length).Append(utf8);
        return _protocol == 2 ? this : Raw("\u0094");
    }

    public PickleBuilder Int(int value)
    {
        _bytes.Add((byte)'J');
        return UInt32((uint)value);
    }

    public PickleBuilder Bytes(byte[] data) => _protocol switch
    {
        2 => Global("_codecs", "encode").Text(Encoding.Latin1.GetString(data)).Text("latin1").Raw("\u0086R"),
        5 => Raw("\u0096").UInt32((uint)data.Length).UInt32(0).Append(data),
        _ => Raw("B").UInt32((uint)data.Length).Append(data),
    };

    public PickleBuilder Global(string module, string name) =>
        _protocol == 2 ? Raw($"c{module}\n{name}\n") : Text(module).Text(name).Raw("\u0093");

    public PickleBuilder Dtype(string code, string order = "<") =>
        Global("numpy", "dtype").Text(code).Raw("\u0089\u0088\u0087R(").Int(3).Text(order).Raw("NNN").Int(-1).Int(-1).Int(0).Raw("tb");

    public PickleBuilder Shape(params int[] shape)
    {
        Raw("(");
        foreach (var size in shape)
        {
            Int(size);
        }

        return Raw("t");
    }

    /// <summary>An array whose bytes are given as they lie in memory.</summary>
    public PickleBuilder Array(string code, int[] shape, byte[] data, bool fortran = false, string order = "<") => _protocol == 5
        ? Global("numpy._core.numeric", "_frombuffer").Raw("(").Bytes(data).Dtype(code, order).Shape(shape).Text(fortran ? "F" : "C").Raw("tR")
        : Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Raw("K\0\u0085").Bytes([(byte)'b']).Raw("\u0087R")
            .Raw("(K\u0001").Shape(shape).Dtype(code, order).Raw(fortran ? "\u0088" : "\u0089").Bytes(data).Raw("tb");

    public PickleBuilder Halves(int[] shape, float[] values, bool fortran = false) =>
        Array("f2", shape, MemoryMarshal.AsBytes<Half>(System.Array.ConvertAll(values, value => (Half)value)).ToArray(), fortran);

    public byte[] Stop() => [.. _bytes, (byte)'.'];

    /// <summary>A needle.pkl of <see cref="TestCheckpoints.Weights"/>: layers stacked, matrices turned to [in, out].</summary>
    public static byte[] Needle(int protocol, Action<PickleBuilder>? extra = null, Func<string, bool>? leaveOut = null)
    {
        var weights = TestCheckpoints.Weights();
        var (d, kv, s) = (8, 4, 4);
        var pickle = new PickleBuilder(protocol).Raw("}(").Text("params").Raw("}(");

        void Leaf(string path, int[] shape, float[][] layers, bool kernel = false)
        {
            if (leaveOut?.Invoke(path) ?? false)
            {
                return;
            }

            var stacked = layers.SelectMany(layer => kernel ? Turn(layer, shape[^2], shape[^1]) : layer).ToArray();
            var keys = path.Split('/');
            foreach (var key in keys[..^1])
            {
                pickle.Text(key).Raw("}");
            }

            pickle.Text(keys[^1]).Halves(shape, stacked);
            foreach (var _ in keys[..^1])
            {
                pickle.Raw("s");
            }
        }

        void Attention(string path, int layers, Func<int, AttentionWeights> of)
        {
            pickle.Text(path).Raw("}(");
            Leaf("q_proj/kernel", [layers, d, d], [.. Enumerable.Range(0, layers).Select(n => of(n).Query)], kernel: true);
            Leaf("k_proj/kernel", [layers, d, kv], [.. Enumerable.Range(0, layers).Select(n => of(n).Key)], kernel: true);
            Leaf("v_proj/kernel", [layers, d, kv], [.. Enumerable.Range(0, layers).Select(n => of(n).Value)], kernel: true);
            Leaf("out_proj/kernel", [layers, d, d], [.. Enumerable.Range(0, layers).Select(n => of(n).Output)], kernel: true);
            Leaf("q_norm/scale", [layers, s], [.. Enumerable.Range(0, layers).Select(n => of(n).QueryNorm)]);
            Leaf("k_norm/scale", [layers, s], [.. Enumerable.Range(0, layers).Select(n => of(n).KeyNorm)]);
            pickle.Raw("u");
        }

        Leaf("embedding/embedding", [12, d], [weights.Embedding]);
        pickle.Text("encoder").Raw("}(").Text("layers").Raw("}").Text("EncoderBlock_0").Raw("}(");
        Leaf("attn_gate", [2], [[weights.Encoder[0].Gate, weights.Encoder[1].Gate]]);
        Leaf("ZCRMSNorm_0/scale", [2, d], [weights.Encoder[0].InputNorm, weights.Encoder[1].InputNorm]);
        Attention("self_attn", 2, n => weights.Encoder[n].SelfAttention);
        pickle.Raw("us");
        Leaf("final_norm/scale", [d], [weights.EncoderFinalNorm]);
        pickle.Raw("u").Text("decoder").Raw("}(").Text("layers").Raw("}").Text("DecoderBlock_0").Raw("}(");
        Leaf("self_attn_gate", [1], [[weights.Decoder[0].SelfGate]]);
        Leaf("cross_attn_gate", [1], [[weights.Decoder[0].CrossGate]]);
        Leaf("ZCRMSNorm_0/scale", [1, d], [weights.Decoder[0].SelfNorm]);
        Leaf("ZCRMSNorm_1/scale", [1, d], [weights.Decoder[0].CrossNorm]);
        Attention("self_attn", 1, n => weights.Decoder[n].SelfAttention);
        Attention("cross_attn", 1, n => weights.Decoder[n].CrossAttention);
        pickle.Raw("us");
        Leaf("ZCRMSNorm_0/scale", [d], [weights.DecoderFinalNorm]);
        pickle.Raw("u").Text("contrastive_hidden").Raw("}(");
        Leaf("kernel", [d, 2], [weights.Retrieval!.Hidden], kernel: true);
        Leaf("bias", [2], [weights.Retrieval!.HiddenBias]);
        pickle.Raw("u");
        Leaf("contrastive_proj/kernel", [2, 128], [weights.Retrieval!.Projection], kernel: true);
        pickle.Text("log_temp").Halves([], [0.5f]);
        extra?.Invoke(pickle);
        return pickle.Raw("u").Text("config").Raw("}(").Text("vocab_size").Int(12).Text("d_model").Int(8).Text("num_heads").Int(2)
            .Text("num_kv_heads").Int(1).Text("num_encoder_layers").Int(2).Text("num_decoder_layers").Int(1).Text("dtype").Text("bfloat16")
            .Text("no_feedforward").Raw("\u0088").Text("rope_theta").Raw("G\u0040\u00c3\u0088\0\0\0\0\0").Raw("uu").Stop();
    }

    PickleBuilder UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Append(bytes);
    }

    PickleBuilder Append(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    // [out, in] to [in, out].
    static float[] Turn(float[] weight, int inputs, int outputs) =>
        [.. Enumerable.Range(0, inputs * outputs).Select(i => weight[(i % outputs * inputs) + (i / outputs)])];
}
