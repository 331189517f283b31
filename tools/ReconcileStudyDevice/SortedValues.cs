namespace WhispurrNet.ReconcileStudy.Device
{
    /// <summary>Sorts in place, without memory of its own: a heap sort.</summary>
    internal static class SortedValues
    {
        /// <summary>Ascending.</summary>
        internal static void Sort(ulong[] values, int count)
        {
            for (int i = (count / 2) - 1; i >= 0; i--)
            {
                Sift(values, i, count);
            }

            for (int end = count - 1; end > 0; end--)
            {
                ulong last = values[end];
                values[end] = values[0];
                values[0] = last;
                Sift(values, 0, end);
            }
        }

        private static void Sift(ulong[] values, int root, int count)
        {
            ulong value = values[root];
            while (true)
            {
                int child = (2 * root) + 1;
                if (child >= count)
                {
                    break;
                }

                if (child + 1 < count && values[child + 1] > values[child])
                {
                    child++;
                }

                if (values[child] <= value)
                {
                    break;
                }

                values[root] = values[child];
                root = child;
            }

            values[root] = value;
        }
    }
}
