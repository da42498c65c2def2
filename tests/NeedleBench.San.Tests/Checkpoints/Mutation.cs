namespace NeedleBench.San.Tests.Checkpoints;

/// <summary>Seeded damage to the front of a file: bytes changed, bits flipped, pieces removed, doubled or cut off.</summary>
static class Mutation
{
    public static byte[] Of(byte[] sound, int front, Random random)
    {
        var bytes = sound.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(Math.Min(front, bytes.Count));
            switch (random.Next(8))
            {
                case 0:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at - 1));
                    break;
                case 1:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 9), bytes.Count - at)));
                    break;
                case 2:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 3 when random.Next(10) == 0:
                    bytes.RemoveRange(at + 1, bytes.Count - at - 1);
                    break;
                case 4:
                    bytes[at] = bytes[random.Next(Math.Min(front, bytes.Count))];
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }
}
