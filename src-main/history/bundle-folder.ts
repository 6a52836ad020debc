/** A folder of plain files, made whole or not at all. */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type BundleFiles = readonly { readonly name: string; readonly content: string | Uint8Array }[]

/** First name that nothing has: a bundle of yesterday stays. */
function freeFolder(parent: string, name: string): string {
  for (let n = 1; ; n += 1) {
    const path = join(parent, n === 1 ? name : `${name} (${n})`)
    if (!existsSync(path)) return path
  }
}

/** Writes beside it and renames, so that there is a whole folder or none. Answers its path. */
export async function writeBundle(parent: string, name: string, files: BundleFiles): Promise<string> {
  const path = freeFolder(parent, name)
  const partial = `${path}.part`
  try {
    await mkdir(partial)
    for (const file of files) await writeFile(join(partial, file.name), file.content)
    await rename(partial, path)
  } catch (cause) {
    await rm(partial, { recursive: true, force: true })
    throw cause
  }
  return path
}
