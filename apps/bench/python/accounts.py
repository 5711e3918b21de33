"""boto3-refresh-session: ENDPOINT ACCOUNTS. Prints what so many accounts took after a first one, as worker.ts does."""

import gc
import json
import os
import resource
import sys

import boto3  # noqa: F401
from boto3_refresh_session import RefreshableSession

endpoint, accounts = sys.argv[1], int(sys.argv[2])
REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"]
kept = []


def use(account):
    session = RefreshableSession(
        assume_role_kwargs={
            "RoleArn": f"arn:aws:iam::{111122220000 + account}:role/bench",
            "RoleSessionName": "bench",
        },
        sts_client_kwargs={"endpoint_url": endpoint, "region_name": "us-east-1"},
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        region_name="us-east-1",
    )
    kept.append(session)
    for region in REGIONS:
        session.client("s3", region_name=region, endpoint_url=endpoint).list_buckets()
        session.client("ec2", region_name=region, endpoint_url=endpoint).describe_vpcs()


def spent():
    gc.collect()
    with open("/proc/self/statm") as statm:
        resident = int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return resident, (usage.ru_utime + usage.ru_stime) * 1000


# What is loaded once is no cost of an account.
use(0)
resident_before, cpu_before = spent()
for account in range(1, accounts + 1):
    use(account)
resident, cpu = spent()
print(
    json.dumps(
        {
            "accounts": accounts,
            "rssBytes": resident - resident_before,
            "heapBytes": 0,
            "cpuMs": cpu - cpu_before,
        }
    )
)
