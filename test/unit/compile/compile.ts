import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { projectRoot } from '../../../tools/setup/places'

/** A source that exists for one test only. `path`, relative to the project, says what its imports mean; no file is written. */
export interface Fixture {
  readonly what: string
  readonly path: string
  readonly text: string
  /** What the compiler's one complaint says; null = it compiles. */
  readonly refused: RegExp | null
}

/** A file of the project with one piece of it replaced, as a file beside it. Throws where the piece is not there exactly once. */
export function altered(of: string, from: string, to: string, what: string, refused: RegExp | null): Fixture {
  const parts = readFileSync(join(projectRoot, of), 'utf8').split(from)
  if (parts.length !== 2) throw new Error(`${of} has ${parts.length - 1} times: ${from}`)
  const name = what.replace(/\W+/g, '-')
  return { what, path: of.replace(/\.ts$/, `.${name}.ts`), text: parts.join(to), refused }
}

const TSCONFIG = join(projectRoot, 'test', 'tsconfig.json')

/** What the compiler says about each fixture, with the project's own options. One program for all: most of the time goes into the libraries. */
export function problemsOf(fixtures: readonly Fixture[]): ReadonlyMap<Fixture, readonly string[]> {
  const { config } = ts.readConfigFile(TSCONFIG, (name) => ts.sys.readFile(name)) as { config: unknown }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(TSCONFIG))
  const texts = new Map(fixtures.map(({ path, text }) => [join(projectRoot, path), text]))
  if (texts.size !== fixtures.length) throw new Error('two fixtures have the same path')
  const host = ts.createCompilerHost(options)
  const own = { readFile: host.readFile.bind(host), fileExists: host.fileExists.bind(host) }
  host.readFile = (name) => texts.get(name) ?? own.readFile(name)
  host.fileExists = (name) => texts.has(name) || own.fileExists(name)
  const program = ts.createProgram([...texts.keys()], options, host)
  return new Map(
    fixtures.map((fixture) => {
      const file = program.getSourceFile(join(projectRoot, fixture.path))
      if (file === undefined) throw new Error(`${fixture.path} was not compiled`)
      const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      return [fixture, found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))]
    }),
  )
}
