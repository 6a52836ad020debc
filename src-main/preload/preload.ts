/** All the page gets from us: `window.highwater` with one named function per channel, the path of a file that a person dropped, and the frame port handed on once per load. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CHANNELS, FRAME_PORT_MESSAGE } from '../contract/ipc'

const call = (channel: string) => (input?: unknown) => ipcRenderer.invoke(channel, input)

contextBridge.exposeInMainWorld('highwater', Object.fromEntries(CHANNELS.map((channel) => [channel, call(channel)])))
contextBridge.exposeInMainWorld('highwaterFiles', { pathOf: (file: File) => webUtils.getPathForFile(file) })

ipcRenderer.on(FRAME_PORT_MESSAGE, (event) => {
  window.postMessage(FRAME_PORT_MESSAGE, window.location.origin, [...event.ports])
})
