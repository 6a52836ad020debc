/** The page needs no permission at all, and no network: its files come through our own scheme, its data over IPC. */
import type { Session } from 'electron'
import { APP_SCHEME } from './app-protocol'
import { DEV_CONTENT_SECURITY_POLICY } from './csp'

/** `origin` is where the page itself comes from; anything else the page asks for over the network is cancelled before it leaves. */
export function mayRequest(url: string, origin: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  if (protocol === `${APP_SCHEME}:` || protocol === 'devtools:' || protocol === 'data:' || protocol === 'blob:')
    return true
  return ['http:', 'ws:'].includes(protocol) && origin.startsWith('http:') && origin === `http://${host}`
}

export function denyEverything(session: Session, origin: string): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !mayRequest(details.url, origin) }))
  session.on('will-download', (event) => event.preventDefault())
}

/** A port that nobody serves: the way to the network for whatever comes past the rules above (WebRTC does, by TCP). */
const NOWHERE = { proxyRules: 'socks5://127.0.0.1:1', proxyBypassRules: '<-loopback>' }

export const closeNetwork = (session: Session): Promise<void> => session.setProxy(NOWHERE)

/** The dev server sends no policy of its own, so that a mistake would only be seen in the build. */
export function addDevPolicy(session: Session): void {
  session.webRequest.onHeadersReceived((details, answer) =>
    answer({
      responseHeaders: { ...details.responseHeaders, 'content-security-policy': [DEV_CONTENT_SECURITY_POLICY] },
    }),
  )
}
