#!/bin/sh
# Which network reads digits best? The textbook's way: train each number of layers and units, and choose by the error on validation data.
# Run it anywhere; what it writes goes to the folder that it is run from.
set -e
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${NETGEN:-}" ]; then NETGEN="dotnet run -c Release --project $here/../../src/NetGen.Cli --"; fi

# 1. Layers by units.
$NETGEN sweep "$here/digits.yaml" --data "$here/../data/digits.csv" --label digit --epochs 30 --patience 8 \
  --set hidden.repeat=1,2,3 --set hidden.units=8,16,32,64 -o layers

# 2. With the best of them, the learning rate.
$NETGEN sweep "$here/digits.yaml" --data "$here/../data/digits.csv" --label digit --epochs 30 --patience 8 \
  --set hidden.units=64 --set optimizer.adam.learning_rate=log:3e-4:3e-2:5 -o rate

# 3. The chosen one, tested once on the digits that nothing above has seen.
sed 's/units: 32/units: 64/' "$here/digits.yaml" > digits.yaml
$NETGEN train digits.yaml --data "$here/../data/digits.csv" --label digit --epochs 60
