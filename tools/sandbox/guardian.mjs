import { reap } from './reaper.mjs'

/**
 * Stays beside a sandbox and outlives it: when the owner ends, however (SIGKILL included), the pipe on stdin closes and
 * everything the run recorded is ended. Works for stopped (SIGSTOP) brokers too, which could not notice by themselves.
 */
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM']) process.on(signal, () => {})
process.stdin.on('error', () => {})
process.stdin.on('close', () => {
  reap(process.argv[2])
  process.exit(0)
})
process.stdin.resume()
