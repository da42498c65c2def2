using NeedleBench.Harness.Hygiene;

namespace NeedleBench.Harness.Tests.Hygiene;

public class QueryTextTests
{
    [Theory]
    [InlineData("  Wake ME,\tat nine!\n", "wake me at nine")]
    [InlineData("what's Zoë’s “no.” 3.5?", "what s zoë s no 3 5")]
    [InlineData("Zoe\u0308", "zo\u00eb")]
    [InlineData("ﬁve ｆｕｌｌ ²", "five full 2")]
    [InlineData("set_alarm C++ 50%", "set alarm c 50")]
    [InlineData("नमस्ते, दुनिया।", "नमस्ते दुनिया")]
    [InlineData("?!", "")]
    [InlineData("", "")]
    public void Keeps_words_only(string text, string words) => Assert.Equal(words, QueryText.Normalize(text));
}
