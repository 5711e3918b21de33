import { BsmError, isBsmError } from '@bsm/core-cache';

/** STS takes tokens of up to 20,000 characters; anything much larger is another file. */
const LARGEST_FILE = 65_536;

/**
 * Reads a web identity token.
 *
 * @throws BsmError `ERR_BSM_TOKEN_FILE_INVALID` naming the file, never what is in it, when it is absent, no file, empty or too large.
 */
export async function readTokenFile(path: string, signal: AbortSignal): Promise<string> {
  const { readFile, stat } = await import('node:fs/promises');
  let token: string;
  try {
    const file = await stat(path);
    if (!file.isFile()) throw invalid(path, 'is no file');
    if (file.size > LARGEST_FILE) throw invalid(path, 'is too large for a token');
    token = (await readFile(path, { encoding: 'utf8', signal })).trim();
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (isBsmError(error)) throw error;
    throw invalid(path, (error as { code?: unknown }).code === 'ENOENT' ? 'does not exist' : 'cannot be read', error);
  }
  if (token === '') throw invalid(path, 'is empty');
  return token;
}

function invalid(path: string, fault: string, cause?: unknown): BsmError {
  const message = `The token file "${path}" ${fault}. Check tokenFile.`;
  return new BsmError('ERR_BSM_TOKEN_FILE_INVALID', message, { details: { path }, cause });
}
