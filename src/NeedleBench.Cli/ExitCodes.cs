namespace NeedleBench.Cli;

/// <summary>What the process says at its end.</summary>
static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Fine = 0;

    /// <summary>The work was done, and something in it failed: a model threw, a suite has faults, a share is too low.</summary>
    public const int Failures = 1;

    /// <summary>The input cannot be used; nothing was done or lost.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C or SIGTERM; what was done is kept.</summary>
    public const int Interrupted = 130;

    public const string Help =
        """
        Exit codes:
          0    all went well
          1    the work was done, and something in it failed (a model threw, a suite has faults, a share was too low)
          2    the input cannot be used; the message names the place and the mend
          130  interrupted; a run can be resumed with --resume
        """;
}
