namespace NeedleBench;

/// <summary>A model that can also tell, without an answer, which tools are near to a request.</summary>
public interface IToolRanker
{
    /// <summary>Whether this model can: a checkpoint may come without the part that does it.</summary>
    bool CanRankTools { get; }

    /// <summary>The positions of all tools, the nearest first.</summary>
    /// <param name="query">The user's words.</param>
    /// <param name="tools">In any number.</param>
    /// <exception cref="InvalidOperationException">The model cannot rank tools.</exception>
    IReadOnlyList<int> RankTools(string query, IReadOnlyList<ToolDefinition> tools);
}
