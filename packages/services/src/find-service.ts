import { assertOption, BsmError, isText } from '@bsm/core-cache';
import type { ServiceEntry } from './decode-services.js';
import { nearestNames } from './nearest-names.js';
import type { ServiceName } from './service-name.js';
import { serviceIndex } from './services.js';

/** A service with its own name, whatever spelling it was asked for by. */
export interface FoundService {
  readonly name: ServiceName;
  readonly entry: ServiceEntry;
}

/** Finds a service by its name or one of its aliases; undefined for anything else. */
export function lookUpService(name: string): FoundService | undefined {
  const { entries, names } = serviceIndex();
  const own = names.get(name) ?? (name as ServiceName);
  const entry = entries.get(own);
  return entry && { name: own, entry };
}

/**
 * Finds a service by its name or one of its aliases.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for what is no text, `ERR_BSM_SERVICE_UNKNOWN` with the nearest names.
 */
export function findService(subject: string, name: unknown): FoundService {
  assertOption(subject, 'name', name, isText);
  const found = lookUpService(name as string);
  if (found) return found;
  const suggestions = nearestNames(name as string);
  const hint = suggestions.length > 0 ? `Did you mean ${suggestions.map((text) => `"${text}"`).join(' or ')}?` : LIST;
  throw new BsmError('ERR_BSM_SERVICE_UNKNOWN', `${subject}: there is no AWS service of this name. ${hint}`, {
    details: { suggestions },
  });
}

const LIST = 'The names are the keys of SERVICES; for a client that is not among them use session.client(Class).';
