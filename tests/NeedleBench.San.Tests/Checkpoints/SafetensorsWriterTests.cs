using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests.Checkpoints;

public class SafetensorsWriterTests
{
    [Fact]
    public void Bfloat16_rounds_to_nearest_and_ties_to_even()
    {
        // The spacing of bfloat16 just above 1 is 2^-7.
        const float Step = 1 / 128f;
        float[] values = [1 + (0.5f * Step), 1 + (1.5f * Step), 1 + (0.49f * Step), 1 + (0.51f * Step), -1 - (0.5f * Step), 1e-40f, -0f];

        Assert.Equal([1f, 1 + (2 * Step), 1f, 1 + Step, -1f, BitConverter.UInt32BitsToSingle(0x00010000), -0f], RoundTrip(values, SafetensorsDtype.BF16));
    }

    [Fact]
    public void Every_finite_half_survives_and_its_neighbours_round_as_the_runtime_rounds()
    {
        var halves = Enumerable.Range(0, 65536).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits)).Where(Half.IsFinite).ToArray();
        var exact = Array.ConvertAll(halves, half => (float)half);
        var between = Array.ConvertAll(exact, value => value * 1.0003f).Where(value => MathF.Abs(value) < 65520).ToArray();

        Assert.Equal(exact.Select(BitConverter.SingleToUInt32Bits), RoundTrip(exact, SafetensorsDtype.F16).Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(between.Select(value => (float)(Half)value), RoundTrip(between, SafetensorsDtype.F16));
    }

    [Fact]
    public void Infinities_and_NaN_in_half_precision_are_read_as_such()
    {
        var bytes = TestCheckpoints.Safetensors("""{"a":{"dtype":"F16","shape":[3],"data_offsets":[0,6]}}""", 6);
        (new byte[] { 0x00, 0x7C, 0x00, 0xFC, 0x01, 0x7C }).CopyTo(bytes, bytes.Length - 6);
        using var file = SafetensorsFile.Open(bytes, "x");
        var values = new float[3];

        file.Read("a", values);

        Assert.Equal([float.PositiveInfinity, float.NegativeInfinity, float.NaN], values);
    }

    [Fact]
    public void Float_keeps_every_bit()
    {
        float[] values = [1f / 3, float.Epsilon, -0f, float.MaxValue, float.MinValue, 1.1754944e-38f];

        Assert.Equal(values.Select(BitConverter.SingleToUInt32Bits), RoundTrip(values, SafetensorsDtype.F32).Select(BitConverter.SingleToUInt32Bits));
    }

    [Theory]
    [InlineData(SafetensorsDtype.F32)]
    [InlineData(SafetensorsDtype.F16)]
    [InlineData(SafetensorsDtype.BF16)]
    public void Tensors_longer_than_one_chunk_keep_their_order(SafetensorsDtype dtype)
    {
        var values = Enumerable.Range(0, 300_001).Select(i => (i % 255) / 128f).ToArray();

        Assert.Equal(values, RoundTrip(values, dtype));
    }

    [Theory]
    [InlineData(float.NaN, SafetensorsDtype.F32)]
    [InlineData(float.PositiveInfinity, SafetensorsDtype.F32)]
    [InlineData(float.NaN, SafetensorsDtype.BF16)]
    [InlineData(65520f, SafetensorsDtype.F16)]
    [InlineData(-70000f, SafetensorsDtype.F16)]
    [InlineData(float.MaxValue, SafetensorsDtype.BF16)]
    public void Refuses_values_the_format_cannot_hold_and_names_the_tensor(float value, SafetensorsDtype dtype)
    {
        using var stream = new MemoryStream();

        var error = Assert.Throws<InputException>(() => SafetensorsWriter.Write(stream, [("fine", [1], [1f]), ("spoilt", [2], [0f, value])], dtype));

        Assert.Contains("'spoilt'", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    [Theory]
    [InlineData(65519.996f, SafetensorsDtype.F16, 65504f)]
    [InlineData(3.3961773e38f, SafetensorsDtype.BF16, 3.3895314e38f)]
    public void The_largest_values_still_fit(float value, SafetensorsDtype dtype, float stored) => Assert.Equal([stored], RoundTrip([value], dtype));

    [Fact]
    public void The_header_is_padded_and_the_order_of_the_tensors_does_not_matter()
    {
        using var one = new MemoryStream();
        using var two = new MemoryStream();
        SafetensorsWriter.Write(one, [("b", [1], [2f]), ("a", [1, 1], [1f])], SafetensorsDtype.F32, new Dictionary<string, string> { ["y"] = "1", ["x"] = "2" });
        SafetensorsWriter.Write(two, [("a", [1, 1], [1f]), ("b", [1], [2f])], SafetensorsDtype.F32, new Dictionary<string, string> { ["x"] = "2", ["y"] = "1" });

        Assert.Equal(one.ToArray(), two.ToArray());
        Assert.Equal(0, BitConverter.ToInt64(one.ToArray(), 0) % 8);
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40], one.ToArray()[^8..]);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.safetensors"), "old");

        Assert.Throws<InputException>(() => SafetensorsWriter.Write(folder.File("a.safetensors"), [("a", [1], [float.NaN])], SafetensorsDtype.F32));
        Assert.Throws<InputException>(() => SafetensorsWriter.Write(folder.File("no/such/b"), [("a", [1], [1f])], SafetensorsDtype.F32));

        Assert.Equal([folder.File("a.safetensors")], Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal("old", File.ReadAllText(folder.File("a.safetensors")));
    }

    [Fact]
    public void A_shape_that_does_not_fit_or_a_doubled_name_is_the_callers_fault()
    {
        using var stream = new MemoryStream();

        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, [("a", [2], [1f])], SafetensorsDtype.F32));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(stream, [("a", [1], [1f]), ("a", [1], [1f])], SafetensorsDtype.F32));
    }

    static float[] RoundTrip(float[] values, SafetensorsDtype dtype)
    {
        using var file = SafetensorsFile.Open(TestCheckpoints.Safetensors(new() { ["a"] = ([values.Length], values) }, dtype), "x");
        var read = new float[values.Length];
        file.Read("a", read);
        return read;
    }
}
