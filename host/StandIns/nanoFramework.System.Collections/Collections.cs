extern alias nano;

using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

[assembly: TypeForwardedTo(typeof(Queue))]
[assembly: TypeForwardedTo(typeof(Stack))]

namespace System.Collections
{
    /// <summary>A class on the device, where .NET has a struct: hence these types of our own.</summary>
    public class DictionaryEntry
    {
        public object Key;
        public object Value;

        public DictionaryEntry(object key, object value)
        {
            Key = key;
            Value = value;
        }
    }

    public interface IDictionary : ICollection
    {
        bool IsFixedSize { get; }

        bool IsReadOnly { get; }

        ICollection Keys { get; }

        ICollection Values { get; }

        object this[object key] { get; set; }

        void Add(object key, object value);

        void Clear();

        bool Contains(object key);

        void Remove(object key);
    }

    public interface IDictionaryEnumerator : IEnumerator
    {
        DictionaryEntry Entry { get; }

        object Key { get; }

        object Value { get; }
    }

    public class Hashtable : ICloneable, IDictionary
    {
        private readonly Dictionary<object, object> _entries;

        public Hashtable() => _entries = new Dictionary<object, object>();

        public Hashtable(int capacity)
            : this(capacity, 1.0f)
        {
        }

        public Hashtable(int capacity, float loadFactor) => _entries = new Dictionary<object, object>(capacity);

        public int Count => _entries.Count;

        public bool IsFixedSize => false;

        public bool IsReadOnly => false;

        public bool IsSynchronized => false;

        public ICollection Keys => new ArrayList(_entries.Keys);

        public object SyncRoot => this;

        public ICollection Values => new ArrayList(_entries.Values);

        public object this[object key]
        {
            get => _entries.TryGetValue(key, out object value) ? value : null;
            set => _entries[key] = value;
        }

        public void Add(object key, object value) => _entries.Add(key, value);

        public void Clear() => _entries.Clear();

        public object Clone()
        {
            var copy = new Hashtable(_entries.Count);
            foreach (KeyValuePair<object, object> entry in _entries)
            {
                copy[entry.Key] = entry.Value;
            }

            return copy;
        }

        public bool Contains(object key) => _entries.ContainsKey(key);

        public void CopyTo(Array array, int arrayIndex)
        {
            foreach (KeyValuePair<object, object> entry in _entries)
            {
                array.SetValue(new DictionaryEntry(entry.Key, entry.Value), arrayIndex++);
            }
        }

        public IEnumerator GetEnumerator()
        {
            var entries = new ArrayList(_entries.Count);
            foreach (KeyValuePair<object, object> entry in _entries)
            {
                entries.Add(new DictionaryEntry(entry.Key, entry.Value));
            }

            return entries.GetEnumerator();
        }

        public void Remove(object key) => _entries.Remove(key);
    }
}
