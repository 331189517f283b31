namespace WhispurrNet.Costs
{
    /// <summary>Something whose cost is of interest, always the same work.</summary>
    public abstract class Operation
    {
        /// <summary>What a table calls it.</summary>
        public readonly string Name;

        /// <summary>Names it.</summary>
        protected Operation(string name)
        {
            Name = name;
        }

        /// <summary>
        /// Runs of which the mean says what it costs: more than one where chance has a part, or what comes round only now
        /// and then.
        /// </summary>
        public virtual int MeanOver
        {
            get { return 1; }
        }

        /// <summary>Comes before every <see cref="Run"/> and costs nothing.</summary>
        public virtual void Prepare()
        {
        }

        /// <summary>The work.</summary>
        public abstract void Run();
    }
}
