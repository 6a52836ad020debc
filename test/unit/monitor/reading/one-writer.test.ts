import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const MAIN = join(import.meta.dirname, '../../../../src-main')
const filesNaming = (word: string): string[] =>
  readdirSync(MAIN, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && readFileSync(join(MAIN, file), 'utf8').includes(word))
    .map((file) => file.replaceAll('\\', '/'))

it('only the reading itself gets at columns that can be written: outside domain/ nobody names them', () => {
  const outside = filesNaming('WritableReading').filter((file) => !file.startsWith('domain/'))
  expect(outside.sort()).toEqual(['monitor/reading/cluster-reading.ts', 'monitor/reading/merge.ts'])
})

it('who writes them is called from the reading alone', () => {
  const writers = [
    'applyMetadata(',
    'noteDisputes(',
    'noteElr(',
    'noteReassignments(',
    'applyThrottles(',
    'noteFetchers(',
    'createLagTracker(',
  ]
  const callers = new Set(writers.flatMap(filesNaming).filter((file) => !file.startsWith('domain/')))
  expect([...callers]).toEqual(['monitor/reading/cluster-reading.ts'])
})
