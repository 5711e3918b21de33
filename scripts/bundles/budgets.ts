/** What a bundle of one function may be. */
export interface Budget {
  /** The name to import. */
  readonly name: string;
  /** The packages that export it: a bundle from each must cost the same. */
  readonly from: readonly string[];
  /** How many bytes the bundles may differ by. */
  readonly differenceBytes: number;
  readonly maxBytes: number;
  readonly maxGzipBytes?: number;
  /** Names that must not be in the bundle: they would mean that another package came along. */
  readonly forbidden: readonly string[];
}

/** The promises about size, the SDK left outside. */
export const BUDGETS: readonly Budget[] = [
  {
    name: 'assumeRole',
    from: ['bsm', '@bsm/assume-role'],
    differenceBytes: 100,
    maxBytes: 32_768,
    maxGzipBytes: 12_288,
    forbidden: ['client-iam', 'client-s3', 'startFakeAws', 'credential-providers', 'node:fs', 'whoAmI'],
  },
  {
    name: 'maskArn',
    from: ['bsm', '@bsm/masking'],
    differenceBytes: 0,
    maxBytes: 1_023,
    forbidden: ['@bsm/', 'core-cache', 'assume-role', 'identity', '@aws-sdk', '@smithy', 'node:'],
  },
  {
    // In one file, so with the session, both ways to a token and the words for failures; MQTT stays outside.
    name: 'fromIotCertificate',
    from: ['@bsm/iot'],
    differenceBytes: 0,
    maxBytes: 61_440,
    maxGzipBytes: 24_576,
    forbidden: ['credential-providers', 'client-sts', 'startFakeAws', 'connectMqtt', 'iotdevicegateway'],
  },
  {
    name: 'presignMqttUrl',
    from: ['@bsm/iot'],
    differenceBytes: 0,
    maxBytes: 10_240,
    forbidden: ['credential-providers', 'node:tls', 'node:https', 'node:fs', 'role-aliases', 'connectMqtt'],
  },
];
