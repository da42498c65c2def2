using System.Text;
using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests.Checkpoints;

public class SafetensorsFileTests
{
    [Fact]
    public void Reads_a_file_written_out_by_hand()
    {
        const string Header = """{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2,1],"data_offsets":[2,10]},"a":{"dtype":"BF16","shape":[],"data_offsets":[0,2]}}  """;
        var bytes = TestCheckpoints.Safetensors(Header, 10);
        (new byte[] { 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x20, 0xC1 }).CopyTo(bytes, bytes.Length - 10);

        using var file = SafetensorsFile.Open(bytes, "x");

        Assert.Equal([1f], Read(file, "a"));
        Assert.Equal([2f, -10f], Read(file, "b"));
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(["a", "b"], file.Tensors.Keys.Order());
        Assert.Equal(("F32", 2L, 2L, 10L), (file.Tensors["b"].Dtype, file.Tensors["b"].Count, file.Tensors["b"].Begin, file.Tensors["b"].End));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", 8, "ends at byte 16")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "[3]")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}""", 8, "F16 [2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}}""", 8, "data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "-2")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "-8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775808]}}""", 8, "9223372036854775808")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775799,9223372036854775807]}}""", 8, "ends at byte 9223372036854775807")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "4294967296")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""", 4, "1.0")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}""", 4, "9 dimensions")]
    [InlineData("""{"a":{"dtype":"Q8","shape":[1],"data_offsets":[0,1]}}""", 1, "dtype")]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}""", 1, "F4 [3]")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,1]}}""", 1, "dtype")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "data_offsets")]
    [InlineData("""{"a":[1]}""", 0, "no object")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0061":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'a'")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "header")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "__metadata__")]
    [InlineData("""{"__metadata__":"x"}""", 0, "__metadata__")]
    [InlineData("""[]""", 0, "header")]
    [InlineData(""" {}""", 0, "header")]
    [InlineData("""{} x""", 0, "header")]
    [InlineData("", 0, "header")]
    public void Refuses_a_header_that_lies(string header, int dataLength, string named)
    {
        var error = Assert.Throws<InputException>(() => Open(TestCheckpoints.Safetensors(header, dataLength)));

        Assert.Equal("x", error.File);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3ul)]
    [InlineData(100_000_001ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1ul << 63)]
    public void Refuses_a_header_longer_than_the_file(ulong claimed) =>
        Assert.Contains("header claims", Assert.Throws<InputException>(() => Open(TestCheckpoints.Safetensors("{}", 0, claimed))).Message, StringComparison.Ordinal);

    [Fact]
    public void Refuses_a_header_nested_without_end()
    {
        var header = string.Concat(Enumerable.Repeat("{\"a\":", 200_000));

        Assert.Contains("header", Assert.Throws<InputException>(() => Open(TestCheckpoints.Safetensors(header, 0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_tensors_and_a_file_without_tensors_are_allowed()
    {
        using var empty = SafetensorsFile.Open(TestCheckpoints.Safetensors("{}", 0), "x");
        using var zero = SafetensorsFile.Open(
            TestCheckpoints.Safetensors("""{"a":{"dtype":"F32","shape":[0,9223372036854775807,9],"data_offsets":[0,0]}}""", 0), "x");

        Assert.Empty(empty.Tensors);
        Assert.Empty(Read(zero, "a"));
    }

    [Theory]
    [InlineData("F64", 8)]
    [InlineData("I64", 8)]
    [InlineData("U8", 1)]
    [InlineData("BOOL", 1)]
    public void Other_formats_are_listed_but_refused_on_reading(string dtype, int bytes)
    {
        using var file = SafetensorsFile.Open(
            TestCheckpoints.Safetensors($$$"""{"a":{"dtype":"{{{dtype}}}","shape":[1],"data_offsets":[0,{{{bytes}}}]}}""", bytes), "x");

        Assert.Equal(dtype, file.Tensors["a"].Dtype);
        Assert.Contains($"'a' is {dtype}", Assert.Throws<InputException>(() => Read(file, "a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_that_is_not_there_and_a_destination_of_the_wrong_length_are_refused()
    {
        using var file = SafetensorsFile.Open(TestCheckpoints.Safetensors(TestCheckpoints.Tensors()), "x");

        Assert.Contains("'nope'", Assert.Throws<InputException>(() => file.Read("nope", new float[1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => file.Read(SanTensorNames.Embedding, new float[1]));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = TestCheckpoints.Safetensors(new() { ["a"] = ([2], [1, 2]), ["b"] = ([1], [3]) }, metadata: new() { ["format"] = "pt" });
        using var folder = new TemporaryFolder();

        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.Throws<InputException>(() => Open(cut));
            File.WriteAllBytes(folder.File("cut"), cut);
            Assert.Throws<InputException>(() => SafetensorsFile.Open(folder.File("cut")));
        }
    }

    [Fact]
    public void Twenty_thousand_damaged_headers_do_nothing_but_be_refused_or_read()
    {
        var tensors = TestCheckpoints.Tensors();
        var sound = TestCheckpoints.Safetensors(
            tensors.Where(t => t.Value.Values.Length <= 16).ToDictionary(), metadata: new() { ["format"] = "pt", ["é"] = "\"" });
        var header = 8 + BitConverter.ToInt32(sound, 0);
        var random = new Random(20260101);
        var (refused, read) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Mutation.Of(sound, header, random);
            try
            {
                using var file = SafetensorsFile.Open(bytes, "x");
                foreach (var name in file.Tensors.Keys)
                {
                    Read(file, name);
                }

                read++;
            }
            catch (InputException)
            {
                refused++;
            }
        }

        Assert.Equal(20_000, refused + read);
        Assert.True(refused > 5000 && read > 100, $"{refused} refused, {read} read: the damage is too strong or too weak to test anything");
    }

    [Fact]
    public void A_file_that_is_missing_or_a_folder_is_named()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(folder.File("a"), Assert.Throws<InputException>(() => SafetensorsFile.Open(folder.File("a"))).File);
        Assert.Equal(folder.Path, Assert.Throws<InputException>(() => SafetensorsFile.Open(folder.Path)).File);
    }

    [Fact]
    public void Control_characters_and_endless_names_do_not_reach_the_message()
    {
        var name = "\\u001b[31m" + new string('n', 5000);
        var header = $$$"""{"{{{name}}}":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}""";

        var message = Assert.Throws<InputException>(() => Open(TestCheckpoints.Safetensors(header, 8))).Message;

        Assert.DoesNotContain('\u001b', message);
        Assert.True(Encoding.UTF8.GetByteCount(message) < 1000, message);
    }

    static void Open(byte[] bytes) => SafetensorsFile.Open(bytes, "x").Dispose();

    static float[] Read(SafetensorsFile file, string name)
    {
        var values = new float[file.Tensors[name].Count];
        file.Read(name, values);
        return values;
    }
}
