#!/usr/bin/env bash
# onnxruntime 1.32.0 on Linux reports to its maker although disable_telemetry_events() was called.
#
# Expected: after onnxruntime.disable_telemetry_events(), which its documentation gives as the switch
# of "platform-specific telemetry collection", a process that only runs a model connects to nobody
# and leaves nothing in the user's cache folder.
# Seen: it makes a device id and a database under $XDG_CACHE_HOME/Microsoft and asks for a
# connection to an event collector. ORT_DISABLE_TELEMETRY=1, set before the import and taken back
# after it, stops both.
# Versions: onnxruntime 1.32.0, onnx 1.23.2, Python 3.11 on Linux x86-64.
# Exits 0 while that is so, 1 when the behaviour has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check onnxruntime==1.32.0 onnx==1.23.2

cat >"$work/run.py" <<'PY'
"""Run a model of one node for a while: run.py MODE SECONDS."""
import os
import sys
import time

mode, seconds = sys.argv[1], float(sys.argv[2])
if mode == "variable":
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

if mode == "variable":
    del os.environ["ORT_DISABLE_TELEMETRY"]
if mode == "function":
    onnxruntime.disable_telemetry_events()
import numpy as np
from onnx import TensorProto, helper

values = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [2]) for name in "xy"]
graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", values[:1], values[1:])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
until = time.time() + seconds
while time.time() < until:
    session.run(None, {"x": np.array([1, -1], np.float32)})
    time.sleep(0.05)
PY

cat >"$work/proxy.py" <<'PY'
"""A proxy on a free port that refuses everything and writes down what it was asked for."""
import http.server
import sys


class Refuse(http.server.BaseHTTPRequestHandler):
    def refuse(self):
        print(self.command, self.path, file=sys.stderr, flush=True)
        self.send_response(403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_CONNECT = do_GET = do_POST = refuse

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refuse)
print(server.server_port, flush=True)
server.serve_forever()
PY

seen() { # MODE: how many requests and files there are after half a minute of it
    local home="$work/$1"
    mkdir -p "$home"
    python3 "$work/proxy.py" >"$home/port" 2>"$home/asked" &
    local proxy=$!
    until [ -s "$home/port" ]; do sleep 0.1; done
    env HOME="$home" XDG_CACHE_HOME="$home/cache" https_proxy="http://127.0.0.1:$(cat "$home/port")" \
        "$work/venv/bin/python" "$work/run.py" "$1" 40
    kill "$proxy"
    wait "$proxy" 2>/dev/null || true
    echo "$1: asked of the proxy: $(sort -u "$home/asked" | tr '\n' ' ')"
    echo "$1: files: $(cd "$home" && find . -path './cache/*' -type f | sort | tr '\n' ' ')"
}

seen function
seen variable
[ -s "$work/function/asked" ] && [ -n "$(find "$work/function/cache" -name deviceid 2>/dev/null)" ] &&
    [ ! -s "$work/variable/asked" ] && [ ! -d "$work/variable/cache" ]
