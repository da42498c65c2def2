using System.Text;
using NeedleBench.San.Decoding;
using NeedleBench.San.Prompting;
using NeedleBench.Training.Synthesis;

namespace NeedleBench.Training.Tests.Synthesis;

/// <summary>What the model is taught to write is what decoding by schema lets it write.</summary>
public class AnswerGrammarAgreementTests
{
    [Fact]
    public void Every_synthetic_answer_can_be_decoded()
    {
        var answer = new AnswerText(new TokenRoleWeights());
        foreach (var example in new ExampleSynthesiser(TestCorpus.Repository, new SynthesisOptions(), 5).Stream().Take(3000))
        {
            var names = new ToolNames(example.Tools);
            answer.Write(example.Calls, [.. example.Calls.Select(c => names.Seen[example.Tools.Select(t => t.Name).ToList().IndexOf(c.Name)])]);
            var grammar = new AnswerGrammar(new SchemaRules(example.Tools, names));

            Assert.True(grammar.Feed(Encoding.UTF8.GetBytes(answer.ToString())) && grammar.IsDone, answer.ToString());
        }
    }
}
