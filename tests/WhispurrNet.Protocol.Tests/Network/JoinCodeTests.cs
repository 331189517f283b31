using WhispurrNet.Protocol.Network;
using Xunit;

namespace WhispurrNet.Protocol.Tests.Network;

public class JoinCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    [Fact]
    public void EverySecretRoundTrips()
    {
        Random random = new(5);
        for (int i = 0; i < 2000; i++)
        {
            byte[] secret = Secret(random);
            string code = JoinCode.Encode(secret);

            Assert.Matches("^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$", code);
            Assert.Equal(secret, JoinCode.Decode(code));
        }
    }

    [Fact]
    public void EverySingleBitOfTheSecretRoundTrips()
    {
        for (int bit = 0; bit < 128; bit++)
        {
            byte[] secret = new byte[16];
            secret[bit / 8] = (byte)(1 << (bit % 8));

            Assert.Equal(secret, JoinCode.Decode(JoinCode.Encode(secret)));
        }
    }

    [Fact]
    public void CaseDashesAndSpacesDoNotMatter()
    {
        byte[] secret = Secret(new Random(6));
        string code = JoinCode.Encode(secret);

        Assert.Equal(secret, JoinCode.Decode(code.ToLowerInvariant()));
        Assert.Equal(secret, JoinCode.Decode(code.Replace("-", "", StringComparison.Ordinal)));
        Assert.Equal(secret, JoinCode.Decode("  " + code.Replace('-', ' ') + " - "));
    }

    [Theory]
    [InlineData('0', 'O')]
    [InlineData('0', 'o')]
    [InlineData('1', 'I')]
    [InlineData('1', 'i')]
    [InlineData('1', 'L')]
    [InlineData('1', 'l')]
    public void LettersThatLookLikeDigitsAreReadAsThem(char digit, char letter)
    {
        byte[] secret = new byte[16];
        secret[0] = 0x08;
        string code = JoinCode.Encode(secret);
        Assert.Contains(digit, code);

        Assert.Equal(secret, JoinCode.Decode(code.Replace(digit, letter)));
    }

    [Fact]
    public void OneWrongCharacterInTheSecretIsFoundByTheCheck()
    {
        Random random = new(7);
        int found = 0;
        int tried = 0;
        for (int i = 0; i < 20; i++)
        {
            char[] code = JoinCode.Encode(Secret(random)).Replace("-", "", StringComparison.Ordinal).ToCharArray();
            for (int at = 0; at < code.Length; at++)
            {
                char right = code[at];
                foreach (char wrong in Alphabet.Where(c => c != right))
                {
                    code[at] = wrong;
                    tried++;
                    found += JoinCode.Decode(new string(code)) == null ? 1 : 0;
                }

                code[at] = right;
            }
        }

        // One in 4096 gets through a check of 12 bits.
        Assert.InRange(tried - found, 0, tried / 1000);
    }

    [Fact]
    public void EveryOtherLengthIsRefused()
    {
        string code = JoinCode.Encode(Secret(new Random(8))).Replace("-", "", StringComparison.Ordinal);
        for (int length = 0; length < 28; length++)
        {
            Assert.Null(JoinCode.Decode(code[..length]));
        }

        Assert.Null(JoinCode.Decode(code + "0"));
        Assert.Null(JoinCode.Decode(code + code));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("----")]
    [InlineData("U000-0000-0000-0000-0000-0000-00VM")]
    [InlineData("0000-0000-0000-0000-0000-0000-00V\u212A")]
    [InlineData("0000_0000_0000_0000_0000_0000_00VM")]
    [InlineData("\0\0\0\0")]
    public void WhatIsNotACodeIsRefused(string? text)
    {
        Assert.Null(JoinCode.Decode(text));
        Assert.Null(NetworkKey.FromJoinCode(text));
    }

    [Fact]
    public void DecodeNeverThrowsOnAnyText()
    {
        Random random = new(9);
        for (int i = 0; i < 20_000; i++)
        {
            char[] text = new char[random.Next(40)];
            for (int at = 0; at < text.Length; at++)
            {
                text[at] = random.Next(4) == 0 ? (char)random.Next(65536) : Alphabet[random.Next(32)];
            }

            byte[] secret = JoinCode.Decode(new string(text));
            Assert.True(secret == null || secret.Length == 16);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void ASecretOfAnotherSizeIsTheCallersMistake(int size)
    {
        Assert.Throws<ArgumentException>(() => JoinCode.Encode(new byte[size]));
    }

    [Fact]
    public void ThePublicCodeIsValid()
    {
        Assert.Equal(new byte[16], JoinCode.Decode(NetworkKey.PublicJoinCode));
    }

    private static byte[] Secret(Random random)
    {
        byte[] secret = new byte[16];
        random.NextBytes(secret);
        return secret;
    }
}
