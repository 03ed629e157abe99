namespace NetGen.Examples;

/// <summary>Tells speech from all else in sound of 16 kHz, frame by frame, with its authors' weights.</summary>
[Network("voice_activity.yaml")]
internal partial class VoiceActivity;
