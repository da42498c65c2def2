using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NeedleBench.Tests;

/// <summary>Writes what a good teacher would, for its three tools, without a model: no two requests are alike.</summary>
sealed partial class ScriptedTeacher
{
    public const string Tools =
        """
        [{"type":"function","function":{"name":"setTimer","description":"Start a timer.","parameters":{"type":"object",
           "properties":{"minutes":{"type":"integer","minimum":1,"maximum":600},"label":{"type":"string"}},"required":["minutes"]}}},
         {"name":"send_message","description":"Send a message.","parameters":{"type":"object",
           "properties":{"to":{"type":"string"},"channel":{"type":"string","enum":["sms","email"]}},"required":["to","channel"]}},
         {"name":"get_weather","description":"Tell the weather.","parameters":{"city":{"type":"string","description":"Where.","required":true}}}]
        """;

    int _written;

    /// <summary>The answer to a prompt, as JSON.</summary>
    public string Answer(string prompt) => JsonSerializer.Serialize(Examples(prompt));

    /// <summary>The answer to a prompt, as objects that a test can spoil before it sends them.</summary>
    public List<object> Examples(string prompt)
    {
        var count = int.Parse(Wanted().Match(prompt).Groups[1].Value, CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, count).Select(_ => Example(Focus(prompt), Style(prompt)))];
    }

    public static string Focus(string prompt) => FocusLine().Match(prompt).Groups[1].Value;

    public static string Style(string prompt) => StyleLine().Match(prompt).Groups[1].Value;

    object Example(string tool, string style)
    {
        // Four words that no other request has: nothing is a near duplicate.
        var n = Interlocked.Increment(ref _written);
        var words = string.Join(' ', Enumerable.Range(0, 4).Select(i => Word((n * 4) + i)));
        var minutes = 1 + (n % 500);
        return style is "near_miss" or "none" ? new { query = $"{words}, will you", calls = Array.Empty<object>() }
            : tool switch
            {
                "setTimer" => Call($"{words} in {minutes} minutes", tool, new { minutes, label = words }),
                "send_message" => Call($"Tell {words}!", tool, new { channel = "sms", to = words }),
                _ => Call($"Weather in {words}?", tool, new { city = words.ToUpperInvariant() }),
            };
    }

    static object Call(string query, string name, object arguments) => new { query, calls = new[] { new { name, arguments } } };

    static string Word(int n)
    {
        const string Consonants = "bdfgklmnprst";
        const string Vowels = "aeiou";
        var word = "";
        for (; n > 0 || word.Length < 4; n /= 60)
        {
            word += $"{Consonants[n % 12]}{Vowels[n / 12 % 5]}";
        }

        return word;
    }

    [GeneratedRegex(@"Write (\d+) examples")]
    private static partial Regex Wanted();

    [GeneratedRegex(@"Tool in focus: (\S+)")]
    private static partial Regex FocusLine();

    [GeneratedRegex(@"Style: (\w+)")]
    private static partial Regex StyleLine();
}
