import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserWindow, Dialog } from 'electron'

/** Asks where, then writes beside it and renames, so that a full disk leaves the file of yesterday. Answers the path, '' when cancelled. */
export async function saveFile(
  dialog: Pick<Dialog, 'showSaveDialog'>,
  window: BrowserWindow,
  folder: string,
  suggestedName: string,
  content: string,
): Promise<string> {
  const chosen = await dialog.showSaveDialog(window, { defaultPath: join(folder, suggestedName) })
  if (chosen.canceled || chosen.filePath === '') return ''
  const partial = `${chosen.filePath}.part`
  try {
    await writeFile(partial, content, 'utf8')
    await rename(partial, chosen.filePath)
  } catch (cause) {
    await rm(partial, { force: true })
    throw cause
  }
  return chosen.filePath
}
