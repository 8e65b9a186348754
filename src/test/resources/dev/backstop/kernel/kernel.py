"""Serves an OceanBase kernel on a port until standard input ends, with the JVM at the latest."""
import os
import shutil
import sys

import pylibseekdb

folder, port = sys.argv[1], int(sys.argv[2])
pylibseekdb.open_with_service(db_dir=folder, port=port)
print("ready", flush=True)
sys.stdin.read()
shutil.rmtree(os.path.dirname(folder), ignore_errors=True)
os._exit(0)
