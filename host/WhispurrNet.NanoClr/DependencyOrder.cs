namespace WhispurrNet.NanoClr;

/// <summary>Puts assemblies in load order.</summary>
internal static class DependencyOrder
{
    /// <summary>Every assembly reachable from a root, each after all that it references; the root comes last.</summary>
    /// <param name="root">Assembly name to start from.</param>
    /// <param name="references">Names an assembly references, in its own order.</param>
    /// <exception cref="RunnerException">Two assemblies reference each other, directly or not.</exception>
    public static IReadOnlyList<string> Sort(string root, Func<string, IReadOnlyList<string>> references)
    {
        var order = new List<string>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<string>();
        Visit(root);
        return order;

        void Visit(string name)
        {
            if (done.Contains(name))
            {
                return;
            }

            int index = path.IndexOf(name);
            if (index >= 0)
            {
                string circle = string.Join(" -> ", path.Skip(index).Append(name));
                throw RunnerException.Failure($"The assemblies reference each other in a circle: {circle}.");
            }

            path.Add(name);
            foreach (string reference in references(name))
            {
                Visit(reference);
            }

            path.RemoveAt(path.Count - 1);
            done.Add(name);
            order.Add(name);
        }
    }
}
