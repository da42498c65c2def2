namespace NeedleBench.Harness.Bfcl.Checking;

/// <summary>
/// Dicts are compared one level deep, each key with alternatives of its own, <c>""</c> among them where the key may be left
/// out; what lies deeper must be equal. Of several failures the last one is reported.
/// </summary>
static class DictRules
{
    public static BfclVerdict Check(string parameter, PythonValue value, IReadOnlyList<PythonValue> alternatives)
    {
        var verdict = BfclVerdict.Wrong("dict_checker:unclear", $"there is no dict that '{parameter}' may be");
        foreach (var alternative in alternatives.Where(a => !a.IsText("")))
        {
            verdict = Compare(value, alternative);
            if (verdict.Valid)
            {
                break;
            }
        }

        return verdict;
    }

    /// <summary>A list of dicts: as many as in the alternative, in its order.</summary>
    public static BfclVerdict CheckList(string parameter, PythonValue value, PythonValue alternatives)
    {
        var verdict = BfclVerdict.Wrong("list_dict_checker:unclear", $"there is no list that '{parameter}' may be");
        foreach (var alternative in alternatives.Indexed())
        {
            if (value.Items.Count != alternative.Length())
            {
                verdict = BfclVerdict.Wrong("value_error:list_dict_count", $"the list '{parameter}' has another length");
                continue;
            }

            verdict = BfclVerdict.Right;
            for (var i = 0; i < value.Items.Count && verdict.Valid; i++)
            {
                verdict = Check(parameter, value.Items[i], [alternative.Indexed()[i]]);
            }

            if (verdict.Valid)
            {
                break;
            }
        }

        return verdict;
    }

    static BfclVerdict Compare(PythonValue value, PythonValue alternative)
    {
        var verdict = BfclVerdict.Right;
        foreach (var (key, member) in value.Pairs())
        {
            if (!alternative.Has(key))
            {
                verdict = BfclVerdict.Wrong("value_error:dict_key", $"the key '{key}' is not expected");
                break;
            }

            var given = StringRules.Standardize(member);
            if (!alternative.Subscript(key).Indexed().Select(StringRules.Standardize).Any(given.EqualTo))
            {
                verdict = BfclVerdict.Wrong("value_error:dict_value", $"the value of '{key}' is none of the accepted ones");
                break;
            }
        }

        foreach (var (key, accepted) in alternative.Pairs())
        {
            if (!value.Members.ContainsKey(key) && !accepted.Has(""))
            {
                return BfclVerdict.Wrong("value_error:dict_key", $"the key '{key}' is missing");
            }
        }

        return verdict;
    }
}
