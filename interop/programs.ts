import { fileURLToPath, pathToFileURL } from 'node:url';

/** What a program that got credentials in some way says of itself. */
export interface Opinion {
  readonly arn: string;
  readonly region: string;
}

/** The directory where the SDK for JavaScript is found. */
export const HERE: string = fileURLToPath(new URL('.', import.meta.url));

/**
 * A Python program: asks boto3 and boto_session_manager who they are, each in its own way of being made. With a snapshot
 * boto_session_manager reads the file, boto3 gets the keys that are in it, and the AWS CLI runs in the scope of the former.
 */
export const PYTHON = `
import json, os, re, subprocess, sys
import boto3
from boto_session_manager.api import BotoSesManager

def opinion(session):
    sts = session.client('sts')
    return {'arn': sts.get_caller_identity()['Arn'], 'region': sts.meta.region_name}

def cli():
    command = ['aws', 'sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text', '--debug']
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode: raise SystemExit(done.stderr[-2000:])
    return {'arn': done.stdout.strip(), 'region': re.search(r'/([a-z0-9-]+)/sts/aws4_request', done.stderr).group(1)}

path = os.environ.get('BSM_SNAPSHOT_FILE')
if path:
    manager = BotoSesManager.from_snapshot_file(path)
    with open(path) as file:
        keys = json.load(file)
    keys.pop('expiration_time')
    told = {'boto3': opinion(boto3.Session(**keys)), 'boto_session_manager': opinion(manager.boto_ses)}
    # The scope of boto_session_manager leaves what it does not know, such as a stale expiration.
    if 'AWS_CREDENTIAL_EXPIRATION' not in os.environ:
        with manager.awscli():
            # It sets AWS_REGION only, which the CLI does not read.
            os.environ['AWS_DEFAULT_REGION'] = manager.aws_region
            told['the AWS CLI'] = cli()
else:
    told = {'boto3': opinion(boto3.Session()), 'boto_session_manager': opinion(BotoSesManager().boto_ses), 'the AWS CLI': cli()}
print(json.dumps(told))
`;

const TELL = `
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  console.log(JSON.stringify({ arn: Arn, region: await sts.config.region() }));
`;

/** The same of the SDK for JavaScript as ES modules. */
export const ESM: string = `
  import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
  const snapshot = process.env.BSM_SNAPSHOT_FILE && await import('${built('snapshot', 'index.js')}');
  const sts = new STSClient(snapshot ? (await snapshot.fromSnapshotFile()).clientConfig : {});
  ${TELL}
`;

/** The same of the SDK for JavaScript as CommonJS. */
export const CJS: string = `
  const { GetCallerIdentityCommand, STSClient } = require('@aws-sdk/client-sts');
  (async () => {
    const snapshot = process.env.BSM_SNAPSHOT_FILE && require('${fileURLToPath(built('snapshot', 'index.cjs'))}');
    const sts = new STSClient(snapshot ? (await snapshot.fromSnapshotFile()).clientConfig : {});
    ${TELL}
  })();
`;

/** A program for `credential_process`: assumes a role and prints its credentials. */
export const CREDENTIAL_PROCESS: string = `
  import { assumeRole, createSession } from '${built('assume-role', 'index.js')}';
  import { credentialProcess } from '${built('env-scope', 'index.js')}';
  const { session, role } = JSON.parse(process.env.HANDED);
  console.log(await credentialProcess(assumeRole(createSession(session), role)));
`;

/** A program that lives long: calls by boto3 until it has used six sets of credentials, or nobody serves them any more; tells what came of it. */
export const LONG_BOTO3: string = `
import boto3, json, os, time
session = boto3.Session()
sts = session.client('sts', config=boto3.session.Config(retries={'total_max_attempts': 1}))
keys, arns, failures, calls, parent = set(), set(), [], 0, os.getppid()
while len(keys) < 6 and os.getppid() == parent:
    try:
        arns.add(sts.get_caller_identity()['Arn'])
        calls += 1
        keys.add(session.get_credentials().get_frozen_credentials().access_key)
    except Exception as error:
        failures.append(repr(error))
    time.sleep(0.05)
print(json.dumps({'arns': list(arns), 'failures': failures, 'calls': calls, 'endpoint': os.environ['AWS_CONTAINER_CREDENTIALS_FULL_URI']}))
`;

/** The same of the AWS CLI, as one process that runs command after command. */
export const LONG_CLI: string = `
import contextlib, io, json, os, time
from awscli.clidriver import create_clidriver
driver = create_clidriver()
keys, arns, failures, calls, parent = set(), set(), [], 0, os.getppid()
while len(keys) < 6 and os.getppid() == parent:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = driver.main(['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'])
    if status:
        failures.append(err.getvalue())
    else:
        arns.add(out.getvalue().strip())
        calls += 1
        keys.add(driver.session.get_credentials().get_frozen_credentials().access_key)
    time.sleep(0.05)
print(json.dumps({'arns': list(arns), 'failures': failures, 'calls': calls, 'endpoint': os.environ['AWS_CONTAINER_CREDENTIALS_FULL_URI']}))
`;

/** The same of the SDK for JavaScript. */
export const LONG_SDK: string = `
  import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
  const sts = new STSClient({ maxAttempts: 1 });
  const keys = new Set(), arns = new Set(), failures = [];
  let calls = 0;
  const parent = process.ppid;
  while (keys.size < 6 && process.ppid === parent) {
    try {
      arns.add((await sts.send(new GetCallerIdentityCommand({}))).Arn);
      calls += 1;
      keys.add((await sts.config.credentials()).accessKeyId);
    } catch (error) {
      failures.push(String(error));
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  console.log(JSON.stringify({ arns: [...arns], failures, calls, endpoint: process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI }));
`;

/** What is built of a package: children run without the test runner, which finds the sources. */
function built(name: string, file: string): string {
  return pathToFileURL(fileURLToPath(new URL(`../packages/${name}/dist/${file}`, import.meta.url))).href;
}
