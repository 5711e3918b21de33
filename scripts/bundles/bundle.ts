import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { listPublished, ROOT } from '../workspace.ts';

/** The AWS SDK: in Lambda it is there already, so a bundle may leave it out. */
const SDK: readonly string[] = ['@aws-sdk/*', '@smithy/*'];

/** Optional peers: a user who has not installed them bundles without them. */
const OPTIONAL_PEERS: readonly string[] = ['aws-crt', 'mqtt'];

/** A minified bundle. */
export interface Bundle {
  readonly code: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/** What a bundle is made with. */
export interface BundleOptions {
  readonly plugins?: readonly Plugin[];
  /** Packages that stay outside beside the SDK and optional peers. */
  readonly outside?: readonly string[];
}

/** Bundles a few lines of code into one file as a user would, the SDK and optional peers outside, and measures the result. */
export async function bundle(code: string, { plugins = [], outside = [] }: BundleOptions = {}): Promise<Bundle> {
  const directory = projectWithPackages();
  try {
    const result = await build({
      stdin: { contents: code, resolveDir: directory, loader: 'js' },
      bundle: true,
      minify: true,
      // A user does not have the paths of this project, which lead to the sources.
      tsconfigRaw: '{}',
      platform: 'node',
      target: 'node20',
      format: 'esm',
      mainFields: ['module', 'main'],
      external: [...SDK, ...OPTIONAL_PEERS, ...outside],
      legalComments: 'none',
      logLevel: 'silent',
      write: false,
      plugins: [...plugins],
    });
    const text = result.outputFiles[0]?.text ?? '';
    return { code: text, bytes: Buffer.byteLength(text), gzipBytes: gzipSync(text, { level: 9 }).length };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A directory in which every published package is found by its name, through its own `exports`. */
function projectWithPackages(): string {
  const directory = mkdtempSync(join(tmpdir(), 'bsm-bundle-'));
  for (const one of listPublished()) {
    const link = join(directory, 'node_modules', one.manifest.name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, one.directory), link, 'junction');
  }
  return directory;
}
