namespace WhispurrNet.Board.Platform
{
    /// <summary>
    /// Watches the raw draws of the random generator for signs that it is stuck or lopsided: the repetition count test
    /// and the adaptive proportion test of NIST SP 800-90B, 4.4.1 and 4.4.2. They catch a generator that broke, not one
    /// that is merely predictable; no test of its output can.
    /// </summary>
    /// <remarks>
    /// A sample is a byte, claimed to hold four bits of min-entropy, half of what a good generator gives. Both cut-offs
    /// are for one false alarm in 2^30 samples or windows.
    /// </remarks>
    internal sealed class EntropyHealth
    {
        /// <summary>Samples to be tested before the first one is used: SP 800-90B, 4.3.</summary>
        internal const int StartUpSamples = 1024;

        /// <summary>As many equal samples in a row are too many: 1 + ceiling(30 / 4).</summary>
        internal const int RepetitionCutOff = 9;

        /// <summary>Samples of a window.</summary>
        internal const int Window = 512;

        /// <summary>
        /// As many samples equal to the first one of a window are too many: one more than the quantile 1 - 2^-30 of the
        /// binomial distribution of 512 trials of probability 1/16.
        /// </summary>
        internal const int ProportionCutOff = 71;

        private int _last = -1;
        private int _repetitions;
        private int _first;
        private int _seen = Window;
        private int _equal;

        /// <summary>Tests samples, in the order in which they were drawn.</summary>
        /// <returns>Null if there is nothing wrong with them, else what is.</returns>
        internal string Test(byte[] samples)
        {
            string problem = null;
            for (int i = 0; i < samples.Length; i++)
            {
                int sample = samples[i];
                _repetitions = sample == _last ? _repetitions + 1 : 1;
                _last = sample;
                if (_seen == Window)
                {
                    _first = sample;
                    _seen = 0;
                    _equal = 0;
                }

                _seen++;
                _equal += sample == _first ? 1 : 0;
                if (_repetitions >= RepetitionCutOff)
                {
                    problem = "it repeats itself";
                }
                else if (_equal >= ProportionCutOff)
                {
                    problem = "it prefers one value";
                }
            }

            return problem;
        }
    }
}
