/** Where a page may go: nowhere but to itself, in no window but its own, and over no network, WebRTC included. */
import type { App, WebContents } from 'electron'

const parse = (url: string): URL | null => (URL.canParse(url) ? new URL(url) : null)

export const mayNavigate = (url: string, origin: string): boolean => {
  const parsed = parse(url)
  // `URL.origin` is "null" for schemes that only Chromium knows to be standard, so it is put together here.
  return (
    parsed !== null &&
    `${parsed.protocol}//${parsed.host}` === origin &&
    parsed.username === '' &&
    parsed.password === ''
  )
}

function guard(contents: WebContents, origin: string): void {
  const check = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!mayNavigate(event.url, origin)) event.preventDefault()
  }
  contents.on('will-navigate', check)
  contents.on('will-frame-navigate', check)
  contents.on('will-redirect', check)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // No request rule sees it: STUN and TURN would leave by UDP, and by TCP through a proxy only, which is nowhere (permissions.ts).
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}

/** Guards every web contents this app ever makes, also one that slipped in some other way. */
export function guardNavigation(app: Pick<App, 'on'>, origin: string): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, origin))
}

/**
 * about:blank is committed without asking anybody (seen on Electron 33). Such a page has no rights here (its origin is opaque, so the IPC gate
 * refuses it), but a person would look at an empty window: ours is put back.
 */
export function keepOwnPage(
  contents: Pick<WebContents, 'on' | 'loadURL'>,
  home: string,
  origin: string,
  onStray: (cause: unknown) => void,
): void {
  contents.on('did-navigate', (_event, url) => {
    if (mayNavigate(url, origin)) return
    onStray(`the page had left for ${url}`)
    contents.loadURL(home).catch(onStray)
  })
}
