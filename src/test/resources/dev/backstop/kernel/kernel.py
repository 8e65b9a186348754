"""Serves an OceanBase kernel on a port until standard input ends, with the JVM at the latest."""
import os
import subprocess
import sys

import pylibseekdb

folder, port = sys.argv[1], int(sys.argv[2])
pylibseekdb.open_with_service(db_dir=folder, port=port)
print("ready", flush=True)
sys.stdin.read()
# The kernel writes until this process is gone.
remove = ["sh", "-c", 'sleep 1; rm -rf -- "$1"', "sh", os.path.dirname(folder)]
subprocess.Popen(remove, cwd="/", stdin=subprocess.DEVNULL)
os._exit(0)
