import { readFile } from 'node:fs/promises';
import { isPem, type Material } from './iot-options.js';
import { sha256 } from './sha256.js';

/** What the options of an identity hold. */
export interface MaterialContents {
  readonly contents: readonly (Buffer | undefined)[];
  /** Another one after any of them has changed. */
  readonly stamp: string;
}

/** Reads what options hold, as far as they are given. */
export async function readMaterials(materials: readonly (Material | undefined)[]): Promise<MaterialContents> {
  const contents = await Promise.all(
    materials.map(async (material) => (material ? readMaterial(material) : undefined)),
  );
  return { contents, stamp: contents.map((content) => content && sha256(content)).join() };
}

/** Reads what an option holds: PEM text, bytes, or a path, which is not shown, since it could be a key without its first line. */
export async function readMaterial(material: Material): Promise<Buffer> {
  if (typeof material !== 'string' || isPem(material)) return Buffer.from(material);
  return readFile(material).catch(({ code }: NodeJS.ErrnoException) => {
    throw Object.assign(new Error('A file cannot be read.'), { code });
  });
}
