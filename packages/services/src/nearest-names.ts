import type { ServiceName } from './service-name.js';
import { serviceIndex } from './services.js';

/** How many names are worth reading. */
const MOST = 3;

/** Lists the names of services whose name or alias is like the text, the most alike first. */
export function nearestNames(text: string): ServiceName[] {
  const { entries, names } = serviceIndex();
  const wanted = plain(text.slice(0, 64));
  const spellings: [string, ServiceName][] = [...entries.keys()].map((name) => [name, name]);
  const distances = new Map<ServiceName, number>();
  for (const [spelling, name] of [...spellings, ...names]) {
    const distance = distanceOf(wanted, plain(spelling));
    if (distance < (distances.get(name) ?? Number.POSITIVE_INFINITY)) distances.set(name, distance);
  }
  const limit = Math.min(3, Math.floor(wanted.length / 3));
  const near = [...distances].filter(([, distance]) => distance <= limit).sort(([, a], [, b]) => a - b);
  // Another way to write the very name leaves nothing to guess.
  const exact = near.filter(([, distance]) => distance === 0);
  return (exact.length > 0 ? exact : near).slice(0, MOST).map(([name]) => name);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^a-z\d]|client$/g, '');
}

/** Counts the letters to add, remove, change or swap with their neighbour to make one text of the other. */
function distanceOf(from: string, to: string): number {
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let least = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) least = Math.min(least, before[column - 2]! + 1);
      current.push(least);
    }
    [before, above] = [above, current];
  }
  return above[to.length]!;
}
