import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { projectRoot } from '../setup/places'

export const bin = (path: string): string => join(projectRoot, 'node_modules', path)

/** Runs a Node program in our place: same terminal, its exit code, and it ends with us. */
export function handOver(args: readonly string[], env: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: projectRoot, env: { ...process.env, ...env }, stdio: 'inherit' })
    const end = (): void => {
      child.kill('SIGTERM')
    }
    process.once('exit', end)
    child.once('error', reject)
    child.once('exit', (code) => {
      process.off('exit', end)
      resolve(code ?? 1)
    })
  })
}
