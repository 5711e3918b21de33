import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Removes every `AWS_*` variable, so that no test sees the credentials, profile or region of who runs it. */
export function withoutAwsEnvironment(env: NodeJS.ProcessEnv = process.env): void {
  for (const name of Object.keys(env)) {
    if (name.startsWith('AWS_')) delete env[name];
  }
  const absent = join(tmpdir(), 'bsm-tests-have-no-aws-files');
  env['AWS_CONFIG_FILE'] = join(absent, 'config');
  env['AWS_SHARED_CREDENTIALS_FILE'] = join(absent, 'credentials');
  env['AWS_EC2_METADATA_DISABLED'] = 'true';
  // The SDK warns once a process on Node 20; the supported range is this project's own statement.
  env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
}
