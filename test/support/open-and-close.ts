/** Opens a cluster, uses every kind of connection, closes it and has nothing more to do: run alone, the process must end by itself. */
import { createClusterClient } from '../../src-main/kafka/client/cluster-client'
import { parseBootstrap } from '../../src-main/kafka/client/bootstrap'

const bootstrap = parseBootstrap(process.argv.slice(2, 3))
if (!bootstrap.ok) throw new Error(bootstrap.error.message)
process.on('unhandledRejection', (error) => {
  console.log('unhandled', error)
  process.exit(3)
})
const client = createClusterClient({ bootstrap: bootstrap.value, tls: null, sasl: null })
const { brokers } = await client.open(20_000)
const links = brokers.map((address) => client.link(address))
await Promise.all(links.map((link) => link.connect(20_000).catch(() => undefined)))
await Promise.allSettled(links.flatMap((link) => [link.quorum(1000), link.metadata(null, 1000), link.ping(1000)]))
// Still on their way when everything is closed.
const pending = Promise.allSettled(links.flatMap((link) => [link.metadata(null, 60_000), link.quorum(60_000)]))
await client.close()
await pending
console.log(`closed ${links.length} links`)
