namespace NeedleBench.Tokenizers.HuggingFace.Decoding;

/// <summary>Takes up to so many of one character off the start of the whole text.</summary>
sealed class LeadingStripSink(char character, int most, ITokenSink next) : ITokenSink
{
    int _left = most;

    public void Add(string token)
    {
        var start = 0;
        while (_left > 0 && start < token.Length)
        {
            if (token[start] != character)
            {
                _left = 0;
                break;
            }

            start++;
            _left--;
        }

        next.Add(token[start..]);
    }

    public void End() => next.End();
}
