import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CONTENT_SECURITY_POLICY, DEV_CONTENT_SECURITY_POLICY } from '../../../src-main/shell/csp'
import { menuTemplate } from '../../../src-main/shell/menu'
import { mayNavigate } from '../../../src-main/shell/navigation'
import { mayRequest } from '../../../src-main/shell/permissions'
import { redact } from '../../../src-main/shell/redact'
import { BACKGROUND, backgroundOf } from '../../../src-main/shell/theme'

const app = 'app://highwater'
const dev = 'http://localhost:5173'

describe('navigation', () => {
  it.each([
    [`${app}/index.html#/x`, app, true],
    [`${dev}/`, dev, true],
    ['app://elsewhere/', app, false],
    ['app://u:p@highwater/', app, false],
    ['http://localhost:5174/', dev, false],
    [`${dev}/`, app, false],
    ['about:blank', app, false],
    ['file:///x', app, false],
    ['data:text/html,x', app, false],
    ['javascript:x', app, false],
    ['', app, false],
  ])('%s from %s: %s', (url, origin, allowed) => {
    expect(mayNavigate(url, origin)).toBe(allowed)
  })
})

describe('requests', () => {
  it.each([
    [`${app}/a.js`, app, true],
    ['https://example.com/', app, false],
    [`${dev}/a.ts`, app, false],
    [`${dev}/a.ts`, dev, true],
    ['ws://localhost:5173/', dev, true],
    ['ws://localhost:5174/', dev, false],
    ['file:///etc/passwd', app, false],
    ['ftp://x/', app, false],
    ['', app, false],
  ])('%s for %s: %s', (url, origin, allowed) => {
    expect(mayRequest(url, origin)).toBe(allowed)
  })
})

describe('the policy', () => {
  it('is the strict one, and looser in development only where the dev server needs it', () => {
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:|ws:/)
    const strict = CONTENT_SECURITY_POLICY.split('; ')
    const changed = DEV_CONTENT_SECURITY_POLICY.split('; ').filter((line) => !strict.includes(line))
    expect(changed).toEqual([
      "script-src 'self' 'unsafe-inline'",
      "style-src 'self' 'unsafe-inline'",
      "connect-src 'self' ws:",
    ])
  })
})

describe('the log', () => {
  it.each([
    ['login of ops with kingfisher failed', 'login of ops with ••• failed'],
    ['{"password":"other \\"one\\"","n":1}', '{"password":•••,"n":1}'],
    ["{ password: 'other', n: 1 }", '{ password: •••, n: 1 }'],
    ['sasl.jaas.config=x password=abc;', 'sasl.jaas.config=••• password=•••;'],
    ['https://ops:abc@host/', 'https://ops:•••@host/'],
    ['kingfisherman', '•••'],
    ['Password is wanted', 'Password is wanted'],
  ])('%s', (line, clean) => {
    expect(redact(line, ['kingfisher', 'kingfisherman', 'x'])).toBe(clean)
  })

  it('hides a secret with quotes also where it was written as JSON', () => {
    const secret = 'a"b\\c'
    expect(redact(JSON.stringify({ note: secret }), [secret])).toBe('{"note":"•••"}')
  })
})

describe('theme', () => {
  it('the window has the background of the tokens', () => {
    const tokens = readFileSync(new URL('../../../src-renderer/ui/tokens.css', import.meta.url), 'utf8')
    expect([...tokens.matchAll(/--bg: (#\w+)/g)].map(([, colour]) => colour)).toEqual([
      BACKGROUND.dark,
      BACKGROUND.light,
      BACKGROUND.contrast,
    ])
    const seen = (dark: boolean, contrast: boolean) => backgroundOf('system', { dark, contrast })
    expect([seen(true, false), seen(false, false), seen(false, true)]).toEqual([
      BACKGROUND.dark,
      BACKGROUND.light,
      BACKGROUND.contrast,
    ])
    expect(backgroundOf('dark', { dark: false, contrast: true })).toBe(BACKGROUND.dark)
  })
})

describe('menu', () => {
  const roles = (developer: boolean): string => JSON.stringify(menuTemplate('linux', developer))
  it('offers reload and developer tools to developers only', () => {
    expect(roles(false)).not.toMatch(/reload|DevTools/i)
    expect(roles(true)).toMatch(/toggleDevTools/)
    expect(roles(false)).toMatch(/zoomIn/)
    expect(JSON.stringify(menuTemplate('darwin', false))).toMatch(/appMenu/)
  })
})
