using System.Collections.ObjectModel;

namespace NeedleBench.Onnx.Runtime;

/// <summary>Reads what a session says of its model.</summary>
static unsafe class OrtMetadata
{
    public static ReadOnlyCollection<OnnxTensorInfo> Inputs(OrtRuntime runtime, nint session) =>
        Tensors(runtime, session, runtime.Api.SessionGetInputCount, runtime.Api.SessionGetInputName, runtime.Api.SessionGetInputTypeInfo);

    public static ReadOnlyCollection<OnnxTensorInfo> Outputs(OrtRuntime runtime, nint session) =>
        Tensors(runtime, session, runtime.Api.SessionGetOutputCount, runtime.Api.SessionGetOutputName, runtime.Api.SessionGetOutputTypeInfo);

    /// <summary>The model's free texts.</summary>
    public static ReadOnlyDictionary<string, string> Texts(OrtRuntime runtime, nint session)
    {
        var api = runtime.Api;
        nint metadata;
        api.Check(api.SessionGetModelMetadata(session, &metadata));
        try
        {
            byte** keys;
            long count;
            api.Check(api.ModelMetadataGetCustomMetadataMapKeys(metadata, runtime.Allocator, &keys, &count));
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var i = 0L; i < count; i++)
            {
                byte* value;
                api.Check(api.ModelMetadataLookupCustomMetadataMap(metadata, runtime.Allocator, keys[i], &value));
                texts[runtime.Take(keys[i])] = runtime.Take(value);
            }

            if (keys is not null)
            {
                runtime.Free(keys);
            }

            return texts.AsReadOnly();
        }
        finally
        {
            api.ReleaseModelMetadata(metadata);
        }
    }

    /// <summary>Element type and sizes of an OrtTensorTypeAndShapeInfo; -1 stands for a free dimension.</summary>
    public static (OnnxElementType Type, long[] Shape) TypeAndShape(OrtApi api, nint info)
    {
        int type;
        nuint rank;
        api.Check(api.GetTensorElementType(info, &type));
        api.Check(api.GetDimensionsCount(info, &rank));
        var shape = new long[(int)rank];
        fixed (long* sizes = shape)
        {
            api.Check(api.GetDimensions(info, sizes, rank));
        }

        return ((OnnxElementType)type, shape);
    }

    static ReadOnlyCollection<OnnxTensorInfo> Tensors(
        OrtRuntime runtime,
        nint session,
        delegate* unmanaged<nint, nuint*, nint> count,
        delegate* unmanaged<nint, nuint, nint, byte**, nint> name,
        delegate* unmanaged<nint, nuint, nint*, nint> typeInfo)
    {
        var api = runtime.Api;
        nuint length;
        api.Check(count(session, &length));
        var tensors = new OnnxTensorInfo[(int)length];
        for (nuint i = 0; i < length; i++)
        {
            byte* text;
            nint type;
            api.Check(name(session, i, runtime.Allocator, &text));
            var read = runtime.Take(text);
            api.Check(typeInfo(session, i, &type));
            try
            {
                tensors[(int)i] = Tensor(api, read, type);
            }
            finally
            {
                api.ReleaseTypeInfo(type);
            }
        }

        return tensors.AsReadOnly();
    }

    static OnnxTensorInfo Tensor(OrtApi api, string name, nint type)
    {
        // Part of the type: not to be released on its own.
        nint info;
        api.Check(api.CastTypeInfoToTensorInfo(type, &info));
        if (info == 0)
        {
            return new OnnxTensorInfo(name, OnnxElementType.Undefined, []);
        }

        var (elements, shape) = TypeAndShape(api, info);
        var names = new nint[shape.Length];
        fixed (nint* pointers = names)
        {
            api.Check(api.GetSymbolicDimensions(info, (byte**)pointers, (nuint)names.Length));
        }

        var dimensions = new OnnxDimension[shape.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            dimensions[i] = shape[i] >= 0 ? OnnxDimension.Fixed(shape[i]) : OnnxDimension.Free(NativeText.Read((byte*)names[i]));
        }

        return new OnnxTensorInfo(name, elements, dimensions.AsReadOnly());
    }
}
