import { pathToFileURL } from 'node:url';
import { type BsmError, type ClientClass, optionInvalid } from '@bsm/core-cache';
import { findPackage, peerUnsupported } from './find-package.js';
import type { FoundService } from './find-service.js';

/** The module that has the class of a client, before it is loaded. */
export interface ClientModule {
  require(): unknown;
  import(): Promise<unknown>;
  /** Makes the error of a module that does not load (with its error) or has no such class. */
  unusable(cause?: unknown): BsmError;
}

/** What gives the module of a client. */
export type LoadModule = () => object | Promise<object>;

/**
 * The module of the package that the user installed.
 *
 * @throws BsmError as `findPackage` does.
 */
export function installedModule(service: FoundService, from: string | undefined): ClientModule {
  const { path, version, require } = findPackage(service, from);
  return {
    require: () => require(path),
    // Not for a bundler to look into: the path is known only when the program runs.
    import: () => import(/* @vite-ignore */ /* webpackIgnore: true */ pathToFileURL(path).href),
    unusable(cause) {
      const problem = cause === undefined ? `has no class ${service.entry.clientName}` : 'cannot be loaded';
      return peerUnsupported(service, version, problem, cause);
    },
  };
}

/** The module that a function of the user gives. */
export function givenModule(subject: string, { name, entry }: FoundService, load: LoadModule): ClientModule {
  const option = `services.${name}`;
  return {
    require() {
      const module = load();
      if (typeof (module as Partial<Promise<object>> | undefined)?.then !== 'function') return module;
      // Nobody waits for it here; whether it loads is told to who does.
      (module as Promise<object>).then(undefined, () => {});
      throw optionInvalid(
        subject,
        option,
        'a function that gives the module at once; loadServiceClient waits for import()',
      );
    },
    import: async () => load(),
    unusable: (cause) =>
      optionInvalid(subject, option, `a function that gives a module with ${entry.clientName}`, cause),
  };
}

/** Takes the class of a client out of its module, which may be a CommonJS one whose names were not seen. */
export function classIn(module: unknown, { entry: { clientName } }: FoundService): ClientClass | undefined {
  const { default: whole, [clientName]: own } = Object(module) as Record<string, unknown>;
  const Client = own ?? (Object(whole) as Record<string, unknown>)[clientName];
  const isClass =
    typeof Client === 'function' && typeof (Client.prototype as { send?: unknown } | undefined)?.send === 'function';
  return isClass ? (Client as ClientClass) : undefined;
}
