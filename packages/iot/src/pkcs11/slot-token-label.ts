import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pkcs11Error } from './pkcs11-error.js';

/**
 * Finds the label of the token in a slot, since the engine knows no slots. Asks `pkcs11-tool` of OpenSC.
 *
 * @throws BsmError `ERR_BSM_PKCS11_FAILED` without that program, and when the slot has no token with a label.
 */
export async function slotTokenLabel(module: string, slotId: number): Promise<string> {
  const listing = await listSlots(module);
  const slots = listing.split(/^Slot /m).slice(1);
  const slot = slots.find((text) => Number(/^\d+ \((0x[\da-f]+)\)/i.exec(text)?.[1]) === slotId);
  const label = /^ *token label *: (.+)$/m.exec(slot ?? '')?.[1]?.trim();
  if (label) return label;
  throw pkcs11Error('key-missing', `slot ${slotId} has no token with a label. Compare: pkcs11-tool --list-slots`);
}

async function listSlots(module: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('pkcs11-tool', ['--module', module, '--list-slots'], {
      timeout: 10_000,
    });
    return stdout;
  } catch (cause) {
    throw pkcs11Error(
      'way-missing',
      'the engine knows tokens by their labels, and pkcs11-tool of OpenSC, which would tell that of the slot, failed. Pass tokenLabel',
      cause,
    );
  }
}
