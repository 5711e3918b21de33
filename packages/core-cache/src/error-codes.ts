/** What a {@link BsmError} code means, for people and for programs. */
export interface ErrorCodeEntry {
  /** Whether the same call can succeed later without a change: `'depends'` when the error itself says (`error.retryable`). */
  readonly retryable: boolean | 'depends';
  readonly meaning: string;
  readonly action: string;
}

/** A code of a {@link BsmError}, see {@link ERROR_CODES}. */
export type BsmErrorCode =
  | 'ERR_BSM_OPTION_INVALID'
  | 'ERR_BSM_REGION_UNRESOLVED'
  | 'ERR_BSM_PROFILE_NOT_FOUND'
  | 'ERR_BSM_CONFIG_INVALID'
  | 'ERR_BSM_CREDENTIALS_NOT_FOUND'
  | 'ERR_BSM_CREDENTIALS_INVALID'
  | 'ERR_BSM_CREDENTIALS_EXPIRED'
  | 'ERR_BSM_CREDENTIALS_REJECTED'
  | 'ERR_BSM_REFRESH_FAILED'
  | 'ERR_BSM_REFRESH_TIMEOUT'
  | 'ERR_BSM_REFRESH_REENTRANT'
  | 'ERR_BSM_SESSION_CLOSED'
  | 'ERR_BSM_ACCESS_DENIED'
  | 'ERR_BSM_REQUEST_REJECTED'
  | 'ERR_BSM_THROTTLED'
  | 'ERR_BSM_SERVICE_FAILED'
  | 'ERR_BSM_ENDPOINT_UNREACHABLE'
  | 'ERR_BSM_RESPONSE_INVALID'
  | 'ERR_BSM_MFA_REQUIRED'
  | 'ERR_BSM_MFA_CODE_INVALID'
  | 'ERR_BSM_MFA_COMMAND_FAILED'
  | 'ERR_BSM_TOKEN_FILE_INVALID'
  | 'ERR_BSM_ACCOUNT_MISMATCH'
  | 'ERR_BSM_SNAPSHOT_INVALID'
  | 'ERR_BSM_SNAPSHOT_NOT_FOUND'
  | 'ERR_BSM_SNAPSHOT_READ_FAILED'
  | 'ERR_BSM_SNAPSHOT_WRITE_FAILED'
  | 'ERR_BSM_SNAPSHOT_INSECURE'
  | 'ERR_BSM_SNAPSHOT_IN_USE'
  | 'ERR_BSM_SNAPSHOT_LONG_TERM_KEYS'
  | 'ERR_BSM_SNAPSHOT_ENCRYPTED'
  | 'ERR_BSM_ARN_INVALID'
  | 'ERR_BSM_CERTIFICATE_INVALID'
  | 'ERR_BSM_CERTIFICATE_REJECTED'
  | 'ERR_BSM_PRIVATE_KEY_INVALID'
  | 'ERR_BSM_PKCS11_FAILED'
  | 'ERR_BSM_ENDPOINT_UNTRUSTED'
  | 'ERR_BSM_ENV_SCOPE_BUSY'
  | 'ERR_BSM_ENV_UNQUOTABLE'
  | 'ERR_BSM_CREDENTIAL_SERVER_FAILED'
  | 'ERR_BSM_CREDENTIAL_SERVER_CLOSED'
  | 'ERR_BSM_COMMAND_NOT_FOUND'
  | 'ERR_BSM_COMMAND_FAILED'
  | 'ERR_BSM_COMMAND_NESTED'
  | 'ERR_BSM_SERVICE_UNKNOWN'
  | 'ERR_BSM_PEER_MISSING'
  | 'ERR_BSM_PEER_UNSUPPORTED'
  | 'ERR_BSM_MQTT_REFUSED';

/**
 * Lists every code a {@link BsmError} can carry: whether it is retryable, what it means, what to do.
 *
 * `docs/errors.md` is this table; nothing else in the packages refers to it at run time, so that a bundle does not contain it.
 *
 * @example
 * ```ts
 * if (isBsmError(error)) console.error(ERROR_CODES[error.code].action);
 * ```
 */
export const ERROR_CODES: Readonly<Record<BsmErrorCode, ErrorCodeEntry>> = {
  ERR_BSM_OPTION_INVALID: {
    retryable: false,
    meaning:
      'An option is unknown, has the wrong type, or is out of range. `details.option` names it; its value is never shown.',
    action: 'Correct the option that the message names.',
  },
  ERR_BSM_REGION_UNRESOLVED: {
    retryable: false,
    meaning: 'No region was given, and neither the environment nor the profile has one. There is no silent default.',
    action: 'Pass `region`, set `AWS_REGION`, or add `region` to the profile.',
  },
  ERR_BSM_PROFILE_NOT_FOUND: {
    retryable: false,
    meaning: 'The named profile is in neither of the shared files.',
    action: 'Check the spelling, `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`.',
  },
  ERR_BSM_CONFIG_INVALID: {
    retryable: false,
    meaning:
      'A shared configuration file exists but cannot be read or parsed (`details` has its path and the line), or a profile in it cannot work: source profiles in a circle, an unknown `credential_source`, SSO settings that are missing.',
    action: 'Mend the line, the profile or the permissions of the file.',
  },
  ERR_BSM_CREDENTIALS_NOT_FOUND: {
    retryable: false,
    meaning: 'No source had credentials: environment, shared files, container, instance.',
    action: 'Configure credentials, name a profile, or pass `credentials`.',
  },
  ERR_BSM_CREDENTIALS_INVALID: {
    retryable: true,
    meaning:
      'The source answered with something that is no set of credentials: nothing, half a key pair, an expiration that is no date.',
    action: 'Mend the source. A later good answer is used.',
  },
  ERR_BSM_CREDENTIALS_EXPIRED: {
    retryable: 'depends',
    meaning:
      'The credentials have ended and cannot be renewed, or the source answered with credentials that had already ended.',
    action:
      'Get new credentials; check the clock of this machine. A session with `autoRefresh: false` has to be made again.',
  },
  ERR_BSM_CREDENTIALS_REJECTED: {
    retryable: false,
    meaning:
      'AWS does not accept the credentials that signed the request: expired, revoked, deleted, or not of this partition.',
    action: 'Renew the credentials of the source; check the region and the clock of this machine.',
  },
  ERR_BSM_REFRESH_FAILED: {
    retryable: 'depends',
    meaning:
      'The source of the credentials failed and no valid ones are in hand. `cause` is a scrubbed copy of its error.',
    action: 'Read the cause. When `retryable` is true the next call tries again.',
  },
  ERR_BSM_REFRESH_TIMEOUT: {
    retryable: true,
    meaning: 'The source of the credentials did not answer within `refresh.timeoutMs`.',
    action: 'Check the network to the source, or raise `refresh.timeoutMs`.',
  },
  ERR_BSM_REFRESH_REENTRANT: {
    retryable: false,
    meaning: 'The source of a session asked that same session for credentials, which would wait for itself for ever.',
    action: 'Let the source use another session or credentials of its own.',
  },
  ERR_BSM_SESSION_CLOSED: {
    retryable: false,
    meaning: 'The session, or the root session it came from, was closed.',
    action: 'Make a new session.',
  },
  ERR_BSM_ACCESS_DENIED: {
    retryable: false,
    meaning:
      'AWS refused the request. For AssumeRole: the trust policy, an external id, an MFA code or the permission of the caller.',
    action: 'Read the message; compare the trust policy of the role with the caller and the options.',
  },
  ERR_BSM_REQUEST_REJECTED: {
    retryable: false,
    meaning: 'AWS refused the request as invalid, for example a duration above the limit of the role.',
    action: 'Correct what the message names.',
  },
  ERR_BSM_THROTTLED: {
    retryable: true,
    meaning: 'AWS limits the rate of requests.',
    action: 'Try later; make fewer calls.',
  },
  ERR_BSM_SERVICE_FAILED: {
    retryable: true,
    meaning: 'AWS answered with an error of its own (HTTP 5xx).',
    action: 'Try later.',
  },
  ERR_BSM_ENDPOINT_UNREACHABLE: {
    retryable: true,
    meaning: 'No connection to the endpoint: name, network, TLS, proxy, or a time limit.',
    action: 'Check the network, the region and `clientDefaults.endpoint`.',
  },
  ERR_BSM_RESPONSE_INVALID: {
    retryable: true,
    meaning: 'The answer could not be read or lacks a part. It is not shown, since it may hold credentials.',
    action: 'Try again; check what stands between here and AWS.',
  },
  ERR_BSM_MFA_REQUIRED: {
    retryable: false,
    meaning: 'A code of an MFA device is needed and nothing can give one.',
    action: 'Pass `mfaToken` (for a profile) or `mfa.token` as a function or a command.',
  },
  ERR_BSM_MFA_CODE_INVALID: {
    retryable: 'depends',
    meaning: 'What was given as an MFA code is not six digits, or the code was used already. The code is never shown.',
    action: 'Let the function or command return the six digits of a fresh code.',
  },
  ERR_BSM_MFA_COMMAND_FAILED: {
    retryable: false,
    meaning:
      'The command that should print an MFA code could not be started, failed, took too long, or printed no code. Its output is never shown.',
    action: 'Run the command by hand; check its arguments and `timeoutMs`.',
  },
  ERR_BSM_TOKEN_FILE_INVALID: {
    retryable: false,
    meaning: 'The file with the token of a web identity or a container is absent, empty, or no file.',
    action:
      'Check the path: `tokenFile`, `web_identity_token_file` of the profile, `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE`. The file is read again at each refresh.',
  },
  ERR_BSM_ACCOUNT_MISMATCH: {
    retryable: false,
    meaning: 'The session acts in another account than the allowed ones.',
    action: 'Check the profile or role before going on.',
  },
  ERR_BSM_SNAPSHOT_INVALID: {
    retryable: false,
    meaning:
      'What should be a snapshot is none: no JSON object, half a key pair, a wrong type, a date without an offset, or too large. Nothing of it is shown.',
    action: 'Write it again with `writeSnapshotFile`, or with boto_session_manager.',
  },
  ERR_BSM_SNAPSHOT_NOT_FOUND: {
    retryable: false,
    meaning: 'There is no snapshot file at the path, or no path: `HOME` is not set.',
    action:
      'Check `BSM_SNAPSHOT_FILE` and the path; the file of `withSnapshotFile` exists only while its callback runs.',
  },
  ERR_BSM_SNAPSHOT_READ_FAILED: {
    retryable: 'depends',
    meaning:
      'The snapshot file exists and cannot be read: permissions, a directory, a failing disk. `details.errno` says which.',
    action: 'Check the path and its permissions.',
  },
  ERR_BSM_SNAPSHOT_WRITE_FAILED: {
    retryable: 'depends',
    meaning:
      'The snapshot file could not be written, or not be removed: no such directory, no permission, read-only or full disk. `details.errno` says which. What was there before is still whole; the session goes on.',
    action: 'Check the directory and the disk; omit `path` in `withSnapshotFile`, or set `TMPDIR`.',
  },
  ERR_BSM_SNAPSHOT_INSECURE: {
    retryable: false,
    meaning:
      'The file or its directory is not private: a link, a pipe, of another owner, or open to others (boto_session_manager writes such files).',
    action: 'Run `chmod 600` on the file, choose another directory, or read it with `allowInsecureMode: true`.',
  },
  ERR_BSM_SNAPSHOT_IN_USE: {
    retryable: true,
    meaning:
      'Something is at the path that `withSnapshotFile` was given: most likely the file of another scope. It was not touched.',
    action: 'Omit `path`: each scope then has a file of its own.',
  },
  ERR_BSM_SNAPSHOT_LONG_TERM_KEYS: {
    retryable: false,
    meaning: 'Keys that never end would have been written to a file.',
    action: 'Use `serveCredentials` of `@bsm/env-scope`, assume a role first, or pass `allowLongTermKeys: true`.',
  },
  ERR_BSM_SNAPSHOT_ENCRYPTED: {
    retryable: false,
    meaning:
      'The snapshot file is encrypted and cannot be opened: there is no key, it is the wrong one, or the file was changed.',
    action: 'Give the child the whole `env` of the scope, or pass `key`.',
  },
  ERR_BSM_ARN_INVALID: {
    retryable: false,
    meaning: 'The text is no Amazon Resource Name, or not of the kind that is needed.',
    action: 'Pass an ARN such as `arn:aws:iam::123456789012:role/name`.',
  },
  ERR_BSM_CERTIFICATE_INVALID: {
    retryable: 'depends',
    meaning:
      'A certificate of a device, or one of an authority, cannot be read or is no certificate. `details.option` names it.',
    action:
      'Check the path and the file: PEM text with a `BEGIN CERTIFICATE` line, or PKCS#12. Files are read again at each refresh.',
  },
  ERR_BSM_CERTIFICATE_REJECTED: {
    retryable: false,
    meaning:
      'The endpoint does not accept the certificate of the device: not registered or not active in that account and region, ended, or signed by an authority that it does not know.',
    action: 'Register and activate the certificate where the endpoint is; replace it when it has ended.',
  },
  ERR_BSM_PRIVATE_KEY_INVALID: {
    retryable: 'depends',
    meaning:
      'A private key cannot be read: wrong or missing passphrase, no key, or one that does not belong to the certificate. Neither key nor passphrase is ever shown.',
    action: 'Check `privateKey` (or `pkcs12`), `passphrase`, and that key and certificate are a pair.',
  },
  ERR_BSM_PKCS11_FAILED: {
    retryable: 'depends',
    meaning:
      'The key in a PKCS#11 token cannot be used. `details.reason` says why: `module-missing`, `module-unusable`, `token-missing`, `key-missing`, `pin-incorrect`, `provider-failed`, `way-missing`, `process-state` or `other`.',
    action:
      'Read the message. A PIN that was refused is not tried again, since tokens lock themselves: make a new session with the right one.',
  },
  ERR_BSM_ENDPOINT_UNTRUSTED: {
    retryable: false,
    meaning:
      'The server on the other side is not shown to be the endpoint: its certificate is for another name, has ended, or comes from an unknown authority.',
    action:
      'Check the host, and whether a proxy breaks TLS open; pass `ca` for a private authority, `servername` for another name.',
  },
  ERR_BSM_ENV_SCOPE_BUSY: {
    retryable: true,
    meaning:
      'Another `withEnv` scope holds `process.env`: the wait for a turn took `timeoutMs`, or `overlap` is `refuse`. The function was not called.',
    action:
      'Try again; do not wait inside a scope for one that was begun outside of it. `childEnv` has no scope and never waits.',
  },
  ERR_BSM_ENV_UNQUOTABLE: {
    retryable: false,
    meaning:
      'A variable cannot be written in the format that was asked for: its value or its name holds what the format cannot carry. `details` name format and variable.',
    action: 'Leave the variable out, or use another format; `json` carries every text.',
  },
  ERR_BSM_CREDENTIAL_SERVER_FAILED: {
    retryable: false,
    meaning:
      'The endpoint for child processes could not listen on 127.0.0.1, or its private files could not be written to the directory for temporary files.',
    action: 'Check the free space and the permissions of that directory (`TMPDIR`), and the limit of open files.',
  },
  ERR_BSM_CREDENTIAL_SERVER_CLOSED: {
    retryable: false,
    meaning: 'The endpoint for child processes was closed, or this child was revoked.',
    action: 'Keep the endpoint open until the last child has ended; add the child again after a `revoke`.',
  },
  ERR_BSM_COMMAND_NOT_FOUND: {
    retryable: false,
    meaning: 'No program of that name is in the `PATH` of the environment that the command gets, or at the path.',
    action: 'Check the spelling and `PATH`; of a script also the program that its first line names.',
  },
  ERR_BSM_COMMAND_FAILED: {
    retryable: false,
    meaning:
      'A command could not be started, or was ended because it printed more than is kept. `details.reason`: `no-directory`, `not-executable`, `not-started`, `too-much-output`.',
    action: 'Check `cwd` and the permissions of the program; raise `maxOutputBytes` or inherit the output.',
  },
  ERR_BSM_COMMAND_NESTED: {
    retryable: false,
    meaning:
      'Programs that start each other through `run` are nested deeper than `maxDepth`: most likely one starts itself.',
    action: 'Let the program see by `BSM_RUN_DEPTH` that it has its credentials already, or raise `maxDepth`.',
  },
  ERR_BSM_SERVICE_UNKNOWN: {
    retryable: false,
    meaning: 'No AWS service has this name or alias. `details.suggestions` lists the nearest names.',
    action: 'Use a name of `SERVICES`, or `session.client(Class)` with the class of a client that is not among them.',
  },
  ERR_BSM_PEER_MISSING: {
    retryable: false,
    meaning: 'A package that this use needs, and that is installed only by who uses it, is not installed.',
    action: 'Run the command in the message.',
  },
  ERR_BSM_PEER_UNSUPPORTED: {
    retryable: false,
    meaning: 'A package that is installed only by who uses it is there, in a version or a state that cannot be used.',
    action: 'Install the version that the message names.',
  },
  ERR_BSM_MQTT_REFUSED: {
    retryable: 'depends',
    meaning:
      'The MQTT broker refused the connection, or closed it before it answered. `details.reasonCode` is what it said, if anything.',
    action:
      'Check that the policy of the certificate or the role allows `iot:Connect` for this client id, and that no other connection uses the same id.',
  },
};
