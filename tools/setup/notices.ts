/** What of others a build contains, and under which terms: listed by the bundler itself, written out once the bundles are made. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** File of terms that `writeNotices` leaves in `out/`; a package has it beside its archive. */
export const NOTICES = 'THIRD-PARTY-NOTICES.txt'

/** Folder of `out/` with one list per bundle. */
const LISTS = 'third-party'

const IN_PACKAGE = /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/
const TERMS = /^(?:licen[cs]e|notice|copying|copyright)[\w-]*(?:\.(?:md|txt))?$/i

interface BundlePart {
  readonly type: 'asset' | 'chunk'
  readonly moduleIds?: readonly string[]
}

/** Plugin that writes to `file` which packages the modules of a bundle are from: their folders, as JSON. */
export function listPackages(file: string): {
  readonly name: string
  generateBundle(options: unknown, bundle: Readonly<Record<string, BundlePart>>): void
} {
  return {
    name: 'list-packages',
    generateBundle(_, bundle) {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, JSON.stringify(packagesOf(Object.values(bundle).flatMap(({ moduleIds }) => moduleIds ?? []))))
    },
  }
}

/** Folders of the packages that these modules (ids of a bundler, absolute paths) belong to, each once. */
export function packagesOf(moduleIds: readonly string[]): string[] {
  return [...new Set(moduleIds.flatMap((id) => IN_PACKAGE.exec(id)?.[1] ?? []))].sort()
}

/** Folders of the packages that are not bundled but shipped as they are: what the lock file has for more than development, as far as it is installed. */
export function shippedPackages(root: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>
  }
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true && existsSync(join(root, path)))
    .map(([path]) => join(root, path))
}

interface Described {
  readonly name: string
  readonly version: string
  readonly license?: string
}

/** Terms of these packages, each text once. Throws where a package says nothing of its terms: it is not to be shipped then. */
export function noticesOf(folders: readonly string[]): string {
  const named = new Map<string, Set<string>>()
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Described
    const text = termsIn(folder)
    if (text === '' && license === undefined) throw new Error(`${name} ${version} says nothing of its licence`)
    const terms = text || `The package has no text of its licence with it and names it: ${license ?? ''}`
    const names = named.get(terms) ?? new Set()
    named.set(terms, names.add(`${name} ${version}${license === undefined ? '' : ` (${license})`}`))
  }
  const parts = [...named].map(([terms, names]) => `${[...names].sort().join('\n')}\n\n${terms}\n`).sort()
  const line = `${'-'.repeat(80)}\n`
  return ['Highwater contains works of others. These are their names and terms.\n', ...parts].join(`\n${line}`)
}

/** Licences and notices at the top of a package, and of what a package has taken over itself (`licenses/`). */
function termsIn(folder: string): string {
  const files = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return /^licen[cs]es$/i.test(entry.name) ? readdirSync(path).map((name) => join(path, name)) : []
    return TERMS.test(entry.name) ? [path] : []
  })
  return files
    .sort()
    .map((path) => readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim())
    .join('\n\n')
}

/** Writes the terms of everything that the bundles in `out/` contain, and of what ships beside them. */
export function writeNotices(root: string): void {
  const lists = join(root, 'out', LISTS)
  const bundled = readdirSync(lists).flatMap((name) => JSON.parse(readFileSync(join(lists, name), 'utf8')) as string[])
  const folders = [...new Set([...bundled, ...shippedPackages(root)])].sort()
  writeFileSync(join(root, 'out', NOTICES), noticesOf(folders))
}
