/** Fields of which some may be undefined. */
type Undefinable<Fields> = { readonly [Name in keyof Fields]: Fields[Name] | undefined };

/** Drops the fields that are undefined, which a transport could send as empty parameters. */
export function definedFields<Fields extends object>(fields: Undefinable<Required<Fields>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
