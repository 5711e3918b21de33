import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import type { PackedPackage } from './pack-all.ts';

/** Lists what are-the-types-wrong says of a tarball, for every way of resolving modules that TypeScript knows. */
export async function typeResolutionProblems({ tarball }: PackedPackage): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  if (analysis.types === false) return ['has no types'];
  return analysis.problems.map((problem) => JSON.stringify(problem));
}
