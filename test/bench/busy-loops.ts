import { spawn } from 'node:child_process'

/**
 * `count` processes that each keep one core busy until stopped: an on-call laptop is never idle. They end with this
 * process too, as their standard input closes with it.
 */
export function busyLoops(count: number): { stop(): void } {
  const script =
    "process.stdin.on('end', () => process.exit()).resume();(function spin(){const end=Date.now()+50;while(Date.now()<end);setImmediate(spin)})()"
  const loops = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'ignore', 'ignore'] }),
  )
  return {
    stop: () => {
      for (const loop of loops) loop.kill('SIGKILL')
    },
  }
}
