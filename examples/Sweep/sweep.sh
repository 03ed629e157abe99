#!/bin/sh
# Which network reads digits best? The textbook's way: train each number of layers and units, and choose by the error on validation data.
# Run it anywhere; what it writes goes to the folder that it is run from.
set -e
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${NETGEN:-}" ]; then NETGEN="dotnet run -c Release --project $here/../../src/NetGen.Cli --"; fi

data=$here/../data/digits.csv

# 1. Layers by units.
$NETGEN sweep "$here/digits.yaml" --data "$data" --label digit --epochs 30 --patience 8 \
  --set hidden.repeat=1,2,3 --set hidden.units=8,16,32 -o layers --best layers.yaml

# 2. The learning rate of the best of them.
$NETGEN sweep layers.yaml --data "$data" --label digit --epochs 30 --patience 8 \
  --set optimizer.adam.learning_rate=log:1e-3:1e-2:3 -o rate --best digits.yaml

# 3. The chosen one, tested once on the digits that nothing above has looked at.
$NETGEN train digits.yaml --data "$data" --label digit --epochs 60
