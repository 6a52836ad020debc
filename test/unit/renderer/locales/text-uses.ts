/** How the window's source uses its texts, as the compiler sees it, templates of components included: which keys, with which values. */
import { createVueLanguagePlugin, getDefaultCompilerOptions } from '@vue/language-core'
import { proxyCreateProgram } from '@volar/typescript'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { projectRoot } from '../../../../tools/setup/places'

/** One call that says a text: `t(key, values, plural)`, or `counted(say, key, n, values)`. */
export interface TextUse {
  /** File and line; in a component the line is of the code that is made of it. */
  readonly at: string
  /** Several where the key is composed or chosen. */
  readonly keys: readonly string[]
  /** Names of the values; null where they are not known before it runs. */
  readonly names: readonly string[] | null
  readonly plural: boolean
}

export interface TextUses {
  readonly calls: readonly TextUse[]
  /** Every string that stands in the source, that a template can become, or that is the key of a call. */
  readonly strings: ReadonlySet<string>
}

/** Where the ways of saying a text are made: any key is handed on there. */
const WAYS = 'src-renderer/features/common/say.ts'

const TSCONFIG = join(projectRoot, 'src-renderer', 'tsconfig.json')
const VUE = [{ extension: 'vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }]

function rendererProgram(): ts.Program {
  const { config } = ts.readConfigFile(TSCONFIG, (name) => ts.sys.readFile(name)) as { config: unknown }
  const { fileNames, options } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    dirname(TSCONFIG),
    undefined,
    TSCONFIG,
    undefined,
    VUE,
  )
  const create = proxyCreateProgram(ts, ts.createProgram, () => [
    createVueLanguagePlugin<string>(ts, options, getDefaultCompilerOptions(), (id) => id),
  ])
  return create({ rootNames: fileNames, options, host: ts.createCompilerHost(options) })
}

const literalsOf = (type: ts.Type): readonly string[] =>
  (type.isUnion() ? type.types : [type]).flatMap((one) => (one.isStringLiteral() ? [one.value] : []))

const calleeOf = ({ expression }: ts.CallExpression): string =>
  ts.isIdentifier(expression) ? expression.text : ts.isPropertyAccessExpression(expression) ? expression.name.text : ''

/** Which of the two ways of saying a text a call is: by its name, then by where the called function is declared, which takes longer to find out. */
function wayOf(checker: ts.TypeChecker, call: ts.CallExpression): 't' | 'counted' | null {
  if (!['t', 'counted'].includes(calleeOf(call))) return null
  const parent = checker.getResolvedSignature(call)?.declaration?.parent
  if (parent === undefined) return null
  if (ts.isTypeAliasDeclaration(parent) && parent.name.text === 'Translate') return 't'
  return ts.isVariableDeclaration(parent) && parent.name.getText() === 'counted' ? 'counted' : null
}

function namesOf(checker: ts.TypeChecker, values: ts.Expression | undefined): readonly string[] | null {
  if (values === undefined) return []
  const type = checker.getTypeAtLocation(values)
  return checker.getIndexInfosOfType(type).length > 0
    ? null
    : [...new Set((type.isUnion() ? type.types : [type]).flatMap((one) => one.getProperties().map(({ name }) => name)))]
}

function useOf(checker: ts.TypeChecker, call: ts.CallExpression): Omit<TextUse, 'at'> | null {
  const way = wayOf(checker, call)
  if (way === null) return null
  const given: readonly (ts.Expression | undefined)[] = call.arguments
  const [key, values] = way === 't' ? given : [given[1], given[3]]
  if (key === undefined) return null
  const names = namesOf(checker, values)
  return {
    keys: literalsOf(checker.getTypeAtLocation(key)),
    names: way === 't' || names === null ? names : ['n', ...names],
    plural: way === 'counted' || given[2] !== undefined,
  }
}

/** `heads`: first words of keys; a template that begins otherwise is none. */
export function textUses(heads: ReadonlySet<string>): TextUses {
  const program = rendererProgram()
  const checker = program.getTypeChecker()
  const calls: TextUse[] = []
  const strings = new Set<string>()
  for (const file of program.getSourceFiles()) {
    const path = relative(projectRoot, file.fileName)
    if (file.isDeclarationFile || !/^src-renderer\/.*\.(ts|vue)$/.test(path)) continue
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) strings.add(node.text)
      else if (ts.isTemplateExpression(node) && heads.has(node.head.text.split('.')[0]!))
        for (const one of literalsOf(checker.getTypeAtLocation(node))) strings.add(one)
      const use = ts.isCallExpression(node) && path !== WAYS ? useOf(checker, node) : null
      for (const key of use?.keys ?? []) strings.add(key)
      if (use !== null)
        calls.push({ at: `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`, ...use })
      ts.forEachChild(node, visit)
    }
    visit(file)
  }
  return { calls, strings }
}
