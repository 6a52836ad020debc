import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  brokerFactory,
  KAFKAJS_VERSION,
  KafkajsMismatch,
  PARTS,
} from '../../../../src-main/kafka/client/kafkajs-internals'
import { socketFactory } from '../../../../src-main/kafka/client/socket-factory'

const options = { clientId: 'test', socketFactory }

describe('the private parts of kafkajs', () => {
  it('is the version that we know, pinned', () => {
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(devDependencies['kafkajs']).toBe(KAFKAJS_VERSION)
  })

  it('are all there', async () => {
    const broker = await brokerFactory(options)('127.0.0.1', 1)
    expect(broker.connectionPool.pool).toHaveLength(2)
  })

  it('says so when connections cannot be made', () => {
    const changed = { ...PARTS, connectionPoolBuilder: () => ({}) }
    expect(() => brokerFactory(options, changed)).toThrow(KafkajsMismatch)
    expect(() => brokerFactory(options, changed)).toThrow(
      /needs kafkajs 2\.2\.4 exactly.*connectionPoolBuilder\.build is missing\. Run npm ci/,
    )
  })

  it('says so when a connection has changed', async () => {
    const pool = { connectionTimeout: 1, pool: [{ connect: () => undefined }] }
    const changed = { ...PARTS, connectionPoolBuilder: () => ({ build: () => Promise.resolve(pool) }) }
    await expect(brokerFactory(options, changed)('127.0.0.1', 1)).rejects.toThrow(/Connection\.send is missing/)
  })
})
