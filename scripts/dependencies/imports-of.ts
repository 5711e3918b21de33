import ts from 'typescript';

/** One module that a source file names. */
export interface Import {
  readonly specifier: string;
  /** `static` runs when the file is loaded; `dynamic` is `import()` or `require()`; `type` leaves nothing in the output. */
  readonly kind: 'static' | 'dynamic' | 'type';
}

/** Lists every import of a TypeScript source: statements, re-exports, `import()`, `require()`, and types by `import('x').T`. */
export function importsOf(path: string, text: string): Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, false);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) found.push({ specifier, kind: kindOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return textOf(node.moduleReference.expression);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  if (ts.isCallExpression(node) && isLoad(node.expression)) return textOf(node.arguments[0]);
  return undefined;
}

function isLoad(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isIdentifier(callee)) return callee.text === 'require';
  return (
    ts.isPropertyAccessExpression(callee) &&
    ['getBuiltinModule', 'resolve'].includes(callee.name.text) &&
    isOwner(callee)
  );
}

/** `process.getBuiltinModule`, `require.resolve` and `import.meta.resolve`, but not any `resolve` method. */
function isOwner({ expression }: ts.PropertyAccessExpression): boolean {
  if (ts.isIdentifier(expression)) return expression.text === 'process' || expression.text === 'require';
  return ts.isMetaProperty(expression);
}

function kindOf(node: ts.Node): Import['kind'] {
  if (ts.isImportTypeNode(node)) return 'type';
  if (ts.isExportDeclaration(node)) return node.isTypeOnly ? 'type' : 'static';
  if (ts.isImportDeclaration(node))
    return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type' : 'static';
  return ts.isImportEqualsDeclaration(node) ? 'static' : 'dynamic';
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;
}
