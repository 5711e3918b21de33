/** Which packages of this repository a package may depend on. A package that is missing here is refused: decide first. */
export const DIRECTION: Readonly<Record<string, readonly string[]>> = {
  '@bsm/masking': [],
  '@bsm/testing': [],
  '@bsm/core-cache': ['@bsm/masking'],
  '@bsm/identity': ['@bsm/core-cache', '@bsm/masking'],
  '@bsm/assume-role': ['@bsm/core-cache', '@bsm/masking'],
  '@bsm/env-scope': ['@bsm/core-cache', '@bsm/masking'],
  '@bsm/snapshot': ['@bsm/core-cache', '@bsm/masking'],
  '@bsm/services': ['@bsm/core-cache'],
  '@bsm/iot': ['@bsm/core-cache', '@bsm/masking'],
  bsm: [
    '@bsm/assume-role',
    '@bsm/core-cache',
    '@bsm/env-scope',
    '@bsm/identity',
    '@bsm/iot',
    '@bsm/masking',
    '@bsm/services',
    '@bsm/snapshot',
  ],
};

/** Packages of this repository that tests and examples of every package may use besides. */
export const FOR_TESTS: readonly string[] = ['@bsm/testing'];

/** A package that a package may only import from the named entry, so that its main entry does not pull it in. */
export const ONLY_FROM: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bsm: { '@bsm/iot': 'src/iot.ts' },
};

/** Files that may import their own package by name: an entry beside the main one, which shares what that has, or what loads such an entry when it is used. */
export const SELF: Readonly<Record<string, readonly string[]>> = {
  bsm: ['src/session-manager.ts'],
  '@bsm/iot': ['src/connect-mqtt.ts', 'src/credential-transport.ts', 'src/explained.ts', 'src/tls-material.ts'],
};

/**
 * Where modules of Node may be imported by a static import of a value, which runs when the package is loaded. `nowhere`: not
 * even inside a function. `when-used`: only through `import()` or `process.getBuiltinModule()` inside the function that needs
 * it, so that the package loads where the module is absent. Packages that are not named may import them anywhere.
 */
export const NODE_MODULES: Readonly<Record<string, 'nowhere' | 'when-used'>> = {
  '@bsm/masking': 'nowhere',
  '@bsm/core-cache': 'when-used',
};

/**
 * The one file in which a package may name types of packages that it does not declare: those that only some users install. The
 * file itself says what holds without them, and nothing of it is left when the program runs.
 */
export const TYPES_OF_OPTIONAL: Readonly<Record<string, { readonly file: string; readonly packages: RegExp }>> = {
  '@bsm/services': { file: 'src/service-registry.d.cts', packages: /^@aws-sdk\/client-[\w-]+$/ },
};
