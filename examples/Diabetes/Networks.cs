namespace NetGen.Examples;

/// <summary>Ten measurements of a patient to the disease's progression, with a hidden layer.</summary>
[Network("diabetes.yaml")]
public partial class Diabetes;

/// <summary>The same without one: linear regression.</summary>
[Network("linear.yaml")]
public partial class Linear;
