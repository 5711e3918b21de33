import { readFile, stat } from 'node:fs/promises';
import { BsmError } from '@bsm/core-cache';
import { type DeviceIdentity, isPem, type Material } from './iot-options.js';

/** What changes when one of the files of an identity does. */
export async function materialStamps({ certificate, privateKey, pkcs12, ca }: DeviceIdentity): Promise<string> {
  const stamps = Object.entries({ certificate, privateKey, pkcs12, ca }).map(([option, material]) =>
    materialStamp(option, material),
  );
  return (await Promise.all(stamps)).join(';');
}

/** Tells a file from the one that was read before, by what replacing or rewriting it changes; text and bytes never change. */
async function materialStamp(option: string, material: Material | undefined): Promise<string> {
  if (typeof material !== 'string' || isPem(material)) return '';
  const { mtimeMs, ctimeMs, size, ino } = await stat(material).catch((error: unknown) => unreadable(option, error));
  return [mtimeMs, ctimeMs, size, ino].join();
}

/**
 * Reads what an option holds: PEM text, bytes, or a path.
 *
 * @throws BsmError `ERR_BSM_CERTIFICATE_INVALID` or `ERR_BSM_PRIVATE_KEY_INVALID` when the file cannot be read. The path is not shown,
 * since it could be a key without its first line.
 */
export async function readMaterial(option: string, material: Material): Promise<Buffer> {
  if (typeof material !== 'string') return Buffer.from(material);
  if (isPem(material)) return Buffer.from(material);
  return readFile(material).catch((error: unknown) => unreadable(option, error));
}

function unreadable(option: string, error: unknown): never {
  const { code = 'no file' } = error as { code?: string };
  throw materialInvalid(option, `cannot be read as a file (${code}); a text without a BEGIN line is taken as a path`);
}

/** Makes the error of an option that holds something else than it should. Files may be mended, so trying again can help. */
export function materialInvalid(option: string, what: string, cause?: unknown): BsmError {
  const isSecret = option === 'privateKey' || option === 'passphrase' || option === 'pkcs12';
  return new BsmError(
    isSecret ? 'ERR_BSM_PRIVATE_KEY_INVALID' : 'ERR_BSM_CERTIFICATE_INVALID',
    `The option "${option}" ${what}.`,
    { retryable: true, cause, details: { option } },
  );
}
