import { readFileSync } from 'node:fs'
import { Kafka } from 'kafkajs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { brokerFactory, KAFKAJS_VERSION, KafkajsMismatch } from '../../../../src-main/kafka/client/kafkajs-internals'
import { socketFactory } from '../../../../src-main/kafka/client/socket-factory'

const options = { clientId: 'test', socketFactory }

/** What createBroker and build of kafkajs's private cluster give, to take something away from it. */
function withCluster(change: (cluster: { brokerPool: Record<string, unknown> }) => void): void {
  const symbol = Object.getOwnPropertySymbols(new Kafka({ brokers: ['x:1'] })).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  )
  if (symbol === undefined) throw new Error('kafkajs has no such symbol any more')
  // An accessor on the prototype catches what the constructor assigns to the instance.
  Object.defineProperty(Kafka.prototype, symbol, {
    configurable: true,
    set(this: object, create: (given: object) => { brokerPool: Record<string, unknown> }) {
      Object.defineProperty(this, symbol, {
        value: (given: object) => {
          const cluster = create(given)
          change(cluster)
          return cluster
        },
      })
    },
  })
  restore = () => Reflect.deleteProperty(Kafka.prototype, symbol)
}
let restore: () => void = () => undefined

afterEach(() => {
  restore()
  vi.restoreAllMocks()
})

describe('the private parts of kafkajs', () => {
  it('is the version that we know, pinned', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>
    }
    expect(dependencies['kafkajs']).toBe(KAFKAJS_VERSION)
  })

  it('are all there', async () => {
    const broker = await brokerFactory(options)('127.0.0.1', 1)
    expect(broker.connectionPool.pool).toHaveLength(2)
  })

  it('says so when the cluster cannot make a broker', () => {
    withCluster(({ brokerPool }) => {
      brokerPool['createBroker'] = undefined
    })
    expect(() => brokerFactory(options)).toThrow(KafkajsMismatch)
    expect(() => brokerFactory(options)).toThrow(
      /needs kafkajs 2\.2\.4 exactly.*brokerPool\.createBroker is missing\. Run npm ci/,
    )
  })

  it('says so when a connection has changed', async () => {
    withCluster(({ brokerPool }) => {
      brokerPool['connectionPoolBuilder'] = {
        build: () => Promise.resolve({ connectionTimeout: 1, pool: [{ connect: () => undefined }] }),
      }
    })
    await expect(brokerFactory(options)('127.0.0.1', 1)).rejects.toThrow(/Connection\.send is missing/)
  })
})
