"""boto3-refresh-session: the first line is a device as JSON; each other one says how many refreshes to do, and is answered with what they took."""

import json
import sys
import time

import boto3  # noqa: F401
from boto3_refresh_session.methods.iot import IOTX509RefreshableSession

device = json.loads(sys.stdin.readline())
LIFETIME = 3600
session = IOTX509RefreshableSession(
    # Its constructor wants this text in the endpoint. As the user of a URL it leaves host and port as they are.
    endpoint=f"c1a2b3.credentials.iot.@{device['endpoint']}",
    role_alias=device["roleAlias"],
    certificate=device["certificate"].encode(),
    private_key=device["privateKey"].encode(),
    ca=device["ca"].encode(),
    region_name="eu-west-1",
    # Each use is in the window in which botocore refreshes first; only credentials that are not deferred have it.
    defer_refresh=False,
    advisory_timeout=2 * LIFETIME,
    mandatory_timeout=2 * LIFETIME,
)
credentials = session.get_credentials()
print(json.dumps({"ready": True}), flush=True)

for line in sys.stdin:
    start, cpu = time.perf_counter(), time.process_time()
    for _ in range(int(line)):
        credentials.get_frozen_credentials()
    spent = {"wallMs": (time.perf_counter() - start) * 1000, "cpuMs": (time.process_time() - cpu) * 1000}
    print(json.dumps(spent), flush=True)
