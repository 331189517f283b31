extern alias nano;

using System;
using System.Collections;
using WhispurrNet.Virtual;

namespace System.Threading
{
    public class OperationCanceledException : SystemException
    {
        public OperationCanceledException()
        {
        }

        public OperationCanceledException(string message)
            : base(message)
        {
        }

        public OperationCanceledException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    public struct CancellationTokenRegistration : IDisposable
    {
        private readonly CancellationTokenSource _source;
        private readonly Action _callback;

        internal CancellationTokenRegistration(CancellationTokenSource source, Action callback)
        {
            _source = source;
            _callback = callback;
        }

        public static bool operator ==(CancellationTokenRegistration left, CancellationTokenRegistration right) =>
            left.Equals(right);

        public static bool operator !=(CancellationTokenRegistration left, CancellationTokenRegistration right) =>
            !left.Equals(right);

        public void Dispose() => _source?.Unregister(_callback);

        public bool Equals(CancellationTokenRegistration other) =>
            _source == other._source && _callback == other._callback;

        public override bool Equals(object obj) => obj is CancellationTokenRegistration other && Equals(other);

        public override int GetHashCode() => _callback == null ? 0 : _callback.GetHashCode();
    }

    public struct CancellationToken
    {
        private readonly CancellationTokenSource _source;

        public CancellationToken(bool canceled)
        {
            _source = new CancellationTokenSource();
            if (canceled)
            {
                _source.Cancel();
            }
        }

        internal CancellationToken(CancellationTokenSource source) => _source = source;

        public static CancellationToken None => default;

        public bool CanBeCanceled => _source != null;

        public bool IsCancellationRequested => _source != null && _source.IsCancellationRequested;

        public nano::System.Threading.WaitHandle WaitHandle => (_source ?? new CancellationTokenSource()).Handle;

        public bool Equals(CancellationToken other) => _source == other._source;

        public override bool Equals(object other) => other is CancellationToken token && Equals(token);

        public override int GetHashCode() => _source == null ? 0 : _source.GetHashCode();

        public CancellationTokenRegistration Register(Action callback) =>
            _source == null ? default : _source.Register(callback);

        public void ThrowIfCancellationRequested()
        {
            if (IsCancellationRequested)
            {
                throw new OperationCanceledException();
            }
        }
    }

    public class CancellationTokenSource : IDisposable
    {
        private readonly nano::System.Threading.ManualResetEvent _canceled =
            new nano::System.Threading.ManualResetEvent(false);
        private readonly ArrayList _callbacks = new ArrayList();
        private nano::System.Threading.Timer _timer;
        private bool _isCanceled;

        public CancellationTokenSource()
        {
        }

        public CancellationTokenSource(int millisecondsDelay) => CancelAfter(millisecondsDelay);

        public CancellationTokenSource(TimeSpan delay) => CancelAfter(delay);

        public bool IsCancellationRequested
        {
            get
            {
                Gate.Check();
                return _isCanceled;
            }
        }

        public CancellationToken Token => new CancellationToken(this);

        internal nano::System.Threading.ManualResetEvent Handle => _canceled;

        public void Cancel() => Cancel(false);

        public void Cancel(bool throwOnFirstException)
        {
            Array callbacks;
            lock (_callbacks)
            {
                if (_isCanceled)
                {
                    return;
                }

                _isCanceled = true;
                callbacks = _callbacks.ToArray();
                _callbacks.Clear();
            }

            _canceled.Set();
            foreach (Action callback in callbacks)
            {
                callback();
            }
        }

        public void CancelAfter(int millisecondsDelay)
        {
            _timer?.Dispose();
            _timer = new nano::System.Threading.Timer(_ => Cancel(), null, millisecondsDelay, -1);
        }

        public void CancelAfter(TimeSpan delay) => CancelAfter((int)delay.TotalMilliseconds);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        internal CancellationTokenRegistration Register(Action callback)
        {
            lock (_callbacks)
            {
                if (!_isCanceled)
                {
                    _callbacks.Add(callback);
                    return new CancellationTokenRegistration(this, callback);
                }
            }

            callback();
            return default;
        }

        internal void Unregister(Action callback)
        {
            lock (_callbacks)
            {
                _callbacks.Remove(callback);
            }
        }

        protected virtual void Dispose(bool disposing) => _timer?.Dispose();
    }
}
