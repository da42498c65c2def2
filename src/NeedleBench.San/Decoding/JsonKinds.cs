namespace NeedleBench.San.Decoding;

/// <summary>Kinds of JSON values, as a schema's <c>type</c> has them.</summary>
[Flags]
enum JsonKinds
{
    None = 0,
    String = 1,
    Integer = 2,
    Number = 4,
    Boolean = 8,
    Null = 16,
    Object = 32,
    Array = 64,
    Any = String | Integer | Number | Boolean | Null | Object | Array,
}
