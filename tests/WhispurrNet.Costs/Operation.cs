namespace WhispurrNet.Costs
{
    /// <summary>Something whose cost is of interest, always the same work.</summary>
    public abstract class Operation
    {
        /// <summary>What a table says of it.</summary>
        public readonly string Name;

        /// <summary>Names it.</summary>
        protected Operation(string name)
        {
            Name = name;
        }

        /// <summary>Comes before every <see cref="Run"/> and costs nothing.</summary>
        public virtual void Prepare()
        {
        }

        /// <summary>The work.</summary>
        public abstract void Run();
    }
}
