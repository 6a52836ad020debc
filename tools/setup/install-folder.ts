import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * Fills `folder` all or nothing: `fill` works in a folder of its own and answers what is to be moved into place. Two runs
 * at once do no harm (the second finds the place taken by an equal one), an interrupted one leaves nothing half done. What is there and
 * not whole (somebody deleted in it) is replaced.
 */
export async function installFolder(
  folder: string,
  fill: (work: string) => Promise<string>,
  isWhole: (folder: string) => boolean = existsSync,
): Promise<string> {
  mkdirSync(dirname(folder), { recursive: true })
  removeAbandoned(folder)
  const work = mkdtempSync(`${folder}.part-${process.pid}-`)
  const remove = (): void => rmSync(work, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    const ready = await fill(work)
    if (existsSync(folder) && !isWhole(folder)) rmSync(folder, { recursive: true, force: true })
    moveInto(ready, folder)
    return folder
  } finally {
    process.off('exit', remove)
    remove()
  }
}

/** A run that was ended without a word leaves its work behind, hundreds of megabytes of it. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.part-`)) continue
    const owner = Number(/\.part-(\d+)-/.exec(name)?.[1] ?? 0)
    if (!isRunning(owner)) rmSync(join(dirname(folder), name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  if (pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function moveInto(ready: string, folder: string): void {
  try {
    renameSync(ready, folder)
  } catch (error) {
    if (existsSync(folder)) return
    if (error instanceof Error && 'code' in error && error.code === 'EXDEV') cpSync(ready, folder, { recursive: true })
    else throw error
  }
}
