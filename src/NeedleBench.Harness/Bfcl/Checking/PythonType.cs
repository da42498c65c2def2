namespace NeedleBench.Harness.Bfcl.Checking;

/// <summary>The types that Python's JSON reader makes.</summary>
enum PythonType
{
    None,
    Bool,
    Int,
    Float,
    Str,
    List,
    Dict,
}
