using NeedleBench.San.Checkpoints;

namespace NeedleBench.San.Tests.Checkpoints;

public class PublishedShapeTests
{
    static readonly SanConfig Needle =
        new() { HiddenSize = 512, Heads = 8, KeyValueHeads = 4, EncoderLayers = 12, DecoderLayers = 8, VocabularySize = 8192 };

    [Fact]
    public void The_published_model_has_228_tensors_and_26_315_421_parameters_with_its_retrieval_head()
    {
        var withHead = SanTensors.Layout(Needle, retrieval: true).ToList();
        var published = SanTensors.Layout(Needle, retrieval: false).Count() + 1; // the output layer under its own name

        Assert.Equal(228, published);
        // One of the published count is the temperature of the contrastive loss, which no layer of the network uses.
        Assert.Equal(26_315_421 - 1, withHead.Sum(t => t.Shape.Aggregate(1L, (product, size) => product * size)));
    }
}
