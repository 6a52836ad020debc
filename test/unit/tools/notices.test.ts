import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listPackages, noticesOf, packagesOf, shippedPackages, writeNotices } from '../../../tools/setup/notices'

let root = ''
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'highwater-notices-'))))
afterEach(() => rmSync(root, { recursive: true, force: true }))

function put(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

const described = (name: string, license?: string): string => JSON.stringify({ name, version: '1.2.3', license })

describe('the packages of a bundle', () => {
  it.each([
    ['/p/node_modules/vue/dist/vue.js', '/p/node_modules/vue'],
    ['/p/node_modules/@vue/shared/dist/shared.js?commonjs', '/p/node_modules/@vue/shared'],
    ['\0/p/node_modules/kafkajs/index.js?commonjs-proxy', '/p/node_modules/kafkajs'],
    ['/p/node_modules/a/node_modules/b/index.js', '/p/node_modules/a/node_modules/b'],
    ['C:\\p\\node_modules\\vue\\dist\\vue.js', 'C:\\p\\node_modules\\vue'],
  ])('%s is of %s', (id, folder) => expect(packagesOf([id, id])).toEqual([folder]))

  it.each(['/p/src-main/index.ts', '\0rolldown/runtime.js', 'node:fs'])('%s is of none', (id) =>
    expect(packagesOf([id])).toEqual([]),
  )
})

describe('the notices', () => {
  it('have every text once, with all it stands for, notices and what was taken over included', () => {
    put({
      'a/package.json': described('a', 'Apache-2.0'),
      'a/LICENSE': 'Apache text\r\n',
      'a/NOTICE': 'A was made by A.',
      'a/licenses/LICENSE-d3': 'BSD of d3',
      'a/license.js': 'no licence',
      'b/package.json': described('b', 'MIT'),
      'b/LICENCE.md': 'MIT text',
      'c/package.json': described('@c/c', 'MIT'),
      'c/license.txt': 'MIT text\n',
      'd/package.json': described('d', '0BSD'),
    })
    const text = noticesOf(['a', 'b', 'c', 'd'].map((name) => join(root, name)))
    expect(text.split(/^-+$/m).map((part) => part.trim())).toEqual([
      'Highwater contains works of others. These are their names and terms.',
      '@c/c 1.2.3 (MIT)\nb 1.2.3 (MIT)\n\nMIT text',
      'a 1.2.3 (Apache-2.0)\n\nApache text\n\nA was made by A.\n\nBSD of d3',
      'd 1.2.3 (0BSD)\n\nThe package has no text of its licence with it and names it: 0BSD',
    ])
  })

  it('are refused where a package says nothing', () => {
    put({ 'a/package.json': described('a') })
    expect(() => noticesOf([join(root, 'a')])).toThrow('a 1.2.3 says nothing of its licence')
  })

  it('are of what the bundles contain and of what ships beside them, not of what only builds', () => {
    const lock = {
      '': {},
      'node_modules/ships': {},
      'node_modules/builds': { dev: true },
      'node_modules/elsewhere': {},
    }
    put({
      'package-lock.json': JSON.stringify({ packages: lock }),
      ...Object.fromEntries(
        ['bundled', 'ships', 'builds'].map((name) => [`node_modules/${name}/package.json`, described(name, 'MIT')]),
      ),
    })
    expect(shippedPackages(root)).toEqual([join(root, 'node_modules/ships')])
    const moduleIds = [join(root, 'node_modules/bundled/index.js'), join(root, 'src-main/index.ts')]
    listPackages(join(root, 'out/third-party/main.json')).generateBundle(null, {
      'index.js': { type: 'chunk', moduleIds },
      'index.css': { type: 'asset' },
    })
    writeNotices(root)
    expect(readFileSync(join(root, 'out/THIRD-PARTY-NOTICES.txt'), 'utf8').match(/^\w+ 1\.2\.3/gm)).toEqual([
      'bundled 1.2.3',
      'ships 1.2.3',
    ])
  })
})
