using System;

namespace nanoFramework.Device.Bluetooth
{
    public enum DevicePairingIOCapabilities
    {
        DisplayOnly = 0,
        DisplayYesNo = 1,
        KeyboardOnly = 2,
        NoInputNoOutput = 3,
        KeyboardDisplay = 4,
    }

    public enum DevicePairingKinds
    {
        None = 0,
        ConfirmOnly = 1,
        DisplayPin = 2,
        ProvidePin = 4,
        ConfirmPinMatch = 8,
    }

    public enum DevicePairingProtectionLevel
    {
        Default = 0,
        None = 1,
        Encryption = 2,
        EncryptionAndAuthentication = 3,
    }

    public enum DevicePairingResultStatus
    {
        Paired = 0,
        NotReadyToPair = 1,
        NotPaired = 2,
        AlreadyPaired = 3,
        ConnectionRejected = 4,
        TooManyConnections = 5,
        HardwareFailure = 6,
        AuthenticationTimeout = 7,
        AuthenticationNotAllowed = 8,
        AuthenticationFailure = 9,
        NoSupportedProfiles = 10,
        ProtectionLevelCouldNotBeMet = 11,
        AccessDenied = 12,
        InvalidCeremonyData = 13,
        PairingCanceled = 14,
        OperationAlreadyInProgress = 15,
        RequiredHandlerNotRegistered = 16,
        RejectedByHandler = 17,
        RemoteDeviceHasAssociation = 18,
        Failed = 19,
    }

    public class DevicePairingEventArgs
    {
        internal DevicePairingEventArgs(DevicePairingResultStatus status) => Status = status;

        public DevicePairingResultStatus Status { get; }
    }

    public class DevicePairingRequestedEventArgs
    {
        internal DevicePairingRequestedEventArgs(DevicePairingKinds kind) => PairingKind = kind;

        public DevicePairingKinds PairingKind { get; }

        public uint Pin => 0;

        public void Accept() => throw DevicePairing.Refusal();

        public void Accept(int passkey) => throw DevicePairing.Refusal();
    }

    public class DevicePairingResult
    {
        internal DevicePairingResult(DevicePairingResultStatus status) => Status = status;

        public DevicePairingProtectionLevel ProtectionLevelUsed => DevicePairingProtectionLevel.None;

        public DevicePairingResultStatus Status { get; }
    }

    /// <summary>
    /// A virtual board never pairs: what demands it is refused to every central (ATT error 5), and asking for it says
    /// so, rather than pretending to a security that bonds kept in RAM do not give (facts 1.5).
    /// </summary>
    public sealed class DevicePairing
    {
        internal DevicePairing()
        {
        }

        public delegate void DevicePairingRequestedHandler(object sender, DevicePairingRequestedEventArgs args);

        public delegate void PairingCompleteHandler(object sender, DevicePairingEventArgs args);

        /// <summary>Never raised.</summary>
        public event PairingCompleteHandler PairingComplete
        {
            add
            {
            }

            remove
            {
            }
        }

        /// <summary>Never raised.</summary>
        public event DevicePairingRequestedHandler PairingRequested
        {
            add
            {
            }

            remove
            {
            }
        }

        public bool AllowBonding { get; set; }

        public bool CanPair => false;

        public DevicePairingIOCapabilities IOCapabilities { get; set; }

        public bool IsAuthenticated => false;

        public bool IsPaired => false;

        public bool OutOfBand { get; set; }

        public DevicePairingProtectionLevel ProtectionLevel { get; set; }

        public bool WasSecureConnectionUsedForPairing => false;

        public DevicePairingResult Pair() => throw Refusal();

        public DevicePairingResult Pair(DevicePairingProtectionLevel minProtectionLevel) => throw Refusal();

        internal static Exception Refusal() => new NotSupportedException("A virtual board does not pair.");
    }
}
