import { readFileSync, readdirSync } from 'node:fs'

/** Linux counts processor time in ticks of 10 ms (USER_HZ is 100 on every platform Node ships for). */
const TICK_MS = 10

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** A process and everything below it, from /proc; processes that end while we look are left out. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = read(`/proc/${entry}/stat`)
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    if (Number.isInteger(parent)) children.set(parent, [...(children.get(parent) ?? []), Number(entry)])
  }
  const tree = [root]
  for (let i = 0; i < tree.length; i++) tree.push(...(children.get(tree[i] ?? -1) ?? []))
  return tree
}

/** Processor time of a tree so far, user and system, in ms. */
export function cpuMs(root: number): number {
  return processTree(root).reduce((sum, pid) => {
    const stat = read(`/proc/${pid}/stat`)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return sum + (stat === '' ? 0 : (Number(fields[11]) + Number(fields[12])) * TICK_MS)
  }, 0)
}

/** Proportional set size of a tree in MiB: shared pages are counted once. */
export function pssMiB(root: number): number {
  return (
    processTree(root).reduce(
      (sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0),
      0,
    ) / 1024
  )
}

export interface Pss {
  readonly totalMiB: number
  /** By what Chromium calls the process: browser (ours: main), renderer, gpu-process, utility, zygote. */
  readonly byKind: Readonly<Record<string, number>>
}

export const kindsOf = ({ byKind }: Pss): string =>
  Object.entries(byKind)
    .map(([kind, mib]) => `${kind} ${mib.toFixed(0)} MiB`)
    .join(', ')

export function pssByKind(root: number): Pss {
  const byKind: Record<string, number> = {}
  for (const pid of processTree(root)) {
    const kind = /--type=([\w-]+)/.exec(read(`/proc/${pid}/cmdline`))?.[1] ?? 'browser'
    const kiB = Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
    byKind[kind] = (byKind[kind] ?? 0) + kiB / 1024
  }
  return { totalMiB: Object.values(byKind).reduce((sum, mib) => sum + mib, 0), byKind }
}
