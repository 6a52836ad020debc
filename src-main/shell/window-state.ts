/** Where the window was left, and where it goes now that a screen may be gone. Pure; px of the whole desktop. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowState {
  readonly bounds: Box | null
  readonly maximised: boolean
}

export const MIN_SIZE = { width: 1100, height: 700 }
export const FIRST_SIZE = { width: 1440, height: 900 }

/** How much of a title bar must be on a screen for a person to get hold of the window. */
const GRIP = { width: 120, height: 32 }

const overlap = (a: Box, b: Box): { readonly width: number; readonly height: number } => ({
  width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
  height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
})

/** Bounds to open with; without a place the system chooses one. `screens` are the work areas that exist now. */
export function placeWindow(
  state: WindowState,
  screens: readonly Box[],
): { readonly size: typeof FIRST_SIZE; readonly at: { x: number; y: number } | null } {
  const { bounds } = state
  if (bounds === null) return { size: FIRST_SIZE, at: null }
  const size = { width: Math.max(bounds.width, MIN_SIZE.width), height: Math.max(bounds.height, MIN_SIZE.height) }
  const titleBar = { ...bounds, height: GRIP.height }
  const reachable = screens.some((screen) => {
    const seen = overlap(titleBar, screen)
    return seen.width >= GRIP.width && seen.height >= GRIP.height / 2
  })
  return { size, at: reachable ? { x: bounds.x, y: bounds.y } : null }
}

/** From our own file, so a file of another version or a damaged one must not stop the window. */
export function parseWindowState(value: unknown): WindowState {
  const nothing: WindowState = { bounds: null, maximised: false }
  if (typeof value !== 'object' || value === null) return nothing
  const { bounds, maximised } = value as { bounds?: unknown; maximised?: unknown }
  const box = bounds as Partial<Record<keyof Box, unknown>> | null | undefined
  const whole = box !== null && typeof box === 'object' && [box.x, box.y, box.width, box.height].every(Number.isInteger)
  return { bounds: whole ? (box as Box) : null, maximised: maximised === true }
}
