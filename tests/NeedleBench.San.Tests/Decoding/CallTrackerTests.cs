using System.Text;
using NeedleBench.San.Decoding;
using NeedleBench.San.Prompting;

namespace NeedleBench.San.Tests.Decoding;

public class CallTrackerTests
{
    static readonly IReadOnlyList<ToolDefinition> Tools = ToolDefinitionJson.ParseList(
        """
        [{"name":"get_weather","parameters":{"type":"object","properties":{
            "city":{"type":"string"},
            "name":{"type":"string"},
            "who":{"type":"object","properties":{"first":{"type":"string"}}},
            "stops":{"type":"array","items":{"type":"object","properties":{"at":{"type":"string"}}}},
            "free":{"type":"object"}}}},
         {"name":"get_time","parameters":{"type":"object","properties":{"zone":{"type":"string"}}}}]
        """);

    readonly CallConstraints _constraints = new(Tools, new ToolNames(Tools));

    [Theory]
    // Nothing is constrained before and outside names and keys.
    [InlineData("", null)]
    [InlineData("<tool_call>", null)]
    [InlineData("[{\"", null)]
    [InlineData("[{\"name\":", null)]
    // A tool's name, from its first byte on, compact or spaced.
    [InlineData("[{\"name\":\"", "get_time get_weather")]
    [InlineData("[ { \"name\" : \"", "get_time get_weather")]
    [InlineData("[{\"name\":\"get_w", "eather")]
    [InlineData("[{\"name\":\"get_time", "")]
    [InlineData("[{\"name\":\"nonsense", null)]
    // Argument keys belong to the tool that was named.
    [InlineData("[{\"name\":\"get_time\",\"arguments\":{\"", "zone")]
    [InlineData("[{\"name\":\"get_time\",\"arguments\":{}},{\"name\":\"get_weather\",\"arguments\":{\"ci", "ty")]
    [InlineData("[{\"name\":\"get_weather\",\"arguments\":{\"city\":\"", null)]
    [InlineData("[{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Rio\",\"", "city free name stops who")]
    // Values that look like structure change nothing.
    [InlineData("[{\"name\":\"get_weather\",\"arguments\":{\"city\":\"a \\\"name\\\":\\\"", null)]
    [InlineData("[{\"name\":\"get_weather\",\"arguments\":{\"city\":\"}],{\\\\\",\"", "city free name stops who")]
    // An argument called "name" is an argument.
    [InlineData("[{\"name\":\"get_weather\",\"arguments\":{\"name\":\"", null)]
    // Nested objects take their own keys; objects that declare none take any.
    [InlineData("[{\"name\":\"get_weather\",\"arguments\":{\"who\":{\"", "first")]
    [InlineData("[{\"name\":\"get_weather\",\"arguments\":{\"stops\":[{\"at\":\"x\"},{\"", "at")]
    [InlineData("[{\"name\":\"get_weather\",\"arguments\":{\"free\":{\"", null)]
    [InlineData("[{\"name\":\"get_weather\",\"arguments\":{\"who\":{\"first\":\"x\"},\"", "city free name stops who")]
    // A tool that is not named yet, or not declared, constrains no key.
    [InlineData("[{\"arguments\":{\"", null)]
    [InlineData("[{\"name\":\"other\",\"arguments\":{\"", null)]
    // Broken text constrains nothing and does not throw.
    [InlineData("]}]}[}{\"\\", null)]
    [InlineData("\"a\" \"", null)]
    [InlineData("{\"a\"}\"b\":]\"", null)]
    public void Knows_what_may_follow(string written, string? continuations)
    {
        var tracker = new CallTracker(_constraints);
        tracker.Feed(Encoding.UTF8.GetBytes(written));

        Assert.Equal(continuations, tracker.Node < 0 ? null : string.Join(' ', Continuations(tracker.Node).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void It_makes_no_difference_where_tokens_end()
    {
        const string Text = "<tool_call>[{\"name\":\"get_weather\",\"arguments\":{\"who\":{\"first\":\"Zoë \\\"Z\\\"\"},\"";
        var whole = new CallTracker(_constraints);
        var pieces = new CallTracker(_constraints);
        whole.Feed(Encoding.UTF8.GetBytes(Text));
        foreach (var b in Encoding.UTF8.GetBytes(Text))
        {
            pieces.Feed([b]);
        }

        Assert.True(whole.Node >= 0);
        Assert.Equal(whole.Node, pieces.Node);
    }

    [Fact]
    public void Endless_nesting_ends_the_constraints_not_the_process()
    {
        var tracker = new CallTracker(_constraints);
        tracker.Feed(Encoding.UTF8.GetBytes("[{\"name\":\"get_weather\",\"arguments\":" + string.Concat(Enumerable.Repeat("{\"x\":", 500)) + "{\""));

        Assert.Equal(-1, tracker.Node);
    }

    IEnumerable<string> Continuations(int node)
    {
        if (_constraints.Trie.IsEnd(node))
        {
            yield return "";
        }

        for (var b = 0; b < 256; b++)
        {
            var child = _constraints.Trie.Child(node, (byte)b);
            if (child >= 0)
            {
                foreach (var rest in Continuations(child))
                {
                    yield return (char)b + rest;
                }
            }
        }
    }
}
