import type { Denial } from '../../tools/sandbox'

/** AclOperation.java: what changes nothing. */
const READS: ReadonlySet<string> = new Set(['READ', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'DESCRIBE_TOKENS'])

export const deniedWrites = (all: readonly Denial[]): Denial[] => all.filter(({ operation }) => !READS.has(operation))

/** The cluster is asked different things, and each broker of itself; a topic is one thing, whoever is asked and whatever for. */
const subject = ({ node, login, operation, resource, request }: Denial): string =>
  resource.startsWith('Cluster ')
    ? `${login} ${operation} ${resource} (${request} at ${node})`
    : `${login} ${operation} ${resource}`

/** What was denied since `before`, by the same nodes. */
export function deniedSince(before: readonly Denial[], all: readonly Denial[]): Denial[] {
  const old = new Map<string, number>()
  for (const { node } of before) old.set(node, (old.get(node) ?? 0) + 1)
  return all.filter(({ node }) => {
    const left = old.get(node) ?? 0
    old.set(node, left - 1)
    return left <= 0
  })
}

/** Reads that were denied more than once (K4.4: once an hour), with how often. */
export function repeatedReads(all: readonly Denial[]): string[] {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(subject(one), (counts.get(subject(one)) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > 1).map(([what, count]) => `${count} × ${what}`)
}
