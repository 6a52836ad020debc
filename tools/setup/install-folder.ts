import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Fills `folder` all or nothing: `fill` works in a folder of its own and answers what is to be moved into place. Two runs
 * at once do no harm (the second finds the place taken by an equal one), an interrupted one leaves nothing half done.
 */
export async function installFolder(folder: string, fill: (work: string) => Promise<string>): Promise<string> {
  mkdirSync(dirname(folder), { recursive: true })
  const work = mkdtempSync(`${folder}.part-`)
  const remove = (): void => rmSync(work, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    moveInto(await fill(work), folder)
    return folder
  } finally {
    process.off('exit', remove)
    remove()
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
