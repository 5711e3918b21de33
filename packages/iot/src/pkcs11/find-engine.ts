import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pkcs11Error } from './pkcs11-error.js';

/** Finds the directory of OpenSSL's PKCS#11 engine: the one of `OPENSSL_ENGINES`, or where distributions of Linux put it. */
export function findEngine(): string | undefined {
  const given = process.env['OPENSSL_ENGINES'];
  return (given === undefined ? usualDirectories() : [given]).find((directory) =>
    existsSync(join(directory, 'pkcs11.so')),
  );
}

/**
 * Sets the two variables by which the engine is found and finds its module. Both belong to the process: its children inherit them.
 *
 * By name and not by path, since an engine that was loaded by its path is not found a second time.
 *
 * @throws BsmError `ERR_BSM_PKCS11_FAILED` when there is no engine, or when it has been told of another module.
 */
export function prepareEngine(module: string): void {
  const directory = findEngine();
  if (directory === undefined) {
    throw pkcs11Error(
      'way-missing',
      'OpenSSL has no PKCS#11 engine here. Install libengine-pkcs11-openssl (Debian, Ubuntu) or openssl-pkcs11 (Fedora), or set OPENSSL_ENGINES to the directory of pkcs11.so',
    );
  }
  const loaded = process.env['PKCS11_MODULE_PATH'];
  if (loaded !== undefined && loaded !== module) {
    throw pkcs11Error(
      'process-state',
      "the engine serves one module in a process, and PKCS11_MODULE_PATH names another one. Use one module, p11-kit-proxy.so for several, or via: 'crt'",
    );
  }
  process.env['OPENSSL_ENGINES'] = directory;
  process.env['PKCS11_MODULE_PATH'] = module;
}

function usualDirectories(): string[] {
  const roots = ['/usr/lib64', '/usr/lib', '/usr/local/lib64', '/usr/local/lib'];
  const multiarch = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => name.includes('-linux-')) : [];
  // The engines of OpenSSL 3, which is what Node has.
  return [...multiarch.map((name) => `/usr/lib/${name}`), ...roots].map((root) => `${root}/engines-3`);
}
