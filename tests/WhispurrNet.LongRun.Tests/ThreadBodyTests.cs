using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace WhispurrNet.LongRun.Tests;

/// <summary>
/// On the board an exception that leaves a thread's body ends the thread and nobody notices, and so does one that leaves
/// a handler on a thread of a library. Looked up in the binary, so that no new one can slip in.
/// </summary>
public sealed class ThreadBodyTests
{
    private static readonly string[] s_handlers =
    [
        "GatewayLink.OnConnectionClosed", "GatewayLink.OnMessageReceived",
        "GattContact.OnConnectionStatusChanged", "GattContact.OnValueChanged",
        "GattServer.OnSessionChanged", "GattServer.OnSubscribedClientsChanged", "GattServer.OnWriteRequested",
        "ImprovService.OnReadRequested", "ImprovService.OnSubscribedClientsChanged", "ImprovService.OnWriteRequested",
        "ProvisionButton.OnPressed", "Scanner.OnReceived", "SerialGateway.OnDataReceived",
    ];

    private static readonly ModuleDefinition s_board = ModuleDefinition.ReadModule(
        Path.Combine(AppContext.BaseDirectory, "boards", "EmotionSample", "WhispurrNet.Board.dll"));

    [Fact]
    public void EveryThreadBodyCatchesEverythingAndDoesNothingThere()
    {
        MethodDefinition[] bodies = [.. TargetsOf("System.Threading.ThreadStart").Distinct()];
        Assert.NotEmpty(bodies);
        Assert.All(bodies, AssertCatchesEverything);
    }

    /// <summary>A timer's callback runs on a thread that all timers share.</summary>
    [Fact]
    public void EveryTimerCallbackCatchesEverythingAndDoesNothingThere() =>
        Assert.All(TargetsOf("System.Threading.TimerCallback").Distinct(), AssertCatchesEverything);

    [Fact]
    public void EveryHandlerOnALibrarysThreadCatchesEverythingAndDoesNothingThere()
    {
        MethodDefinition[] handlers = [.. DelegateTargets()
            .Where(target => IsOfALibrary(target.Delegate))
            .Select(target => target.Method)
            .Distinct()];
        Assert.Equal(
            s_handlers.Order(StringComparer.Ordinal),
            handlers.Select(handler => $"{handler.DeclaringType.Name}.{handler.Name}").Order(StringComparer.Ordinal));
        Assert.All(handlers, AssertCatchesEverything);
    }

    // A call needs a stack frame, and that is heap: where nothing is left, the handler of an exception must not need
    // any.
    private static void AssertCatchesEverything(MethodDefinition method)
    {
        MethodBody body = method.Body;
        ExceptionHandler[] all = [.. body.ExceptionHandlers.Where(handler =>
            handler.HandlerType == ExceptionHandlerType.Catch
            && handler.CatchType.FullName is "System.Exception" or "System.Object")];
        foreach (Instruction instruction in body.Instructions.Where(NeedsHeap))
        {
            Assert.True(
                all.Any(handler => Covers(handler.TryStart, handler.TryEnd, instruction)),
                $"{method.FullName}: {instruction} is outside of every catch-all.");
        }
    }

    private static bool Covers(Instruction start, Instruction end, Instruction instruction) =>
        instruction.Offset >= start.Offset && instruction.Offset < end.Offset;

    private static bool NeedsHeap(Instruction instruction) => instruction.OpCode.Code
        is Code.Call or Code.Callvirt or Code.Newobj or Code.Newarr or Code.Box;

    private static bool IsOfALibrary(TypeReference type) =>
        type.Scope.Name != s_board.Name && type.Scope.Name != s_board.Assembly.Name.Name
        && !type.FullName.StartsWith("System.Threading.", StringComparison.Ordinal);

    private static IEnumerable<MethodDefinition> TargetsOf(string type) =>
        DelegateTargets().Where(target => target.Delegate.FullName == type).Select(target => target.Method);

    private static IEnumerable<(TypeReference Delegate, MethodDefinition Method)> DelegateTargets() =>
        from type in s_board.GetTypes()
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.OpCode.Code is Code.Ldftn or Code.Ldvirtftn
        let made = instruction.Next
        where made.OpCode.Code == Code.Newobj
        select (((MethodReference)made.Operand).DeclaringType, ((MethodReference)instruction.Operand).Resolve());
}
