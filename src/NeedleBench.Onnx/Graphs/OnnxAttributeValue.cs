using System.Diagnostics.CodeAnalysis;

namespace NeedleBench.Onnx.Graphs;

/// <summary>A named constant of a node, such as an axis. Immutable: nodes may share one.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names are ONNX's own.")]
public sealed class OnnxAttributeValue
{
    // AttributeProto's fields, and the values of its AttributeType.
    const int NameField = 1;
    const int FloatField = 2;
    const int IntField = 3;
    const int TextField = 4;
    const int TensorField = 5;
    const int FloatsField = 7;
    const int IntsField = 8;
    const int TextsField = 9;
    const int TypeField = 20;

    OnnxAttributeValue(string name, ProtoMessage message)
    {
        Name = name;
        Message = message;
    }

    public string Name { get; }

    internal ProtoMessage Message { get; }

    public static OnnxAttributeValue Int(string name, long value) => Of(name, 2, message => message.Number(IntField, value));

    public static OnnxAttributeValue Float(string name, float value) => Of(name, 1, message => message.Float(FloatField, value));

    /// <summary>A text, which ONNX keeps as UTF-8.</summary>
    public static OnnxAttributeValue Text(string name, string value) => Of(name, 3, message => message.Text(TextField, value));

    public static OnnxAttributeValue Ints(string name, params ReadOnlySpan<long> values)
    {
        var message = Named(name);
        foreach (var value in values)
        {
            message.Number(IntsField, value);
        }

        message.Number(TypeField, 7);
        return new OnnxAttributeValue(name, message);
    }

    public static OnnxAttributeValue Floats(string name, params ReadOnlySpan<float> values)
    {
        var message = Named(name);
        foreach (var value in values)
        {
            message.Float(FloatsField, value);
        }

        message.Number(TypeField, 6);
        return new OnnxAttributeValue(name, message);
    }

    public static OnnxAttributeValue Texts(string name, params ReadOnlySpan<string> values)
    {
        var message = Named(name);
        foreach (var value in values)
        {
            message.Text(TextsField, value);
        }

        message.Number(TypeField, 8);
        return new OnnxAttributeValue(name, message);
    }

    /// <summary>A whole tensor, row-major, such as the <c>value</c> of ConstantOfShape.</summary>
    /// <inheritdoc cref="OnnxInitializer.Of{T}(string, ReadOnlySpan{T}, ReadOnlySpan{long})"/>
    public static OnnxAttributeValue Tensor<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var tensor = OnnxInitializer.Of("", values, shape).ToMessage();
        return Of(name, 4, message => message.Message(TensorField, tensor));
    }

    static OnnxAttributeValue Of(string name, int type, Action<ProtoMessage> value)
    {
        var message = Named(name);
        value(message);
        message.Number(TypeField, type);
        return new OnnxAttributeValue(name, message);
    }

    static ProtoMessage Named(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var message = new ProtoMessage();
        message.Text(NameField, name);
        return message;
    }
}
