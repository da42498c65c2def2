using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NeedleBench.Tokenizers;
using NeedleBench.Training.Recipes;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Shards;

/// <summary>
/// Writes a recipe's examples to files that other programs train on: <c>tokenizer.model</c>, <c>manifest.json</c>, then
/// <c>shard-00000.bin</c> and so on in rising order, each file whole or not at all, so that a reader may begin before the end.
/// The same recipe gives the same bytes for any number of threads; an export that was interrupted goes on where it stopped.
/// </summary>
public sealed class ShardExport
{
    // Small enough that all threads have work to the end of a shard, large enough that handing it out costs nothing.
    const int BlockSize = 256;

    readonly TrainingRecipe _recipe;
    readonly ShardExportOptions _options;
    readonly RecipeExamples _examples;
    readonly Lazy<ExampleSynthesiser>? _heldOut;
    readonly ConcurrentBag<ExampleTokens> _idle = [];

    /// <param name="recipe">Whose examples.</param>
    /// <param name="corpus">Phrasings.</param>
    /// <param name="options">Which examples.</param>
    /// <exception cref="InputException">The corpus lacks a category that the recipe names.</exception>
    public ShardExport(TrainingRecipe recipe, TrainingCorpus corpus, ShardExportOptions options)
    {
        (_recipe, _options, _examples) = (recipe, options, new RecipeExamples(recipe, corpus));
        _heldOut = options.HeldOut ? new Lazy<ExampleSynthesiser>(_examples.HeldOut) : null;
    }

    /// <summary>Writes what is not there yet.</summary>
    /// <param name="folder">Made where there is none.</param>
    /// <param name="tokenizerFile">A tokenizer to use; null to train the recipe's own, or to go on with the folder's.</param>
    /// <param name="wrote">Is told how many shards are written, after each.</param>
    /// <param name="cancellationToken">Stops; what is written stays.</param>
    /// <exception cref="InputException">An option is out of range, the folder holds another export, or cannot be written.</exception>
    public void Run(string folder, string? tokenizerFile, Action<int>? wrote, CancellationToken cancellationToken)
    {
        _options.Check();
        if (_recipe.VocabularySize > ushort.MaxValue + 1)
        {
            throw new InputException("the vocabulary has more than 65536 pieces, and a shard's ids are of 16 bits", "Choose a smaller vocabulary.");
        }

        if (_recipe.RetrievalLessons is not null)
        {
            throw new InputException(
                $"the recipe '{_recipe.Name}' gives the retrieval head lessons of its own, and shards hold the decoder's examples alone",
                "Take retrievalLessons out of the recipe, or train it here.");
        }

        Directory.CreateDirectory(folder);
        var tokenizerBytes = TokenizerBytes(folder, tokenizerFile, cancellationToken);
        var tokenizer = Load(tokenizerBytes, tokenizerFile ?? Path.Combine(folder, ShardFormat.TokenizerFile));
        if (tokenizer.VocabularySize != _recipe.VocabularySize)
        {
            throw new InputException(
                FormattableString.Invariant($"the tokenizer has {tokenizer.VocabularySize} pieces, the recipe asks for {_recipe.VocabularySize}"),
                "Give a tokenizer of that size, or none to have one trained.", tokenizerFile ?? folder);
        }

        var manifest = Manifest(tokenizerBytes);
        RequireSameOrNone(folder, manifest);
        AtomicFile.Write(Path.Combine(folder, ShardFormat.TokenizerFile), stream => stream.Write(tokenizerBytes));
        AtomicFile.Write(Path.Combine(folder, ShardFormat.ManifestFile), manifest);
        for (var shard = 0; shard < _options.Shards; shard++)
        {
            var file = Path.Combine(folder, ShardFormat.FileName(shard));
            if (!File.Exists(file))
            {
                WriteShard(file, shard, tokenizer, cancellationToken);
            }

            wrote?.Invoke(shard + 1);
        }
    }

    byte[] TokenizerBytes(string folder, string? given, CancellationToken cancellationToken)
    {
        var own = Path.Combine(folder, ShardFormat.TokenizerFile);
        try
        {
            return given is not null ? File.ReadAllBytes(given)
                : File.Exists(own) ? File.ReadAllBytes(own)
                : _examples.TrainTokenizer(cancellationToken).ToBytes();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the tokenizer cannot be read ({e.Message.TrimEnd('.')})", "Name a tokenizer.model.", given ?? own, inner: e);
        }
    }

    static SentencePieceTokenizer Load(byte[] bytes, string file)
    {
        try
        {
            return SentencePieceTokenizer.Load(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"the tokenizer cannot be read ({e.Message.TrimEnd('.')})", "Name a tokenizer.model.", file, inner: e);
        }
    }

    // Everything that decides the bytes of the shards is in it, and so are the rates of the recipe, for whoever trains on them.
    string Manifest(byte[] tokenizer)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("format", Encoding.ASCII.GetString(ShardFormat.Magic));
            json.WriteNumber("first", _options.First);
            json.WriteNumber("examples", _options.Examples);
            json.WriteNumber("shardSize", _options.ShardSize);
            json.WriteNumber("shards", _options.Shards);
            json.WriteBoolean("heldOut", _options.HeldOut);
            json.WriteNumber("lastStageFrom", _options.HeldOut ? 0 : _examples.LastStageFrom);
            json.WriteNumber("weightScale", ShardFormat.WeightScale);
            json.WriteString("tokenizerSha256", Convert.ToHexStringLower(SHA256.HashData(tokenizer)));
            json.WritePropertyName("recipe");
            json.WriteRawValue(_recipe.ToJson());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    static void RequireSameOrNone(string folder, string manifest)
    {
        var file = Path.Combine(folder, ShardFormat.ManifestFile);
        if (File.Exists(file) && File.ReadAllText(file) != manifest)
        {
            throw new InputException(
                "another export stands here: of another recipe, tokenizer or range of examples", "Name another folder, or delete this one.", file);
        }
    }

    void WriteShard(string file, int shard, SentencePieceTokenizer tokenizer, CancellationToken cancellationToken)
    {
        var first = _options.First + ((long)shard * _options.ShardSize);
        var count = (int)Math.Min(_options.ShardSize, _options.First + _options.Examples - first);
        var blocks = new ShardBlock[(count + BlockSize - 1) / BlockSize];
        try
        {
            Parallel.For(
                0, blocks.Length, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = cancellationToken },
                block => blocks[block] = Encode(first + (block * BlockSize), Math.Min(BlockSize, count - (block * BlockSize)), tokenizer));
        }
        catch (AggregateException e)
        {
            // What one thread has to say is said as if there were one.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        AtomicFile.Write(file, stream => ShardFile.Write(stream, first, tokenizer.VocabularySize, tokenizer.EosId!.Value, blocks));
    }

    ShardBlock Encode(long first, int count, SentencePieceTokenizer tokenizer)
    {
        if (!_idle.TryTake(out var tokens))
        {
            tokens = new ExampleTokens(tokenizer, new TokenRoleWeights());
        }

        var block = new ShardBlock();
        for (var index = first; index < first + count; index++)
        {
            var synthesiser = _heldOut?.Value ?? _examples.Training(index);
            block.Add(tokens.TryEncode(synthesiser.Create(index), out var example) ? example : null);
        }

        _idle.Add(tokens);
        return block;
    }
}
