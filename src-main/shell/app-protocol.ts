/** `app://highwater/…` serves the built page from one folder: no `file:`, nothing outside that folder, the policy on every answer. */
import { readFile } from 'node:fs/promises'
import { extname, join, relative, resolve, isAbsolute } from 'node:path'
import type { Protocol } from 'electron'
import { CONTENT_SECURITY_POLICY } from './csp'

export const APP_SCHEME = 'app'
export const APP_ORIGIN = 'app://highwater'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Must run before the app is ready. */
export function declareAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/** The file a URL means, or null when it means none of ours: another host, an unknown kind, or a way out of `root`. */
export function fileOf(root: string, url: string): { readonly path: string; readonly type: string } | null {
  let pathname: string
  try {
    const parsed = new URL(url)
    if (parsed.protocol !== `${APP_SCHEME}:` || parsed.host !== 'highwater') return null
    pathname = decodeURIComponent(parsed.pathname)
  } catch {
    return null
  }
  // Decoded first, checked after: `%2e%2e%2f` and `%5c` are ways out too.
  if (pathname.includes('\0') || pathname.includes('\\')) return null
  const path = resolve(join(root, pathname === '/' ? 'index.html' : pathname))
  const inside = relative(root, path)
  const type = TYPES[extname(path)]
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside) || type === undefined) return null
  return { path, type }
}

export function serveApp(protocol: Pick<Protocol, 'handle'>, root: string): void {
  const headers = {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  }
  protocol.handle(APP_SCHEME, async (request) => {
    const file = request.method === 'GET' ? fileOf(root, request.url) : null
    if (file === null) return new Response('Not found', { status: 404, headers })
    try {
      return new Response(new Uint8Array(await readFile(file.path)), {
        headers: { ...headers, 'content-type': file.type },
      })
    } catch {
      return new Response('Not found', { status: 404, headers })
    }
  })
}
