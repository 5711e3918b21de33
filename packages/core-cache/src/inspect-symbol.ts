/** The key of the method that Node's `util.inspect` (and so `console.log`) calls. */
export function inspectSymbol(): symbol {
  return Symbol.for('nodejs.util.inspect.custom');
}
