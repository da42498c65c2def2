using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests.Checkpoints;

public class HostilePickleTests
{
    const string Argument = "X\u0004\0\0\0true\u0085R";

    [SharedFact("golden/needle-pickle")]
    public void A_pickle_that_asks_for_eval_is_refused_by_name_and_nothing_runs()
    {
        var bytes = File.ReadAllBytes(RepositoryFiles.InShared("golden/needle-pickle/hostile.pkl"));
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("hostile.pkl"), bytes);

        var error = Assert.Throws<InputException>(() => NeedlePickleImport.Import(folder.File("hostile.pkl")));

        Assert.Contains("builtins.eval", error.Message, StringComparison.Ordinal);
        // Python's pickletools shows the STACK_GLOBAL there.
        Assert.Contains("byte 1018", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists("pwned"));
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "pwned")));
        Assert.Equal([folder.File("hostile.pkl")], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("cos\nsystem\n" + Argument, "os.system", 2)]
    [InlineData("cposix\nsystem\n" + Argument, "posix.system", 2)]
    [InlineData("cnt\nsystem\n" + Argument, "nt.system", 2)]
    [InlineData("csubprocess\nPopen\n" + Argument, "subprocess.Popen", 2)]
    [InlineData("c__builtin__\neval\n" + Argument, "__builtin__.eval", 2)]
    [InlineData("cbuiltins\ngetattr\ncos\nX\u0006\0\0\0system\u0086R", "builtins.getattr", 2)]
    [InlineData("(((((cposix\nsystem\nttttt", "posix.system", 7)]
    [InlineData("}(X\u0001\0\0\0a](cbuiltins\nexec\neu", "builtins.exec", 12)]
    [InlineData("(ios\nsystem\n", "os.system", 3)]
    [InlineData("(X\u0004\0\0\0trueios\nsystem\n", "os.system", 12)]
    [InlineData("(cos\nsystem\nX\u0004\0\0\0trueo", "os.system", 3)]
    [InlineData("\u008c\u0005numpyq\0\u008c\u0002osq\0\u008c\u0006system\u0093", "os.system", 25)]
    [InlineData("(\u008c\u0006systemq\u0001\u008c\u0002osq\0\u008c\u0005numpyq\u0002h\0h\u0001\u0093t", "os.system", 32)]
    [InlineData("\u008c\u0005numpy\u008c\u0011ndarray.__class__\u0093", "numpy.ndarray.__class__", 28)]
    [InlineData("cnumpy\nndarray.__class__\n", "numpy.ndarray.__class__", 2)]
    [InlineData("cnumpy\nload\n", "numpy.load", 2)]
    [InlineData("cnumpy.core.multiarray\nfromfile\n", "numpy.core.multiarray.fromfile", 2)]
    [InlineData("c_codecs\ndecode\n", "_codecs.decode", 2)]
    [InlineData("c\n\n", "asks for .,", 2)]
    public void Any_name_outside_NumPys_few_is_refused_where_it_stands(string instructions, string named, int at)
    {
        var message = Refusal(instructions + ".");

        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains($"at byte {at}:", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(cnumpy\nndarray\no", "object of a class")]
    [InlineData("cnumpy\nndarray\n)\u0081", "object of a class")]
    [InlineData("cnumpy\nndarray\n)}\u0092", "object of a class")]
    [InlineData("cnumpy\nndarray\n}b", "sets the state")]
    [InlineData("}}b", "sets the state")]
    [InlineData("cnumpy\nndarray\n)R", "refused")]
    [InlineData("X\u0002\0\0\0os)R", "none of NumPy's")]
    [InlineData(")cnumpy\ndtype\nR", "none of NumPy's")]
    [InlineData("cnumpy\ndtype\nX\u0002\0\0\0f4R", "none of NumPy's")]
    [InlineData("c_codecs\nencode\nX\u0002\0\0\0osX\u0005\0\0\0rot13\u0086R", "refused")]
    [InlineData("c_codecs\nencode\nX\u0003\0\0\0\u00e2\u0082\u00acX\u0006\0\0\0latin1\u0086R", "refused")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\ncnumpy\ndtype\nK\0\u0085C\u0001b\u0087R", "refused")]
    [InlineData("cnumpy\nndarray\n", "where data should")]
    [InlineData("cnumpy\ndtype\nX\u0002\0\0\0f4\u0089\u0088\u0087R", "where data should")]
    [InlineData("Pabc\n", "persistent")]
    [InlineData("NQ", "persistent")]
    [InlineData("\u0082\u0001", "extension")]
    [InlineData("\u0083\u0001\0", "extension")]
    [InlineData("\u0084\u0001\0\0\0", "extension")]
    [InlineData("\u0097", "out-of-band")]
    [InlineData("N\u0098", "out-of-band")]
    [InlineData("\u0080\u0002N", "second protocol")]
    [InlineData("\u008f", "0x8F")]
    [InlineData("N0N", "0x30")]
    [InlineData("N2", "0x32")]
    [InlineData("S'a'\n", "0x53")]
    [InlineData("\u00ff", "0xFF")]
    public void Instructions_that_data_do_not_need_are_refused(string instructions, string named) =>
        Assert.Contains(named, Refusal(instructions + "."), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "empty stack")]
    [InlineData("s", "empty stack")]
    [InlineData("a", "empty stack")]
    [InlineData("R", "empty stack")]
    [InlineData("b", "empty stack")]
    [InlineData("\u0093", "empty stack")]
    [InlineData("NN\u0087", "empty stack")]
    [InlineData("}(K\u0001s", "empty stack")]
    [InlineData("t", "no mark")]
    [InlineData("}u", "no mark")]
    [InlineData("(N", "unused")]
    [InlineData("NN", "unused")]
    [InlineData("h\u0007", "memo 7")]
    [InlineData("Nq\0j\0\0\u0001\0", "memo 65536")]
    [InlineData("q\0", "empty stack")]
    [InlineData("}NNs", "no text")]
    [InlineData("}(X\0\0\0\0u", "no value")]
    [InlineData("]NNs", "no dictionary")]
    [InlineData("}Na", "no list")]
    [InlineData("X\u0001\0\0\0\u00ff", "UTF-8")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff", "4294967295 bytes")]
    [InlineData("B\u00ff\u00ff\u00ff\u007f", "2147483647 bytes")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "18446744073709551615 bytes")]
    [InlineData("\u008e\0\0\0\0\0\0\0\u0080", "9223372036854775808 bytes")]
    [InlineData("\u0096\0\0\0\0\0\0\0\u0080", "9223372036854775808 bytes")]
    [InlineData("\u0095\0\0\0\0\0\0\0\u0080", "frame")]
    [InlineData("\u008b\u00ff\u00ff\u00ff\u00ff", "integer")]
    [InlineData("\u008a\u0009\0\0\0\0\0\0\0\0\0", "integer")]
    [InlineData("c_codecs", "does not end")]
    [InlineData("c\u00ff\nx\n", "UTF-8")]
    [InlineData("\u0093\u0093", "empty stack")]
    [InlineData("KaKb\u0093", "no text")]
    public void Damaged_pickles_are_refused(string instructions, string named) =>
        Assert.Contains(named, Refusal(instructions + "."), StringComparison.Ordinal);

    [Fact]
    public void Bytes_behind_the_end_are_refused() => Assert.Contains("follow", Refusal("N.N"), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("\u0080")]
    [InlineData("\u0080\u0001N.")]
    [InlineData("\u0080\u0006N.")]
    [InlineData("cos\nsystem\n.")]
    [InlineData("PK\u0003\u0004")]
    public void Other_protocols_and_other_files_are_refused(string file) => Assert.Contains(
        "no pickle of protocol 2 to 5",
        Assert.Throws<InputException>(() => NeedlePickle.Parse(System.Text.Encoding.Latin1.GetBytes(file), "p.pkl")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("}q\0X\u0001\0\0\0ah\0s")]
    [InlineData("]q\0(h\0h\0e")]
    [InlineData("]q\0h\0\u0085q\u0001\u0085a")]
    public void Data_that_contain_themselves_are_refused(string instructions) =>
        Assert.Contains("nested deeper", Refusal(instructions + "."), StringComparison.Ordinal);

    [Fact]
    public void Endless_nesting_is_refused_however_it_is_made()
    {
        Assert.Contains("nested deeper", Refusal(Repeat("(", 100_000) + "."), StringComparison.Ordinal);
        Assert.Contains("nested deeper", Refusal(Repeat("]", 100_000) + Repeat("a", 99_999) + "."), StringComparison.Ordinal);
        Assert.Contains("nested deeper", Refusal(")" + Repeat("\u0085", 100_000) + "."), StringComparison.Ordinal);
    }

    [Fact]
    public void A_few_bytes_that_stand_for_a_billion_leaves_are_refused()
    {
        // Each list holds ten times the one before.
        var bomb = "]q\0" + string.Concat(Enumerable.Range(0, 12).Select(i => $"]q{(char)(i + 1)}({Repeat("h" + (char)i, 10)}e"));

        Assert.Contains("parts", Refusal($"({bomb}t."), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_encoded_again_and_again_does_not_fill_the_memory()
    {
        var pickle = new PickleBuilder(2).Global("_codecs", "encode").Raw("q\0").Text(new string('x', 1 << 20)).Raw("q\u0001").Text("latin1").Raw("q\u0002");
        pickle.Raw(Repeat("h\0h\u0001h\u0002\u0086R", 20_000));

        Assert.Contains("fill the memory", Assert.Throws<InputException>(() => NeedlePickle.Parse(pickle.Stop(), "p.pkl")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("}")]
    [InlineData("]")]
    [InlineData("N")]
    [InlineData("]\u0094")]
    [InlineData("h\0")]
    public void Millions_of_values_are_refused_before_they_fill_the_memory(string instruction)
    {
        var pickle = new PickleBuilder(4).Raw("Nq\0" + Repeat(instruction, 3_000_000)).Stop();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InputException>(() => NeedlePickle.Parse(pickle, "p.pkl"));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 256 << 20);
    }

    [Fact]
    public void Names_out_of_a_pickle_are_shown_short_and_without_control_characters()
    {
        var message = Refusal($"cos\u001b[31m\n{Repeat("n", 100_000)}\n.");

        Assert.DoesNotContain('\u001b', message);
        Assert.True(message.Length < 1000);
    }

    static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    static string Refusal(string instructions)
    {
        var pickle = new PickleBuilder(4).Raw(instructions).Stop();
        var error = Assert.Throws<InputException>(() => NeedlePickle.Parse(pickle.AsMemory(0, pickle.Length - 1), "p.pkl"));
        Assert.Equal("p.pkl", error.File);
        return error.Message;
    }
}
