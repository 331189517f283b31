namespace WhispurrNet.Instrumentation;

/// <summary>An operation of the program of operations, as the device build runs it on .NET.</summary>
public sealed class DeviceOperation
{
    internal DeviceOperation(object operation)
    {
        // Through the public base class: the operations themselves are internal.
        Type type = operation.GetType();
        Prepare = type.GetMethod(nameof(Prepare))!.CreateDelegate<Action>(operation);
        Run = type.GetMethod(nameof(Run))!.CreateDelegate<Action>(operation);
        MeanOver = ((dynamic)operation).MeanOver;
        TypeName = type.FullName!;
        NeedsPreparing = Prepare.Method.DeclaringType != type.BaseType;
    }

    /// <summary>The class of the operation.</summary>
    public string TypeName { get; }

    /// <summary>Comes before every run and is not measured.</summary>
    public Action Prepare { get; }

    /// <summary>The work.</summary>
    public Action Run { get; }

    /// <summary>Runs of which the mean counts.</summary>
    public int MeanOver { get; }

    /// <summary>False when the work can be repeated as it is.</summary>
    public bool NeedsPreparing { get; }
}
