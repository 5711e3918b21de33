/** Fields of which some may be undefined. */
export type Undefinable<Fields> = { readonly [Name in keyof Fields]: Fields[Name] | undefined };

/**
 * Copies the fields that are not undefined.
 *
 * @example
 * ```ts
 * definedFields({ a: 1, b: undefined }); // { a: 1 }
 * ```
 */
export function definedFields<Fields extends object>(fields: Undefinable<Required<Fields>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
