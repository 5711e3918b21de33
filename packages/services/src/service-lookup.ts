import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkOptions, isObject, type OptionCheck, optionInvalid } from '@bsm/core-cache';
import { lookUpService } from './find-service.js';
import type { ServiceName } from './service-name.js';

/** Where the class of a client comes from. */
export interface ServiceLookup {
  /**
   * A file or directory, as an absolute path or a file URL (`import.meta.url`): packages are found as a module there finds them.
   * Default: the main module; in Lambda the function's own directory first, and the SDK of the runtime last. Never the working
   * directory.
   */
  readonly resolveFrom?: string | URL | undefined;
  /**
   * Modules by the name of their service, for bundles and other places where no package can be found at run time:
   * `{ s3: () => import('@aws-sdk/client-s3') }`. A service that is named here is never looked for elsewhere.
   */
  readonly services?: ServiceModules | undefined;
}

/** What gives the module of a client, at once or later. */
export type ServiceModules = { readonly [Name in ServiceName]?: (() => object | Promise<object>) | undefined };

/** Refuses what is no lookup. The path of `resolveFrom` is returned. */
export function checkLookup(subject: string, lookup: ServiceLookup | undefined): string | undefined {
  checkOptions<ServiceLookup>(subject, lookup, { resolveFrom: isPlace, services: isServiceModules(subject) });
  return lookup?.resolveFrom === undefined ? undefined : pathOf(lookup.resolveFrom);
}

const PLACE = 'an absolute path or a file URL';

const isPlace: OptionCheck = (value) => (pathOf(value) === undefined ? PLACE : undefined);

/** A relative path is none: it would be resolved from the working directory. */
function pathOf(place: unknown): string | undefined {
  try {
    const path =
      place instanceof URL || String(place).startsWith('file:') ? fileURLToPath(place as string | URL) : place;
    return typeof path === 'string' && isAbsolute(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function isServiceModules(subject: string): OptionCheck {
  return (value, name) => {
    const problem = isObject(value, name);
    if (problem !== undefined) return problem;
    for (const [service, load] of Object.entries(value as object)) {
      if (lookUpService(service)?.name !== service) return 'an object whose keys are names of services';
      if (load !== undefined && typeof load !== 'function') {
        throw optionInvalid(subject, `${name}.${service}`, 'a function that returns a module');
      }
    }
    return undefined;
  };
}
