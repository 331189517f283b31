extern alias nano;

using System;
using System.Collections;
using WhispurrNet.Virtual;

namespace nanoFramework.Runtime.Events
{
    public class BaseEvent
    {
        public ushort Source;
        public byte Message;
    }

    public class GenericEvent : BaseEvent
    {
        public byte Category;
        public uint Data;
        public DateTime Time;
    }

    public enum EventCategory
    {
        Unknown = 0,
        Custom = 10,
        Gpio = 20,
        SerialDevice = 30,
        Network = 40,
        WiFi = 50,
        Can = 60,
        Storage = 70,
        Radio = 80,
        HighResolutionTimer = 90,
        Bluetooth = 100,
        Usb = 110,
        Touch = 120,
        Gesture = 130,
        OpenThread = 140,
        EspNow = 150,
    }

    public interface IEventListener
    {
        void InitializeForEventSource();

        bool OnEvent(BaseEvent ev);
    }

    public interface IEventProcessor
    {
        BaseEvent ProcessEvent(uint data1, uint data2, DateTime time);
    }

    public class CustomEventArgs : EventArgs
    {
        internal CustomEventArgs(ushort data1, uint data2)
        {
            Data1 = data1;
            Data2 = data2;
        }

        public ushort Data1 { get; }

        public uint Data2 { get; }
    }

    public delegate void CustomEventPostedEventHandler(object sender, CustomEventArgs e);

    public static class CustomEvent
    {
        public static event CustomEventPostedEventHandler CustomEventPosted;

        internal static void Raise(ushort data1, uint data2) =>
            CustomEventPosted?.Invoke(null, new CustomEventArgs(data1, data2));
    }

    /// <summary>Managed events share one queue and one thread with those of the hardware.</summary>
    public class EventSink
    {
        private static readonly Hashtable s_listeners = new Hashtable();
        private static readonly Hashtable s_processors = new Hashtable();

        public static void AddEventListener(EventCategory eventCategory, IEventListener eventListener)
        {
            Gate.Check();
            eventListener.InitializeForEventSource();
            lock (s_listeners)
            {
                s_listeners[eventCategory] = eventListener;
            }
        }

        public static void RemoveEventListener(EventCategory eventCategory, IEventListener eventListener)
        {
            lock (s_listeners)
            {
                s_listeners.Remove(eventCategory);
            }
        }

        public static void AddEventProcessor(EventCategory eventCategory, IEventProcessor eventProcessor)
        {
            lock (s_listeners)
            {
                s_processors[eventCategory] = eventProcessor;
            }
        }

        public static void RemoveEventProcessor(EventCategory eventCategory, IEventProcessor eventProcessor)
        {
            lock (s_listeners)
            {
                s_processors.Remove(eventCategory);
            }
        }

        public static void PostManagedEvent(byte category, byte subCategory, ushort data1, uint data2)
        {
            Gate.Check();
            Gate.Board.Events.Post(() => Deliver((EventCategory)category, subCategory, data1, data2));
        }

        private static void Deliver(EventCategory category, byte subCategory, ushort data1, uint data2)
        {
            if (category == EventCategory.Custom)
            {
                CustomEvent.Raise(data1, data2);
                return;
            }

            IEventListener listener;
            IEventProcessor processor;
            lock (s_listeners)
            {
                listener = (IEventListener)s_listeners[category];
                processor = (IEventProcessor)s_processors[category];
            }

            DateTime now = Gate.Board.UtcNow;
            uint packed = (uint)(subCategory | (data1 << 16));
            BaseEvent happened = processor?.ProcessEvent(packed, data2, now)
                ?? new GenericEvent
                {
                    Category = (byte)category,
                    Message = subCategory,
                    Source = data1,
                    Data = data2,
                    Time = now,
                };
            listener?.OnEvent(happened);
        }
    }
}
