/** What an entry of a package may weigh by itself: its dependencies, and what it loads when that is used, stay outside. */
export interface EntryBudget {
  readonly entry: string;
  /** An entry that a program has already, so that what the two share costs nothing. */
  readonly beside?: string;
  readonly maxBytes: number;
  /** Names that must not be in it: they would mean that a part came along. */
  readonly forbidden: readonly string[];
}

/** The promises about the size of packages whose parts are loaded when they are used. */
export const ENTRY_BUDGETS: readonly EntryBudget[] = [
  {
    entry: '@bsm/iot',
    maxBytes: 11_999,
    forbidden: ['aws-crt', 'pkcs11-tool', '/proc/self/fd', 'mqtt/lib', 'connack', 'Register and activate'],
  },
  { entry: '@bsm/iot/failure', beside: '@bsm/iot', maxBytes: 8_800, forbidden: ['aws-crt', 'mqtt/lib'] },
  { entry: '@bsm/iot/mqtt', beside: '@bsm/iot', maxBytes: 15_600, forbidden: ['aws-crt', 'pkcs11-tool'] },
  { entry: '@bsm/iot/pkcs11', beside: '@bsm/iot', maxBytes: 16_000, forbidden: ['mqtt/lib'] },
];
