using System;

namespace NetGen.Training.Tests.Data.Images;

/// <summary>Image files that Pillow 9.4 wrote.</summary>
internal static class ImageBytes
{
    /// <summary>3 x 2 pixels: red, green, blue; white, black, (100, 150, 200).</summary>
    public static byte[] Png { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAHUlEQVR4nGP4z8DA8J+BgeE/E8P//wyMDCnTTgIAPxIGwi9CglgAAAAASUVORK5CYII=");

    /// <summary>The same.</summary>
    public static byte[] Bmp { get; } = Convert.FromBase64String(
        "Qk1OAAAAAAAAADYAAAAoAAAAAwAAAAIAAAABABgAAAAAABgAAADEDgAAxA4AAAAAAAAAAAAA////AAAAyJZkAAAAAAD/AP8A/wAAAAAA");

    /// <summary>The same, with a palette.</summary>
    public static byte[] Gif { get; } = Convert.FromBase64String(
        "R0lGODdhAwACAIIAAP///2SWyAD/AP8AAAAA/wAAAAAAAAAAACwAAAAAAwACAAAICQAHCCAAoECAgAA7");

    /// <summary>8 x 8 pixels of (200, 100, 50), progressive.</summary>
    public static byte[] Jpeg { get; } = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODh"
        + "MREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAA"
        + "AAAAAAH/xAAUAQEAAAAAAAAAAAAAAAAAAAAE/9oADAMBAAIQAxAAAAGAb//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAQUCf//EABQRAQAAAAAAAAAAAAAAAAAAAA"
        + "D/2gAIAQMBAT8Bf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Bf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEABj8Cf//EABQQAQAAAAAAAAAAAAAAAAAA"
        + "AAD/2gAIAQEAAT8hf//aAAwDAQACAAMAAAAQB//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQMBAT8Qf//EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQIBAT8Qf//EAB"
        + "QQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAT8Qf//Z");

    /// <summary>2 x 1 pixels: (10, 20, 30) with alpha 0, (40, 50, 60) with alpha 255.</summary>
    public static byte[] TransparentPng { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEUlEQVR4nGPkEpFjkJOT+w8AA68Bl/LMqe4AAAAASUVORK5CYII=");

    /// <summary>2 x 1 pixels of 16 bits, gray: 0x1234, 0xFFFF.</summary>
    public static byte[] DeepPng { get; } = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAAAAACB2fwVAAAADUlEQVR4nGMQMvn/HwAD5gJFLkKWdQAAAABJRU5ErkJggg==");
}
