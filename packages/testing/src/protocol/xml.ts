/** What an answer says, before it becomes XML: objects are elements, arrays are lists, `undefined` is left out. */
export type XmlValue = string | number | boolean | undefined | XmlObject | readonly XmlValue[];
export interface XmlObject {
  readonly [name: string]: XmlValue;
}

/** Writes a value as XML; the items of a list are elements called `itemName`. */
export function toXml(value: XmlValue, itemName: string): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map((item: XmlValue) => element(itemName, item, itemName)).join('');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, child]) => (child === undefined ? '' : element(name, child, itemName)))
      .join('');
  }
  return escapeXml(String(value));
}

/** Leaves out every element that has one of these names, at any depth. */
export function omitElements(value: XmlValue, names: readonly string[]): XmlValue {
  if (Array.isArray(value)) return value.map((item: XmlValue) => omitElements(item, names));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !names.includes(name))
      .map(([name, child]) => [name, omitElements(child, names)]),
  );
}

const element = (name: string, value: XmlValue, itemName: string): string =>
  `<${name}>${toXml(value, itemName)}</${name}>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!).replace(/(?![\t\n\r])\p{Cc}/gu, '?');
}
