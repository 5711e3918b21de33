import { type ClientClass, isBsmError, type Session } from '@bsm/core-cache';
import { type ClientModule, classIn, givenModule, installedModule, type LoadModule } from './client-module.js';
import type { FoundService } from './find-service.js';

/** Where the class of one client comes from. */
export interface ClassSource {
  readonly subject: string;
  readonly service: FoundService;
  readonly from: string | undefined;
  readonly load: LoadModule | undefined;
}

/**
 * Finds the class of a client at once. A session looks for it once: when it is first asked for, and again after `clearCache`.
 *
 * @throws BsmError as `serviceClient` does.
 */
export function requireClientClass(session: Session, source: ClassSource): ClientClass {
  const known = knownClass(session, source);
  if (known) return known;
  const module = moduleOf(source);
  try {
    return keepClass(session, source, module, module.require());
  } catch (error) {
    throw isBsmError(error) ? error : module.unusable(error);
  }
}

/** Finds the class of a client through `import()`, else as {@link requireClientClass} does. */
export async function importClientClass(session: Session, source: ClassSource): Promise<ClientClass> {
  const known = knownClass(session, source);
  if (known) return known;
  const module = moduleOf(source);
  try {
    return keepClass(session, source, module, await module.import());
  } catch (error) {
    throw isBsmError(error) ? error : module.unusable(error);
  }
}

/** The classes that a session has found: by service and place, and by what gave their module. */
interface ClientClasses {
  readonly found: Map<string, ClientClass>;
  readonly given: WeakMap<LoadModule, ClientClass>;
}

/** Under this key a session keeps them, until its cache is cleared. */
const CLASSES: object = {};

function classesOf(session: Session): ClientClasses {
  return session.resource(CLASSES, () => ({ found: new Map(), given: new WeakMap() }));
}

function knownClass(session: Session, { service, from, load }: ClassSource): ClientClass | undefined {
  const { found, given } = classesOf(session);
  return load ? given.get(load) : found.get(placeKey(service, from));
}

function keepClass(session: Session, source: ClassSource, module: ClientModule, loaded: unknown): ClientClass {
  const { service, from, load } = source;
  const Client = classIn(loaded, service);
  if (Client === undefined) throw module.unusable();
  const { found, given } = classesOf(session);
  if (load) given.set(load, Client);
  else found.set(placeKey(service, from), Client);
  return Client;
}

function placeKey({ name }: FoundService, from: string | undefined): string {
  return from === undefined ? name : `${name} ${from}`;
}

function moduleOf({ subject, service, from, load }: ClassSource): ClientModule {
  return load ? givenModule(subject, service, load) : installedModule(service, from);
}
