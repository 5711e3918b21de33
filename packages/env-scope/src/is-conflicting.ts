import { CONFLICTING_VARIABLES } from './conflicting-variables.js';

/** Tells whether a variable is one of {@link CONFLICTING_VARIABLES}. */
export function isConflicting(name: string, platform: NodeJS.Platform = process.platform): boolean {
  const compared = comparable(name, platform);
  return CONFLICTING_VARIABLES.some((entry) =>
    entry.endsWith('*') ? compared.startsWith(entry.slice(0, -1)) : compared === entry,
  );
}

/** Tells whether two names are the same variable. */
export function isSameVariable(name: string, other: string, platform: NodeJS.Platform = process.platform): boolean {
  return comparable(name, platform) === comparable(other, platform);
}

function comparable(name: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? name.toUpperCase() : name;
}
