import { dirname, join } from 'node:path'
import ts from 'typescript'
import { projectRoot } from '../../tools/setup/places'

const TSCONFIG = join(projectRoot, 'src-main', 'tsconfig.json')

/**
 * What the compiler says about `source`, with the project's own options, as `line: message`; empty = it compiles. The file is `path` (relative to the
 * project, in an existing folder) and does not have to exist. For rules that the types keep: a test that they bite.
 */
export function problemsOf(source: string, path: string): string[] {
  const { config } = ts.readConfigFile(TSCONFIG, (name) => ts.sys.readFile(name)) as { config: unknown }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(TSCONFIG))
  const fixture = join(projectRoot, path)
  const host = ts.createCompilerHost(options)
  const own = { readFile: host.readFile.bind(host), fileExists: host.fileExists.bind(host) }
  host.readFile = (name) => (name === fixture ? source : own.readFile(name))
  host.fileExists = (name) => name === fixture || own.fileExists(name)
  const program = ts.createProgram([fixture], { ...options, noEmit: true }, host)
  const file = program.getSourceFile(fixture)
  if (file === undefined) throw new Error(`${path} was not compiled`)
  return program.getSemanticDiagnostics(file).map(({ start, messageText }) => {
    const line = file.getLineAndCharacterOfPosition(start ?? 0).line + 1
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
  })
}
