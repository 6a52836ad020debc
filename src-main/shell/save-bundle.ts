import type { BrowserWindow, Dialog } from 'electron'
import type { Bundle } from '../contract/ipc'

type Write = (
  parent: string,
  name: string,
  files: readonly { readonly name: string; readonly content: string | Uint8Array }[],
) => Promise<string>

/** Pictures are taken before anybody is asked, as they are of what is on screen. Answers the path, '' when cancelled. */
export async function saveBundle(
  dialog: Pick<Dialog, 'showOpenDialog'>,
  window: BrowserWindow,
  folder: string,
  { folder: name, files, pictures }: Bundle,
  write: Write,
): Promise<string> {
  const taken: { readonly name: string; readonly content: Buffer }[] = []
  for (const { name: picture, ...place } of pictures) {
    const image = await window.webContents.capturePage(place)
    if (!image.isEmpty()) taken.push({ name: picture, content: image.toPNG() })
  }
  const chosen = await dialog.showOpenDialog(window, {
    defaultPath: folder,
    properties: ['openDirectory', 'createDirectory'],
  })
  const [parent] = chosen.filePaths
  if (chosen.canceled || parent === undefined) return ''
  return write(parent, name, [...files, ...taken])
}
