"""boto3-refresh-session: nanoseconds of a client that is in its cache, as cached-client.ts measures ours."""

import json
import time

import boto3  # noqa: F401
from botocore.config import Config
from boto3_refresh_session import RefreshableSession

session = RefreshableSession(
    assume_role_kwargs={"RoleArn": "arn:aws:iam::123456789012:role/bench", "RoleSessionName": "bench"},
    sts_client_kwargs={"region_name": "us-east-1"},
    aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
    aws_secret_access_key="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    region_name="us-east-1",
)
config = Config(retries={"max_attempts": 2})
LOOKUPS = {
    "alone": lambda: session.client("s3"),
    "with a region": lambda: session.client("s3", region_name="eu-west-1"),
    "with five options": lambda: session.client(
        "s3",
        region_name="eu-west-1",
        endpoint_url="http://127.0.0.1:9",
        use_ssl=False,
        verify=False,
        config=config,
    ),
}


def nanoseconds(look_up, rounds=15, times=2000):
    samples = []
    for round in range(rounds):
        start = time.perf_counter_ns()
        for _ in range(times):
            look_up()
        if round >= 3:
            samples.append((time.perf_counter_ns() - start) / times)
    return sorted(samples)[len(samples) // 2]


print(json.dumps({name: nanoseconds(look_up) for name, look_up in LOOKUPS.items()}))
