/**
 * `node tools/rooms.mjs [CHECKOUT]`: counts files and imports of the folders that change most, and names the longest files of the product. A report to
 * read, not a limit: a file may be as long as its one thing needs, and a folder that grows past some fifteen files wants rooms.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'

const FOLDERS = [
  'src-main/change',
  'src-main/monitor',
  'src-main/domain',
  'src-renderer/features/change',
  'src-renderer/features/config',
]
const LONGEST = 10

const root = process.argv[2] ?? join(import.meta.dirname, '..')
const ALIASES = { '@contract': 'src-main/contract', '@shared': 'src-main/shared' }
const isSource = (path) => /\.(ts|vue)$/.test(path) && !path.endsWith('.d.ts')

const sourcesUnder = (folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => isSource(path) && statSync(join(root, path)).isFile())

const textOf = (path) => readFileSync(join(root, path), 'utf8')

/** Paths of the project that a file imports, without packages; each once. */
function importsOf(path) {
  const found = new Set()
  for (const [, from, lazy] of textOf(path).matchAll(
    /^(?:import|export|\})[^'\n]*?from '([^']+)'|import\('([^']+)'\)/gm,
  )) {
    const specifier = from ?? lazy
    const alias = Object.keys(ALIASES).find((name) => specifier.startsWith(`${name}/`))
    if (alias === undefined && !specifier.startsWith('.')) continue
    const target = alias === undefined ? posix.join(dirname(path), specifier) : specifier.replace(alias, ALIASES[alias])
    found.add(
      [`${target}.ts`, target, `${target}/index.ts`].find((name) => isSource(name) && existsSync(join(root, name))) ??
        target,
    )
  }
  return [...found]
}

function row(folder) {
  const files = sourcesUnder(folder)
  const perRoom = new Map()
  for (const file of files) perRoom.set(dirname(file), (perRoom.get(dirname(file)) ?? 0) + 1)
  const imports = files.flatMap((file) => importsOf(file).map((target) => [file, target]))
  const inside = imports.filter(([, target]) => target.startsWith(`${folder}/`))
  // What one part of the folder takes from another: files in its root count as parts of their own.
  const partOf = (path) => relative(folder, path).split(/[\\/]/)[0]
  const arrows = new Set(
    inside
      .map(([file, target]) => `${partOf(file)} ${partOf(target)}`)
      .filter((pair) => new Set(pair.split(' ')).size === 2),
  )
  const parts = new Set(files.map(partOf))
  return [
    folder,
    files.length,
    Math.max(...perRoom.values()),
    parts.size,
    arrows.size,
    inside.length,
    (imports.length / files.length).toFixed(1),
  ]
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

console.log(
  table(
    ['folder', 'files', 'most in one folder', 'parts', 'arrows between parts', 'imports inside', 'imports a file'],
    FOLDERS.filter((folder) => existsSync(join(root, folder))).map(row),
  ),
)
const long = [...sourcesUnder('src-main'), ...sourcesUnder('src-renderer')]
  .map((path) => [path, textOf(path).split('\n').length - 1])
  .sort((a, b) => b[1] - a[1])
console.log(`\n${table(['longest files', 'lines'], long.slice(0, LONGEST))}`)
