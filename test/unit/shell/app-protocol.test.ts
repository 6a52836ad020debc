import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { declareAppScheme, fileOf, serveApp } from '../../../src-main/shell/app-protocol'
import { CONTENT_SECURITY_POLICY } from '../../../src-main/shell/csp'

const root = '/opt/highwater/renderer'

describe('which file a URL means', () => {
  it.each([
    ['app://highwater/', 'index.html', 'text/html; charset=utf-8'],
    ['app://highwater/index.html#/board?x=1', 'index.html', 'text/html; charset=utf-8'],
    ['app://highwater/assets/a%20b.js?v=2', 'assets/a b.js', 'text/javascript; charset=utf-8'],
    ['app://highwater/../../index.html', 'index.html', 'text/html; charset=utf-8'],
  ])('%s', (url, path, type) => {
    expect(fileOf(root, url)).toEqual({ path: join(root, path), type })
  })

  it.each([
    'app://highwater/..%2fmain%2findex.js',
    'app://highwater/%2e%2e%2findex.html',
    'app://highwater/..%5cindex.html',
    'app://highwater/a/..%2f..%2fx.js',
    'app://highwater/..%2frenderer-2%2findex.html',
    'app://highwater/index.html%00.js',
    'app://highwater/%',
    'app://highwater/assets',
    'app://highwater/a.map',
    'app://elsewhere/index.html',
    'app://highwater:81/index.html',
    'file:///opt/highwater/renderer/index.html',
    'https://highwater/index.html',
    'index.html',
    '',
  ])('%s means none of ours', (url) => {
    expect(fileOf(root, url)).toBeNull()
  })
})

describe('what is answered', () => {
  let folder: string
  let ask: (url: string, method?: string) => Promise<Response>

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'highwater-page-'))
    mkdirSync(join(folder, 'empty.js'))
    writeFileSync(join(folder, 'index.html'), 'page')
    serveApp(
      {
        handle: (_scheme, handler) => {
          ask = async (url, method = 'GET') => handler({ url, method } as Request)
        },
      },
      folder,
    )
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('a file comes with its type and the policy', async () => {
    const answer = await ask('app://highwater/index.html')
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([
      200,
      'page',
      'text/html; charset=utf-8',
    ])
    expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    ['app://highwater/missing.js', 'GET'],
    ['app://highwater/empty.js', 'GET'],
    ['app://highwater/index.html', 'POST'],
  ])('%s by %s is not found, under the same policy', async (url, method) => {
    const answer = await ask(url, method)
    expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([404, CONTENT_SECURITY_POLICY])
  })
})

it('the scheme is declared without more rights than a page needs', () => {
  let declared: unknown
  declareAppScheme({ registerSchemesAsPrivileged: (schemes) => (declared = schemes) })
  expect(declared).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } }])
})
